import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVocabulary, type TokenizerJson } from '../../../src/grammar/vocabulary/tokenizer-vocabulary.ts';
import { buildVocabulary, type Vocabulary } from '../../../src/grammar/vocabulary/vocabulary.ts';

const MODELS = join(import.meta.dirname, '../../fixtures/models');

interface ModelVocabulary {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly stopId: number;
}

const read = (...path: string[]) => JSON.parse(readFileSync(join(MODELS, ...path), 'utf8'));

/** The vocabulary of a fixture model, padded as its logits are. */
export function modelVocabulary(name: string): ModelVocabulary {
  const tokenizer: TokenizerJson = read(name, 'tokenizer.json');
  const { vocab_size: size, eos_token_id: stop } = read(name, 'config.json');
  return { name, vocabulary: readVocabulary(tokenizer, size), stopId: Array.isArray(stop) ? stop[0] : stop };
}

/** Tokens that run across the ends of values, as large vocabularies have them: every byte, and what JSON is made of in
 * pairs and triples. */
function crossingVocabulary(): ModelVocabulary {
  const parts = ['"', ':', ',', '{', '}', '[', ']', ' ', '\n', 'a', '1', '-', '.', 'null', '\\', 'é'];
  const pairs = parts.flatMap((first) => parts.map((second) => first + second));
  const triples = pairs.filter((pair) => /^["}\]1]/.test(pair)).flatMap((pair) => parts.map((third) => pair + third));
  const bytes = Array.from({ length: 256 }, (_, byte) => (byte < 0xfe ? Uint8Array.of(byte) : undefined));
  const spellings = [undefined, ...bytes, ...[...pairs, ...triples].map((text) => new TextEncoder().encode(text))];
  return { name: 'crossing tokens', vocabulary: buildVocabulary(spellings, spellings.length), stopId: 0 };
}

/** Byte-level BPE and SentencePiece with byte fallback, and tokens that those small ones lack. */
export const modelVocabularies = [
  ...['qwen2', 'llama3-tied', 'llama2-mha', 'mistral-zephyr'].map(modelVocabulary),
  crossingVocabulary(),
];
