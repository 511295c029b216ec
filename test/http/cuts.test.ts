import { describe, expect, it } from '@jest/globals';
import { chooseToolFormat, type ToolFormat } from '../../src/grammar/tools/tool-format.ts';
import { openaiChatChunks } from '../../src/http/dialects/openai/chat-chunks.ts';
import { openaiChatCompletion } from '../../src/http/dialects/openai/chat-completion.ts';
import { collectGeneration } from '../../src/http/generation/collect-generation.ts';
import { AnswerText } from '../../src/text/answer-text.ts';
import type { TextGenerationEvent } from '../../src/text/types.ts';
import { cutBytes, pieceDecoder } from '../text/piece-decoder.ts';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly stop?: readonly string[];
  readonly toolFormat?: ToolFormat;
  /** Content, calls as name and arguments, and the reason. */
  readonly reading: readonly [string | null, readonly (readonly [string, string])[], string];
}

const args = '{"a": "é😀 } ] \\" </tool", "b": [1, {"c": null}]}';
const format = (mark: string) => chooseToolFormat(`{{ tools }} ${mark}`);

const cases: readonly Case[] = [
  {
    title: 'text of characters of one to four bytes',
    text: 'aé語😀\n👩‍🚀 ende',
    reading: ['aé語😀\n👩‍🚀 ende', [], 'stop'],
  },
  {
    title: 'text that a stop string ends, after beginnings of it',
    text: 'un é😀E é😀EN é😀END mehr',
    stop: ['😀END', 'nie'],
    reading: ['un é😀E é😀EN é', [], 'stop'],
  },
  {
    title: 'Hermes calls after a text',
    text: `Grüße 😀!\n<tool_call>\n{"name": "f", "arguments": ${args}}\n</tool_call>\n<tool_call>{"name":"g","arguments":{}}</tool_call>`,
    toolFormat: format('<tool_call>'),
    reading: [
      'Grüße 😀!',
      [
        ['f', args],
        ['g', '{}'],
      ],
      'tool_calls',
    ],
  },
  {
    title: 'Llama 3 calls',
    text: `{"name": "f", "parameters": ${args}}; {"name": "g", "parameters": {"y": "é"}}`,
    toolFormat: format('<|python_tag|>'),
    reading: [
      null,
      [
        ['f', args],
        ['g', '{"y": "é"}'],
      ],
      'tool_calls',
    ],
  },
  {
    title: 'Mistral calls',
    text: `[TOOL_CALLS] [{"name": "f", "arguments": ${args}}, {"name": "g", "arguments": {}}]`,
    toolFormat: format('[TOOL_CALLS]'),
    reading: [
      null,
      [
        ['f', args],
        ['g', '{}'],
      ],
      'tool_calls',
    ],
  },
  {
    title: 'plain calls',
    text: `{"name":"f","parameters":${args}}`,
    toolFormat: format(''),
    reading: [null, [['f', args]], 'tool_calls'],
  },
  {
    title: 'a call that a stop string ends',
    text: `<tool_call>{"name": "f", "arguments": ${args}}</tool_call> und STOP`,
    stop: ['STOP'],
    toolFormat: format('<tool_call>'),
    reading: ['und', [['f', args]], 'tool_calls'],
  },
];

/** What a text generator gives for an answer of these tokens. */
async function* events(pieces: readonly Uint8Array[], stop: readonly string[]): AsyncGenerator<TextGenerationEvent> {
  const decode = pieceDecoder(pieces);
  const answer = new AnswerText({ decode, specialIds: new Set(), promptIds: [], stop, stopMatching: 'anywhere' });
  yield { type: 'start', promptIds: [], numCachedTokens: 0 };
  for (const id of pieces.keys()) {
    const { text, delta, isStopped } = await answer.push(id);
    yield { type: 'token', token: { id, text, logprob: -1, special: false }, delta, isLast: isStopped };
    if (isStopped) break;
  }
  const { delta, generatedText, isStopped } = await answer.finish();
  const timings = { validationMs: 0, queueMs: 0, inferenceMs: 0 };
  const counts = { numPromptTokens: 0, numGeneratedTokens: pieces.length, seed: undefined, timings };
  yield { type: 'finish', reason: isStopped ? 'stop_sequence' : 'eos_token', generatedText, delta, ...counts };
}

interface Chunk {
  readonly choices: readonly {
    readonly delta: {
      readonly content?: string;
      readonly tool_calls?: readonly { index: number; function: { name?: string; arguments: string } }[];
    };
    readonly finish_reason: string | null;
  }[];
}

const envelope = { id: '', created: 0, model: '', system_fingerprint: '' };

const optionsOf = (toolFormat: Case['toolFormat']) => ({
  toolFormat,
  hasNoTool: false,
  callOpenings: undefined,
  hasLogprobs: false,
  newId: () => 'x'.repeat(24),
});

async function readWhole(pieces: readonly Uint8Array[], { stop = [], toolFormat }: Case): Promise<Case['reading']> {
  const options = optionsOf(toolFormat);
  const generation = await collectGeneration(events(pieces, stop));
  const [choice] = openaiChatCompletion(envelope, [generation], options).choices;
  const calls = (choice!.message.tool_calls ?? []).map(
    (call) => [call.function.name, call.function.arguments] as const,
  );
  return [choice!.message.content, calls, choice!.finish_reason];
}

async function readStream(pieces: readonly Uint8Array[], { stop = [], toolFormat }: Case): Promise<Case['reading']> {
  const options = optionsOf(toolFormat);
  const calls: [string, string][] = [];
  let content = '';
  let reason = '';
  const indexed = (async function* () {
    for await (const event of events(pieces, stop)) yield { index: 0, event };
  })();
  for await (const chunk of openaiChatChunks(envelope, indexed, { ...options, includeUsage: false })) {
    const [{ delta, finish_reason }] = (chunk as Chunk).choices as [Chunk['choices'][0]];
    content += delta.content ?? '';
    reason = finish_reason ?? reason;
    for (const { index, function: called } of delta.tool_calls ?? []) {
      if (called.name !== undefined) calls[index] = [called.name, ''];
      calls[index]![1] += called.arguments;
    }
  }
  return [content === '' && calls.length > 0 ? null : content, calls, reason];
}

describe.each(cases)('$title', (one) => {
  const numBytes = Buffer.byteLength(one.text);
  const each = Array.from({ length: numBytes + 1 }, (_, place) => place);

  it('are the same, streamed or whole, cut at every byte into two tokens', async () => {
    for (const place of each) {
      const pieces = cutBytes(one.text, [place]);
      expect({ place, whole: await readWhole(pieces, one) }).toEqual({ place, whole: one.reading });
      expect({ place, stream: await readStream(pieces, one) }).toEqual({ place, stream: one.reading });
    }
  });

  it('are the same with a token of every length at every place', async () => {
    for (let length = 1; length <= 16; length++) {
      for (let first = 0; first < length; first++) {
        const pieces = cutBytes(
          one.text,
          each.filter((place) => place % length === first),
        );
        expect({ length, first, stream: await readStream(pieces, one) }).toEqual({
          length,
          first,
          stream: one.reading,
        });
      }
    }
  });
});
