import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { createTextGenerator } from '../../src/text/create-text-generator.ts';
import type { TextGenerator } from '../../src/text/types.ts';
import { collect, textRequest } from './generate.ts';
import { MODEL_FIXTURES } from './goldens.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const opened: TextGenerator[] = [];
afterEach(() => Promise.all(opened.splice(0).map((generator) => generator.close())));

async function stopIds(eosTokenIds: readonly number[]): Promise<readonly number[]> {
  const engine = new ScriptedEngine({ ids: [5] });
  const limits = { maxInputTokens: 100, maxTotalTokens: 200 };
  const folder = join(MODEL_FIXTURES, 'llama3-tied');
  const generator = await createTextGenerator({ folder, engine, eosTokenIds, limits, numTokenizerWorkers: 1 });
  opened.push(generator);
  await collect(generator.generate(textRequest('Hi', { maxNewTokens: 1 })));
  return engine.requests[0]!.stopIds;
}

it('ends answers with the tokenizer’s eos_token where the checkpoint names no eos ids', async () => {
  const EOT = 597;
  expect(await stopIds([])).toEqual([EOT]);
  expect(await stopIds([3, 4])).toEqual([3, 4]);
});
