import type { ChatCompletionChunk, ChunkChoice } from '../../../src/client/chat-types.ts';

/** A chunk of a streamed chat; `choice` may leave its delta out, as the chunk that ends an answer does. */
export function chunk(choice: Partial<ChunkChoice> = {}): ChatCompletionChunk {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'test',
    choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
  };
}

/** The wire form of an answer: a chunk for each text, the chunk that ends it, and [DONE]. */
export function sseOf(texts: readonly string[]): string {
  const chunks = [...texts.map((content) => chunk({ delta: { content } })), chunk({ finish_reason: 'stop' })];
  return `${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`;
}

/** Cuts bytes at `numCuts` places drawn by `random`, which may coincide. */
export function cutAnywhere(bytes: Uint8Array, numCuts: number, random: () => number): Uint8Array[] {
  const places = Array.from({ length: numCuts }, () => Math.floor(random() * (bytes.length + 1))).sort((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}
