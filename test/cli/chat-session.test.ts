import { Writable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ChatSession } from '../../src/cli/output/chat-session.ts';
import { samplingParameters } from '../../src/cli/settings/sampling-options.ts';
import { ParlanceError } from '../../src/errors/errors.ts';
import { chooseToolFormat } from '../../src/grammar/tools/tool-format.ts';
import type { ChatTemplateInput, TextGenerationEvent, TextGenerator } from '../../src/text/types.ts';

/** Answers with the number of messages that it was given, word by word. */
class CountingGenerator implements TextGenerator {
  readonly limits = { maxInputTokens: 100, maxTotalTokens: 200 };
  readonly vocabSize = 256;
  readonly hasChatTemplate = true;
  readonly toolFormat = chooseToolFormat('tools <tool_call>');
  readonly toolReading = 'none';
  readonly rendersToolCalls = false;
  readonly namesRole = () => false;
  readonly conversations: (readonly unknown[])[] = [];
  failure: Error | undefined;

  async *generate(_: unknown, signal?: AbortSignal): AsyncGenerator<TextGenerationEvent> {
    if (this.failure) throw this.failure;
    yield { type: 'start', promptIds: [1], numCachedTokens: 0 };
    const words = ['saw ', `${this.conversations.at(-1)!.length}`];
    for (const [index, delta] of words.entries()) {
      if (signal?.aborted) throw signal.reason;
      yield { type: 'token', token: { id: 1, text: delta, logprob: -1, special: false }, delta, isLast: index === 1 };
    }
    const timings = { validationMs: 0, queueMs: 0, inferenceMs: 0 };
    const counts = { numPromptTokens: 1, numGeneratedTokens: 2, seed: undefined, timings };
    yield { type: 'finish', reason: 'eos_token', generatedText: '', delta: '!', ...counts };
  }

  async applyChatTemplate({ messages }: ChatTemplateInput): Promise<string> {
    this.conversations.push(messages);
    return JSON.stringify(messages);
  }

  tokenize(): never {
    throw new Error('not needed');
  }

  async close(): Promise<void> {}
}

let generator: CountingGenerator;
let session: ChatSession;
let printed: string;

const noSignal = new AbortController().signal;
const say = async (line: string) => {
  printed = '';
  return session.read(line, noSignal);
};

beforeEach(() => {
  generator = new CountingGenerator();
  const output = new Writable({
    write(chunk, _, done) {
      printed += chunk;
      done();
    },
  });
  const request = {
    sampling: samplingParameters({}, 0),
    stop: [],
    ignoreEos: false,
    numTopTokens: 0,
    promptLogprobs: false,
  };
  session = new ChatSession({ generator, request, output });
});

describe('a chat in the terminal', () => {
  it('prints each answer whole, and remembers the turns', async () => {
    expect(await say('hello')).toBe(true);
    expect(printed).toBe('saw 1!\n');
    await say('again');
    expect(printed).toBe('saw 3!\n');
    expect(generator.conversations.at(-1)).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'saw 1!' },
      { role: 'user', content: 'again' },
    ]);
  });

  it('forgets them by /reset, but not the system message', async () => {
    await say('/system Be  brief.');
    await say('hello');
    await say('/reset');
    await say('again');
    expect(generator.conversations.at(-1)).toEqual([
      { role: 'system', content: 'Be  brief.' },
      { role: 'user', content: 'again' },
    ]);
  });

  it('begins anew by /system, and removes the message by /system alone', async () => {
    await say('hello');
    await say('/system Be brief.');
    await say('one');
    expect(generator.conversations.at(-1)).toHaveLength(2);
    await say('/system');
    await say('two');
    expect(generator.conversations.at(-1)).toEqual([{ role: 'user', content: 'two' }]);
  });

  it('ends by /exit, explains itself by /help, and knows what it does not know', async () => {
    expect(await say('/help')).toBe(true);
    expect(printed).toContain('/reset');
    expect(await say('/quit')).toBe(true);
    expect(printed).toBe('(there is no /quit; /help lists the commands)\n');
    expect(await say('/exit')).toBe(false);
  });

  it('asks nothing for an empty line', async () => {
    await say('   ');
    expect(generator.conversations).toEqual([]);
  });

  it('says why an answer failed, and goes on as if it had not been asked', async () => {
    generator.failure = new ParlanceError('validation', 'the prompt is too long');
    expect(await say('hello')).toBe(true);
    expect(printed).toBe('(the prompt is too long; /reset begins anew)\n');
    generator.failure = undefined;
    await say('again');
    expect(generator.conversations.at(-1)).toHaveLength(1);
  });

  it('cuts an answer off when it is interrupted, and forgets the question', async () => {
    printed = '';
    expect(await session.read('hello', AbortSignal.abort())).toBe(true);
    expect(printed).toBe('\n(cut off)\n');
    await say('again');
    expect(generator.conversations.at(-1)).toHaveLength(1);
  });

  it('does not hide a fault of its own', async () => {
    generator.failure = new TypeError('a bug');
    await expect(say('hello')).rejects.toThrow('a bug');
  });
});
