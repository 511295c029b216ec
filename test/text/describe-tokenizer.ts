import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Detokenizer, decodeAfter } from '../../src/text/detokenizer.ts';
import { type Encoder, startEncoder } from '../../src/text/encoder.ts';
import { loadTokenizer, type Tokenizer } from '../../src/text/tokenizer.ts';
import { readGoldens } from './goldens.ts';

async function pushAll(detokenizer: Detokenizer, ids: readonly number[]): Promise<string[]> {
  const texts: string[] = [];
  for (const id of ids) texts.push(await detokenizer.push(id));
  return texts;
}

/** Holds the tokenizer of a fixture folder to its goldens. */
export function describeTokenizer(folder: string): void {
  const goldens = readGoldens(folder);
  const { strings, raw_ids: rawIds } = goldens.tokenizer;
  const sequences = [...strings.map((golden) => ({ ...golden, ids: golden.ids_special })), ...rawIds];
  const withoutSpecial = (tokenizer: Tokenizer, ids: readonly number[]) =>
    ids.filter((id) => !tokenizer.specialIds.has(id));

  describe(`the tokenizer of ${basename(folder)}`, () => {
    let tokenizer: Tokenizer;
    let encoder: Encoder;

    beforeAll(async () => {
      tokenizer = await loadTokenizer(folder);
      encoder = await startEncoder(folder, 1);
    });

    afterAll(() => encoder.close());

    it('encodes each text to the reference ids and code point offsets', async () => {
      for (const golden of strings) {
        const plain = await encoder.encodeWithOffsets(golden.text, false);
        const special = await encoder.encodeWithOffsets(golden.text, true);
        expect({ text: golden.text, ids: plain.ids, offsets: plain.offsets.flat() }).toEqual({
          text: golden.text,
          ids: golden.ids,
          offsets: golden.offsets,
        });
        expect({ text: golden.text, ids: special.ids, offsets: special.offsets.flat() }).toEqual({
          text: golden.text,
          ids: golden.ids_special,
          offsets: golden.offsets_special,
        });
        expect(await encoder.encode(golden.text, true)).toEqual(golden.ids_special);
      }
    });

    it('decodes ids to the reference text, with special tokens and without', async () => {
      for (const golden of sequences) {
        expect(await tokenizer.decode(golden.ids)).toBe(golden.decoded);
        expect(await tokenizer.decode(withoutSpecial(tokenizer, golden.ids))).toBe(golden.decoded_skip_special);
      }
    });

    it('detokenizes one token at a time as the reference does', async () => {
      const decode = (ids: readonly number[]) => tokenizer.decode(ids);
      for (const { ids, incremental } of sequences) {
        expect(await pushAll(new Detokenizer(decode, []), ids)).toEqual(incremental);
      }
    });

    it('detokenizes generations as the reference does', async () => {
      const decode = (ids: readonly number[]) => tokenizer.decode(ids);
      for (const { ids: promptIds, greedy } of goldens.kind === 'causal' ? goldens.prompts! : []) {
        expect(await pushAll(Detokenizer.afterPrompt(decode, promptIds), greedy.ids)).toEqual(greedy.stream);
        const context = withoutSpecial(tokenizer, promptIds.slice(-1));
        const text = await decodeAfter(decode, context, withoutSpecial(tokenizer, greedy.ids));
        expect(text).toBe(greedy.text.replace(/\ufffd+$/, ''));
        if (greedy.text_tgi !== '') expect(text).toBe(greedy.text_tgi);
      }
    });
  });
}
