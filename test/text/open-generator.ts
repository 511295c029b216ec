import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type CreateTextGeneratorOptions, createTextGenerator } from '../../src/text/create-text-generator.ts';
import type { TextGenerator } from '../../src/text/types.ts';
import { MODEL_FIXTURES } from './goldens.ts';
import { type Script, ScriptedEngine } from './scripted-engine.ts';

/** What ends an answer of the model that is opened where a test names none. */
export const EOT = 597;

const opened: TextGenerator[] = [];
afterEach(() => Promise.all(opened.splice(0).map((generator) => generator.close())));

/** A text generator over a scripted engine, with Llama 3's tokenizer and template; closed after the test. */
export async function open(script: Script, more: Partial<CreateTextGeneratorOptions> = {}) {
  const engine = new ScriptedEngine(script);
  const generator = await createTextGenerator({
    folder: join(MODEL_FIXTURES, 'llama3-tied'),
    engine,
    eosTokenIds: [EOT],
    limits: { maxInputTokens: 100, maxTotalTokens: 200 },
    numTokenizerWorkers: 1,
    ...more,
  });
  opened.push(generator);
  return { engine, generator };
}

/** Ids of the letters and digits in Llama 3's byte vocabulary. */
export const ids = (text: string) => [...text].map((char) => (char === ' ' ? 220 : char.charCodeAt(0) - 33));
