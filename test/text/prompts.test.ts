import { describe, expect, it } from '@jest/globals';
import { collect, textRequest } from './generate.ts';
import { EOT, ids, open } from './open-generator.ts';

describe('the prompt', () => {
  it('is tokenized with special tokens or without, or is ids', async () => {
    const { generator, engine } = await open({ ids: ids('a') });
    for (const request of [
      textRequest('ab', { maxNewTokens: 1 }),
      textRequest('ab', { maxNewTokens: 1, addSpecialTokens: false }),
      textRequest([5, 6], { maxNewTokens: 1 }),
    ]) {
      await collect(generator.generate(request));
    }
    expect(engine.requests.map(({ promptIds }) => promptIds)).toEqual([[592, ...ids('ab')], ids('ab'), [5, 6]]);
  });

  it.each([
    [1, [592]],
    [2, [592, ...ids('f')]],
    [100, [592, ...ids('abcf')]],
  ])('keeps its special and its last tokens where it is truncated to %d', async (truncate, expected) => {
    const { generator } = await open({ ids: ids('a') });
    const { start } = await collect(generator.generate(textRequest('abcf', { truncate, maxNewTokens: 1 })));
    expect(start.promptIds).toEqual(expected);
  });

  it('counts a BOS of the text as the one that the tokenizer adds', async () => {
    const { generator } = await open({ ids: ids('a') });
    const { start, finish } = await collect(
      generator.generate(textRequest('<|begin_of_text|>ab', { maxNewTokens: 1 })),
    );
    expect(start.promptIds).toEqual([592, ...ids('ab')]);
    expect(finish.numPromptTokens).toBe(4);
  });

  it('keeps the last of token ids where they are truncated', async () => {
    const { generator } = await open({ ids: ids('a') });
    const { start } = await collect(generator.generate(textRequest([7, 8, 9], { truncate: 2, maxNewTokens: 1 })));
    expect(start.promptIds).toEqual([8, 9]);
  });

  it.each([[''], [[]]])('may not be empty', async (prompt) => {
    const { generator, engine } = await open({ ids: ids('a') });
    await expect(collect(generator.generate(textRequest(prompt)))).rejects.toMatchObject({
      code: 'validation',
      message: '`inputs` cannot be empty',
    });
    expect(engine.requests).toEqual([]);
  });

  it.each([
    [120, undefined, '`inputs` must have less than 100 tokens. Given: 120'],
    [120, 10, '`inputs` must have less than 100 tokens. Given: 120'],
    [120, 81, '`inputs` tokens + `max_new_tokens` must be <= 200. Given: 120 `inputs` tokens and 81 `max_new_tokens`'],
    [3, 5000, '`inputs` tokens + `max_new_tokens` must be <= 200. Given: 3 `inputs` tokens and 1024 `max_new_tokens`'],
    [
      300,
      undefined,
      '`inputs` tokens + `max_new_tokens` must be <= 200. Given: 300 `inputs` tokens and 0 `max_new_tokens`',
    ],
  ])('of %d tokens with %s new ones is refused in TGI’s words', async (numPromptTokens, maxNewTokens, message) => {
    const { generator } = await open({ ids: ids('a') });
    const request = textRequest(Array(numPromptTokens).fill(5), maxNewTokens === undefined ? {} : { maxNewTokens });
    await expect(collect(generator.generate(request))).rejects.toMatchObject({
      code: 'context_length_exceeded',
      message,
    });
  });

  it.each([
    [101, 100, 'inputs'],
    [100, 101, 'max_new_tokens'],
  ])('of %d tokens with %d new ones is too long by `%s`', async (numPromptTokens, maxNewTokens, param) => {
    const { generator } = await open({ ids: ids('a') });
    const request = textRequest(Array(numPromptTokens).fill(5), { maxNewTokens });
    await expect(collect(generator.generate(request))).rejects.toMatchObject({
      code: 'context_length_exceeded',
      param,
    });
  });

  it('leaves the rest of the limit to the answer where nothing else is asked for', async () => {
    const { generator, engine } = await open({ ids: ids('a') });
    await collect(generator.generate(textRequest(Array(60).fill(5))));
    expect(engine.requests[0]!.maxNewTokens).toBe(140);
  });

  it('leaves what fits where more is asked for than TGI looks at', async () => {
    const limits = { maxInputTokens: 2000, maxTotalTokens: 3000 };
    const { generator, engine } = await open({ ids: [EOT] }, { limits });
    await collect(generator.generate(textRequest(Array(1500).fill(5), { maxNewTokens: 9000 })));
    expect(engine.requests[0]!.maxNewTokens).toBe(1500);
  });

  it('shows its tokens and their log-probabilities where they are asked for', async () => {
    const { generator } = await open({ ids: ids('a') });
    const { start } = await collect(generator.generate(textRequest('é a', { promptLogprobs: true, maxNewTokens: 1 })));
    expect(start.prefill).toEqual([
      { id: 592, text: '<|begin_of_text|>', logprob: null },
      { id: 127, text: '\ufffd', logprob: -1 },
      { id: 102, text: '\ufffd', logprob: -2 },
      { id: 263, text: ' a', logprob: -3 },
    ]);
  });
});

describe('a prompt that nothing is wanted after', () => {
  it('is scored, with the likeliest tokens in each place', async () => {
    const { generator, engine } = await open({ ids: ids('a') });
    const request = textRequest('ab', { promptLogprobs: true, numTopTokens: 2, maxNewTokens: 0 });
    const { start, tokens, finish } = await collect(generator.generate(request));
    expect(start.prefill).toEqual([
      { id: 592, text: '<|begin_of_text|>', logprob: null, topTokens: [] },
      {
        id: 64,
        text: 'a',
        logprob: -1,
        topTokens: [
          { id: 64, text: 'a', logprob: -1, special: false },
          { id: 65, text: 'b', logprob: -2, special: false },
        ],
      },
      {
        id: 65,
        text: 'b',
        logprob: -2,
        topTokens: [
          { id: 65, text: 'b', logprob: -2, special: false },
          { id: 66, text: 'c', logprob: -3, special: false },
        ],
      },
    ]);
    expect(tokens).toEqual([]);
    expect(finish).toMatchObject({ reason: 'length', generatedText: '', delta: '', numGeneratedTokens: 0 });
    expect(engine.requests[0]!.maxNewTokens).toBe(0);
  });
});
