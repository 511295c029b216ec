import { describe, expect, it } from '@jest/globals';
import type { GrammarSpec } from '../../src/grammar/compile/grammar-spec.ts';
import { collect, greedy, textRequest } from './generate.ts';
import { goldenFolders, MODEL_FIXTURES, readGoldens } from './goldens.ts';
import { EOT, ids, open } from './open-generator.ts';

for (const folder of goldenFolders(MODEL_FIXTURES)) {
  const goldens = readGoldens(folder);
  it.each(goldens.prompts!)(
    `tells the answer of ${folder.split('/').at(-1)} to “$text” as TGI does`,
    async (golden) => {
      const { ids: answer, logprobs, stream, text_tgi, finish_reason } = golden.greedy;
      const eosTokenIds = goldens.eos_token_ids!;
      const { generator } = await open({ ids: answer, logprobs }, { folder, eosTokenIds });
      const { start, tokens, finish, text } = await collect(
        generator.generate(textRequest(golden.text, { maxNewTokens: answer.length })),
      );
      expect(start.promptIds).toEqual(golden.ids);
      expect(tokens.map(({ token }) => token.text)).toEqual(stream);
      expect(tokens.map(({ token }) => token.id)).toEqual(answer);
      expect(tokens.map(({ token }) => token.logprob)).toEqual(logprobs);
      if (text_tgi !== '') expect(finish.generatedText).toBe(text_tgi);
      const shown = tokens.filter(({ token }) => !token.special).map(({ token }) => token.text);
      expect(text).toBe(shown.join('') + finish.delta);
      // The goldens stop at 28 tokens, or at an EOS token; here the limit is the answer's length, and TGI tells it first.
      expect(finish).toMatchObject({
        reason: 'length',
        numPromptTokens: golden.ids.length,
        numGeneratedTokens: answer.length,
      });
      expect(['length', 'eos_token']).toContain(finish_reason);
    },
  );
}

describe('the answer', () => {
  it('ends at its EOS token, which is shown but is no text', async () => {
    const { generator } = await open({ ids: [...ids('ok'), EOT, ...ids('no')] });
    const { tokens, finish, text } = await collect(generator.generate(textRequest('a')));
    expect(tokens.map(({ token, isLast }) => [token.text, token.special, isLast])).toEqual([
      ['o', false, false],
      ['k', false, false],
      ['<|eot_id|>', true, true],
    ]);
    expect(finish).toMatchObject({ reason: 'eos_token', generatedText: 'ok', numGeneratedTokens: 3 });
    expect(text).toBe('ok');
  });

  it('goes on behind an EOS token that is ignored', async () => {
    const { generator, engine } = await open({ ids: [...ids('ok'), EOT, ...ids('no')] });
    const { finish } = await collect(generator.generate(textRequest('a', { ignoreEos: true, maxNewTokens: 5 })));
    expect(engine.requests[0]!.stopIds).toEqual([]);
    expect(finish).toMatchObject({ reason: 'length', generatedText: 'okno' });
  });

  it('ends at a stop string and frees its sequence before the last token is taken', async () => {
    const { generator, engine } = await open({ ids: ids('one two three') });
    const seen: string[] = [];
    for await (const event of generator.generate(textRequest('a', { stop: ['tw'] }))) {
      if (event.type !== 'token') continue;
      seen.push(event.token.text);
      expect(engine.numRunning).toBe(event.isLast ? 0 : 1);
    }
    expect(seen.join('')).toBe('one tw');
    expect(engine.numTokens).toBe(6);
  });

  it.each([
    ['suffix', 'length', 'one tw'],
    ['anywhere', 'stop_sequence', 'one '],
  ] as const)('that reaches limit and stop string at once is told by %s as %s', async (stopMatching, reason, text) => {
    const { generator } = await open({ ids: ids('one two') });
    const request = textRequest('a', { stop: ['tw'], stopMatching, maxNewTokens: 6 });
    const generated = await collect(generator.generate(request));
    expect(generated.finish).toMatchObject({ reason, generatedText: 'one tw' });
    expect(generated.text).toBe(stopMatching === 'anywhere' ? text : 'one ');
  });

  it('shows the likeliest tokens beside each token', async () => {
    const { generator } = await open({ ids: ids('a') });
    const { tokens } = await collect(generator.generate(textRequest('a', { numTopTokens: 2, maxNewTokens: 1 })));
    expect(tokens[0]!.topTokens).toEqual([
      { id: 64, text: 'a', logprob: -0.5, special: false },
      { id: 65, text: 'b', logprob: -1.5, special: false },
    ]);
  });

  it('tells its seed where it was drawn, and none where it is greedy', async () => {
    const { generator } = await open({ ids: ids('a') });
    const sampled = textRequest('a', { sampling: { ...greedy, doSample: true, seed: 2n ** 63n }, maxNewTokens: 1 });
    expect((await collect(generator.generate(sampled))).finish.seed).toBe(2n ** 63n);
    expect((await collect(generator.generate(textRequest('a', { maxNewTokens: 1 })))).finish.seed).toBeUndefined();
  });
});

