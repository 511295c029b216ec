import type { Family } from './family.ts';
import { llama } from './llama.ts';
import { mistral } from './mistral.ts';
import { qwen2 } from './qwen2.ts';
import { qwen3 } from './qwen3.ts';

/** All families that are served. */
export const families: readonly Family[] = [llama, mistral, qwen2, qwen3];
