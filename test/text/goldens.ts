import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface GoldenString {
  readonly text: string;
  readonly ids: number[];
  readonly offsets: number[];
  readonly ids_special: number[];
  readonly offsets_special: number[];
  readonly decoded: string;
  readonly decoded_skip_special: string;
  readonly incremental: string[];
}

interface GoldenIds {
  readonly ids: number[];
  readonly decoded: string;
  readonly decoded_skip_special: string;
  readonly incremental: string[];
}

export interface GoldenChat {
  readonly name: string;
  readonly messages: unknown[];
  readonly tools?: unknown[];
  readonly add_generation_prompt?: boolean;
  readonly continue_final_message?: boolean;
  readonly template_kwargs?: Record<string, unknown>;
  readonly rendered?: string;
  readonly ids?: number[];
  readonly tgi_continue?: string;
  readonly error?: { readonly message: string; readonly raised_by_template: boolean };
}

interface GoldenPrompt {
  readonly text: string;
  readonly ids: number[];
  readonly greedy: {
    readonly ids: number[];
    readonly logprobs: number[];
    readonly finish_reason: 'length' | 'eos_token';
    readonly text: string;
    readonly text_tgi: string;
    readonly text_raw: string;
    readonly stream: string[];
  };
}

export interface TextGoldens {
  readonly kind?: 'causal' | 'seq2seq';
  readonly eos_token_ids?: number[];
  readonly tokenizer: { readonly strings: GoldenString[]; readonly raw_ids: GoldenIds[] };
  readonly chat?: GoldenChat[];
  readonly prompts?: GoldenPrompt[];
}

export function readGoldens(folder: string): TextGoldens {
  return JSON.parse(readFileSync(join(folder, 'goldens.json'), 'utf8'));
}

/** The folders below that have a tokenizer and goldens. */
export function goldenFolders(root: string): string[] {
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'tokenizer.json')));
}

export const MODEL_FIXTURES = join(import.meta.dirname, '../fixtures/models');
