import { describe, expect, it } from '@jest/globals';
import {
  loadVocabulary,
  readVocabulary,
  type TokenizerJson,
} from '../../src/grammar/vocabulary/tokenizer-vocabulary.ts';
import { buildVocabulary, spellingOf } from '../../src/grammar/vocabulary/vocabulary.ts';
import { modelVocabularies } from './support/vocabularies.ts';

const spelled = (name: string, token: number) => {
  const { vocabulary } = modelVocabularies.find((model) => model.name === name)!;
  return Buffer.from(spellingOf(vocabulary, token)).toString('latin1');
};

describe('the vocabulary of a tokenizer', () => {
  it('spells byte-level tokens as bytes', () => {
    // 220 is Ġ, the space; 0 is "!"; 198 the line end, as GPT-2 numbers them.
    expect([spelled('llama3-tied', 220), spelled('llama3-tied', 0), spelled('llama3-tied', 198)]).toEqual([
      ' ',
      '!',
      '\n',
    ]);
  });

  it('spells SentencePiece tokens with spaces, and byte tokens as their byte', () => {
    expect(spelled('llama2-mha', 3)).toBe('\x00');
    expect(spelled('llama2-mha', 3 + 0xe9)).toBe('\xe9');
  });

  it('spells control tokens so that no text does, and padding not at all', () => {
    expect(spelled('qwen2', 595)).toBe('\xff<|im_end|>\xfe');
    expect(spelled('qwen2', 598)).toBe('<tool_call>');
    expect(spelled('qwen2', 639)).toBe('');
  });

  it('is refused where tokens do not say how they are spelled, or some byte has none', () => {
    const wordPiece: TokenizerJson = { model: { vocab: { hello: 0 } }, decoder: { type: 'WordPiece' } };
    expect(() => readVocabulary(wordPiece, 1)).toThrow('not WordPiece');
    const letters: TokenizerJson = { model: { vocab: { a: 0 } }, decoder: { type: 'ByteLevel' } };
    expect(() => readVocabulary(letters, 1)).toThrow('no token for the byte 0xa');
  });

  it('cannot be loaded from a folder without tokenizer.json', async () => {
    await expect(loadVocabulary('nowhere', 1)).rejects.toMatchObject({ code: 'unsupported_model' });
  });
});

describe('the trie of a vocabulary', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const {
    bytes: edges,
    depths,
    ends,
    tokens,
    siblings,
  } = buildVocabulary(
    ['ab', 'a', undefined, 'ab', '', 'b'].map((text) => (text === undefined ? undefined : bytes(text))),
    6,
  );

  it('has a node for each beginning of a token, in preorder', () => {
    expect([...edges].map((byte) => String.fromCharCode(byte))).toEqual(['a', 'b', 'b']);
    expect([...depths]).toEqual([0, 1, 0]);
    expect([...ends]).toEqual([2, 2, 3]);
  });

  it('lists tokens of the same bytes at the same node', () => {
    expect([...tokens]).toEqual([1, 3, 5]);
    expect(siblings[3]).toBe(0);
    expect(siblings[0]).toBe(-1);
  });
});
