import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVocabulary, type TokenizerJson } from '../../../src/grammar/tokenizer-vocabulary.ts';
import type { Vocabulary } from '../../../src/grammar/vocabulary.ts';

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

/** Byte-level BPE and SentencePiece with byte fallback. */
export const modelVocabularies = ['qwen2', 'llama3-tied', 'llama2-mha', 'mistral-zephyr'].map(modelVocabulary);
