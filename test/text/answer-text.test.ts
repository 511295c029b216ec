import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerText, type AnswerTextOptions } from '../../src/text/answer-text.ts';
import { loadTokenizer } from '../../src/text/tokenizer.ts';
import { MODEL_FIXTURES } from './goldens.ts';
import { cutBytes, pieceDecoder } from './piece-decoder.ts';

interface Answer {
  readonly texts: string[];
  readonly deltas: string[];
  readonly generatedText: string;
  readonly isStopped: boolean;
}

async function run(pieces: readonly Uint8Array[], options: Partial<AnswerTextOptions>): Promise<Answer> {
  const decode = pieceDecoder(pieces);
  const answer = new AnswerText({
    decode,
    specialIds: new Set(),
    promptIds: [],
    stop: [],
    stopMatching: 'anywhere',
    ...options,
  });
  const [texts, deltas]: [string[], string[]] = [[], []];
  for (const id of pieces.keys()) {
    const { text, delta, isStopped } = await answer.push(id);
    texts.push(text);
    deltas.push(delta);
    if (isStopped) break;
  }
  const { delta, generatedText, isStopped } = await answer.finish();
  return { texts, deltas: [...deltas, delta], generatedText, isStopped };
}

const pieces = (...texts: string[]) => texts.map((text) => new TextEncoder().encode(text));
const unit = fc.constantFrom('a', 'b', 'é', '😀', '語', '\n');
const text = fc.string({ unit, maxLength: 25 });
const stop = fc.array(fc.string({ unit, minLength: 1, maxLength: 4 }), { maxLength: 4 });
const cuts = fc.array(fc.nat(100), { maxLength: 12 });

/** The text before the stop string that is complete first; of those, before the longest. */
function beforeFirstStop(whole: string, stops: readonly string[]): string {
  const found = stops
    .map((string) => ({ start: whole.indexOf(string), end: whole.indexOf(string) + string.length }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.end - b.end || a.start - b.start);
  return found.length > 0 ? whole.slice(0, found[0]!.start) : whole;
}

describe('the text of an answer', () => {
  it('is the same however it is cut into tokens: what stands before the first stop string', async () => {
    await fc.assert(
      fc.asyncProperty(text, stop, cuts, async (whole, strings, places) => {
        const { deltas } = await run(cutBytes(whole, places), { stop: strings });
        expect(deltas.join('')).toBe(beforeFirstStop(whole, strings));
      }),
    );
  });

  it('is all its tokens, where nothing stops it', async () => {
    await fc.assert(
      fc.asyncProperty(text, cuts, async (whole, places) => {
        const { texts, deltas, generatedText } = await run(cutBytes(whole, places), { stopMatching: 'suffix' });
        expect(texts.join('')).toBe(whole);
        expect(deltas.join('')).toBe(whole);
        expect(generatedText).toBe(whole);
      }),
    );
  });

  it('never shows a character that is not complete', async () => {
    await fc.assert(
      fc.asyncProperty(text, cuts, async (whole, places) => {
        const { deltas } = await run(cutBytes(whole, places), {});
        for (const delta of deltas) expect(delta).not.toContain('\ufffd');
      }),
    );
  });

  it('keeps what is valid of an answer that is cut inside a character', async () => {
    const [first, second] = cutBytes('ab😀', [3]);
    const { texts, deltas, generatedText } = await run([first!, second!.slice(0, 2)], {});
    expect(texts).toEqual(['', '']);
    expect(deltas.join('')).toBe('ab');
    expect(generatedText).toBe('ab');
  });

  it('ends inside a token for OpenAI’s clients, and the stop string is cut', async () => {
    const answer = await run(pieces('one ST', 'OP two', ' three'), { stop: ['STOP'] });
    expect(answer.texts).toEqual(['one ST', 'OP two']);
    expect(answer.deltas).toEqual(['one ', '', '']);
    expect(answer).toMatchObject({ generatedText: 'one STOP two', isStopped: true });
  });

  it('ends only where a token ends for TGI’s clients, and its stop string is kept', async () => {
    const answer = await run(pieces('one STOP two', ' and ST', 'OP', ' more'), {
      stop: ['STOP'],
      stopMatching: 'suffix',
    });
    expect(answer.texts).toEqual(['one STOP two', ' and ST', 'OP']);
    expect(answer.deltas.join('')).toBe('one STOP two and ');
    expect(answer).toMatchObject({ generatedText: 'one STOP two and STOP', isStopped: true });
  });

  it('ends for TGI’s clients with a newline after the stop string, too', async () => {
    const answer = await run(pieces('one', ' STOP\n', 'more'), { stop: ['STOP'], stopMatching: 'suffix' });
    expect(answer.texts).toEqual(['one', ' STOP\n']);
    expect(answer.deltas.join('')).toBe('one ');
  });

  it('gives back what looked like a stop string and was none', async () => {
    const { deltas, isStopped } = await run(pieces('a', 'S', 'T', 'x', 'ST'), { stop: ['STOP'] });
    expect(deltas).toEqual(['a', '', '', 'STx', '', 'ST']);
    expect(isStopped).toBe(false);
  });

  it('leaves special tokens out, but shows them in the token', async () => {
    const special = { specialIds: new Set([1]), stop: ['<eot>'] };
    const answer = await run(pieces('a', '<sep>', 'b'), special);
    expect(answer).toMatchObject({ texts: ['a', '<sep>', 'b'], deltas: ['a', '', 'b', ''], generatedText: 'ab' });
  });

  it('ends at a stop string that is the text of a special token', async () => {
    const answer = await run(pieces('a', '<eot>', 'b'), { specialIds: new Set([1]), stop: ['<eot>'] });
    expect(answer).toMatchObject({ texts: ['a', '<eot>'], generatedText: 'a', isStopped: true });
    expect(answer.deltas.join('')).toBe('a');
  });

  it('ignores an empty stop string, except where TGI stops at once', async () => {
    expect(await run(pieces('a', 'b'), { stop: [''] })).toMatchObject({ texts: ['a', 'b'], isStopped: false });
    const answer = await run(pieces('a', 'b'), { stop: [''], stopMatching: 'suffix' });
    expect(answer).toMatchObject({ texts: ['a'], isStopped: true });
  });

  it('begins without a space after a special token, as TGI gives the whole answer', async () => {
    const tokenizer = await loadTokenizer(join(MODEL_FIXTURES, 'mistral-zephyr'));
    const decode = (ids: readonly number[]) => tokenizer.decode(ids);
    const { specialIds } = tokenizer;
    const [eos, word] = [tokenizer.tokenToId('</s>')!, tokenizer.tokenToId('▁the')!];
    const deltas: string[] = [];
    for (const promptIds of [
      [word, eos],
      [eos, word],
    ]) {
      const answer = new AnswerText({ decode, specialIds, promptIds, stop: [], stopMatching: 'anywhere' });
      deltas.push((await answer.push(word)).delta);
      expect((await answer.finish()).generatedText).toBe(deltas.at(-1));
    }
    expect(deltas).toEqual(['the', ' the']);
  });
});
