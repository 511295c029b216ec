import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Decode, Detokenizer, decodeAfter } from '../../src/text/detokenizer.ts';
import { loadTokenizer } from '../../src/text/tokenizer.ts';
import { MODEL_FIXTURES } from './goldens.ts';
import { pieceDecoder } from './piece-decoder.ts';

const decoderOf = async (name: string): Promise<Decode> => {
  const tokenizer = await loadTokenizer(join(MODEL_FIXTURES, name));
  return (ids) => tokenizer.decode(ids);
};

/** TGI's decode_token, as it is written there. */
async function referenceStream(decode: Decode, ids: readonly number[]): Promise<string[]> {
  let [prefixOffset, readOffset] = [0, 0];
  const texts: string[] = [];
  for (let end = 1; end <= ids.length; end++) {
    const prefix = [...(await decode(ids.slice(prefixOffset, readOffset)))];
    const text = [...(await decode(ids.slice(prefixOffset, end)))];
    const isText = text.length > prefix.length && text.at(-1) !== '\ufffd';
    texts.push(isText ? text.slice(prefix.length).join('') : '');
    if (isText) [prefixOffset, readOffset] = [readOffset, end];
  }
  return texts;
}

async function stream(decode: Decode, ids: readonly number[]): Promise<string[]> {
  const detokenizer = new Detokenizer(decode, []);
  const texts: string[] = [];
  for (const id of ids) texts.push(await detokenizer.push(id));
  return [...texts, await detokenizer.flush()];
}

const ids = fc.array(fc.integer({ min: 0, max: 599 }), { maxLength: 60 });
const someRuns = { numRuns: 40 };

describe('a detokenizer', () => {
  it.each(['llama2-mha', 'llama3-tied', 'qwen2'])('streams any ids of %s as TGI does', async (name) => {
    const decode = await decoderOf(name);
    await fc.assert(
      fc.asyncProperty(ids, async (sequence) => {
        expect((await stream(decode, sequence)).slice(0, -1)).toEqual(await referenceStream(decode, sequence));
      }),
      someRuns,
    );
  });

  it('streams bytes that make no characters as TGI does, however many', async () => {
    const decode = await decoderOf('llama3-tied');
    const byte = fc.integer({ min: 94, max: 255 });
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { minLength: 50, maxLength: 90 }), ids, async (bytes, rest) => {
        const sequence = [...bytes, ...rest];
        expect((await stream(decode, sequence)).slice(0, -1)).toEqual(await referenceStream(decode, sequence));
      }),
      { numRuns: 15 },
    );
  });

  it.each(['llama3-tied', 'qwen3'])('gives for %s the same text as decoding at once', async (name) => {
    const decode = await decoderOf(name);
    await fc.assert(
      fc.asyncProperty(ids, async (sequence) => {
        expect((await stream(decode, sequence)).join('')).toBe(await decodeAfter(decode, [], sequence));
      }),
      someRuns,
    );
  });

  it('decodes a number of tokens that does not grow with the text', async () => {
    const bytes = [0xff, 0x61, 0xe2, 0x82, 0xac].map((byte) => Uint8Array.of(byte));
    const decodePieces = pieceDecoder(bytes);
    for (const sequence of [Array(3000).fill(1), Array(3000).fill(0), Array(1000).fill([2, 3, 4]).flat()]) {
      let numDecoded = 0;
      const decode: Decode = (tokens) => {
        numDecoded += tokens.length;
        return decodePieces(tokens);
      };
      await stream(decode, sequence);
      expect(numDecoded / sequence.length).toBeLessThan(40);
    }
  });

  it('keeps the place where a prompt that ended inside a character goes on', async () => {
    const smile = [0xf0, 0x9f, 0x98, 0x80].map((byte) => Uint8Array.of(byte));
    const decode = pieceDecoder([...smile, Uint8Array.of(0x61)]);
    const detokenizer = Detokenizer.afterPrompt(decode, [0, 1]);
    const texts = [];
    for (const id of [2, 3, 4]) texts.push(await detokenizer.push(id));
    expect(texts).toEqual(['', '', 'a']);
  });
});