describe('a generation', () => {
  it('frees its sequence when its reader leaves', async () => {
    const { generator, engine } = await open({ ids: ids('abc') });
    for await (const event of generator.generate(textRequest('a'))) if (event.type === 'token') break;
    expect(engine.numRunning).toBe(0);
    expect(engine.numTokens).toBe(1);
  });

  it('ends with the reason of its signal', async () => {
    const { generator, engine } = await open({ ids: ids('abc') });
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of generator.generate(textRequest('a'), abort.signal)) {
        if (event.type === 'token') abort.abort(new Error('the client left'));
      }
    })();
    await expect(reading).rejects.toThrow('the client left');
    expect(engine.numRunning).toBe(0);
  });

  it('is not begun when its signal was aborted before', async () => {
    const { generator, engine } = await open({ ids: ids('abc') });
    const events = generator.generate(textRequest('a'), AbortSignal.abort(new Error('too late')));
    await expect(collect(events)).rejects.toThrow('too late');
    expect(engine.requests).toEqual([]);
  });

  it('passes an error of the engine on', async () => {
    const { generator } = await open({ ids: ids('ab'), failure: new Error('no more') });
    await expect(collect(generator.generate(textRequest('a')))).rejects.toThrow('no more');
  });

  it('measures validation, queue and inference', async () => {
    const { generator } = await open({ ids: ids('ab'), queueMs: 0 });
    const { finish } = await collect(generator.generate(textRequest('a', { maxNewTokens: 3 })));
    expect(finish.timings.validationMs).toBeGreaterThan(0);
    expect(finish.timings.inferenceMs).toBeGreaterThan(0);
    expect(finish.timings.queueMs).toBe(0);
  });

  it('runs beside 63 others without mixing their texts', async () => {
    const { generator } = await open({ ids: ids('abcdefghij') });
    const lengths = Array.from({ length: 64 }, (_, i) => 1 + (i % 10));
    const all = await Promise.all(
      lengths.map((maxNewTokens) => collect(generator.generate(textRequest('a', { maxNewTokens })))),
    );
    expect(all.map(({ text }) => text)).toEqual(lengths.map((length) => 'abcdefghij'.slice(0, length)));
  });
});

describe('a text generator', () => {
  it('tokenizes with offsets and renders chats', async () => {
    const { generator } = await open({ ids: [] });
    expect(await generator.tokenize('a b', true)).toEqual({
      ids: [592, 64, 265],
      offsets: [
        [0, 0],
        [0, 1],
        [1, 3],
      ],
    });
    expect(generator.hasChatTemplate).toBe(true);
    const messages = [{ role: 'user', content: 'hi' }];
    const chat = { messages, addGenerationPrompt: true, continueFinalMessage: false };
    expect(await generator.applyChatTemplate(chat)).toContain('<|start_header_id|>user<|end_header_id|>\n\nhi');
  });

  it('refuses what comes after it was closed', async () => {
    const { generator } = await open({ ids: ids('a') });
    await generator.close();
    await expect(collect(generator.generate(textRequest('a')))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a grammar', () => {
  const grammar: GrammarSpec = { kind: 'json-schema', schema: { type: 'boolean' } };

  it('goes to the engine compiled, with what ends the answer even where that is ignored otherwise', async () => {
    const { engine, generator } = await open({ ids: [...ids('true'), EOT] });
    await collect(generator.generate(textRequest('a', { grammar, ignoreEos: true })));
    const [sent] = engine.requests;
    expect(sent!.stopIds).toEqual([EOT]);
    expect(sent!.grammar!.automaton.countedStrings).toEqual([]);
    expect(sent!.grammar!.numBytes).toBeGreaterThan(100);
  });

  it('is refused before anything is generated where it is not supported', async () => {
    const { engine, generator } = await open({ ids: ids('a') });
    const refused = textRequest('a', { grammar: { kind: 'regex', pattern: 'b(?=a)' } });
    await expect(collect(generator.generate(refused))).rejects.toMatchObject({
      code: 'invalid_grammar',
      param: 'grammar',
    });
    expect(engine.requests).toEqual([]);
  });
});

describe('special tokens', () => {
  const PYTHON_TAG = 598;

  it('are left out of the deltas but where a request asks for them', async () => {
    const script = { ids: [PYTHON_TAG, ...ids('ok'), EOT] };
    const texts = [[], ['<|python_tag|>']].map(async (shownTokens) => {
      const { generator } = await open(script);
      return (await collect(generator.generate(textRequest('a', { shownTokens })))).text;
    });
    expect(await Promise.all(texts)).toEqual(['ok', '<|python_tag|>ok']);
  });
});

describe('the tools of a model', () => {
  it('are told by its chat template', async () => {
    const { generator } = await open({ ids: ids('a') });
    expect(generator.toolFormat.kind).toBe('llama3');
    expect(generator.toolReading).toBe('transformers');
  });
});
