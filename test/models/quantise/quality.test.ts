import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from '@huggingface/jinja';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Tokenizer } from 'tokenizers';
import type { CausalModel } from '../../../src/models/causal-model.ts';
import { evaluate, type Passage } from '../../../src/models/evaluate.ts';
import { loadModel } from '../../../src/models/load-model.ts';
import type { Quantisation } from '../../../src/models/quantise/quantisation.ts';
import { openRuntime } from '../../../src/runtime/open-runtime.ts';
import { prefill } from '../support/generate.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const demoModel = path.join(root, 'demo-model');
const numTokens = 2000;
const maxAnswerTokens = 64;
const maxPositions = 1024;

const runtime = await openRuntime({ kind: 'c-api' });
const folder = mkdtempSync(path.join(tmpdir(), 'parlance-quality-'));
let reference: CausalModel;
let passages: Passage[];

const load = async (quantisation?: Quantisation) => {
  const options = { folder, runtime, numSlots: 1, maxPositions, numThreads: 1, ...(quantisation && { quantisation }) };
  return (await loadModel(options)).model;
};

/** Held-out questions, each with what the model answers to it. */
async function answeredQuestions(model: CausalModel): Promise<Passage[]> {
  const tokenizer = Tokenizer.fromString(readFileSync(path.join(demoModel, 'tokenizer.json'), 'utf8'));
  const config = JSON.parse(readFileSync(path.join(demoModel, 'tokenizer_config.json'), 'utf8'));
  const template = new Template(config.chat_template);
  const lines = readFileSync(path.join(root, 'scripts/demo-model/heldout.jsonl'), 'utf8').trim().split('\n');
  const answered: Passage[] = [];
  let numPredicted = 0;
  // Questions of a kind follow one another: strides of a number that divides nothing take some of each.
  for (let index = 0; numPredicted < numTokens; index += 37) {
    const { messages, tools } = JSON.parse(lines[index % lines.length]!);
    const text = template.render({ messages, tools, add_generation_prompt: true });
    const prompt = (await tokenizer.encode(text)).getIds();
    if (prompt.length + maxAnswerTokens > maxPositions) continue;
    const tokens = [...prompt, ...(await answer(model, prompt, config.eos_token, tokenizer))];
    answered.push({ tokens, firstPredicted: prompt.length });
    numPredicted += tokens.length - prompt.length;
  }
  return answered;
}

async function answer(model: CausalModel, prompt: readonly number[], end: string, tokenizer: Tokenizer) {
  const endId = tokenizer.tokenToId(end);
  const ids: number[] = [];
  let { logits } = await prefill(model, 0, prompt);
  while (ids.length < maxAnswerTokens && ids.at(-1) !== endId) {
    ids.push(logits.indexOf(Math.max(...logits)));
    logits = (await model.decode([ids.at(-1)!], [prompt.length + ids.length - 1])).row(0);
  }
  return ids;
}

beforeAll(async () => {
  cpSync(demoModel, folder, { recursive: true });
  reference = await load();
  passages = await answeredQuestions(reference);
});
afterAll(() => {
  reference.dispose();
  runtime.dispose();
  rmSync(folder, { recursive: true });
});

describe('the demo model over 2,000 held-out tokens of its answers', () => {
  it.each([
    ['int8', 0.005, 0.99],
    ['int4', 0.05, 0.95],
    ['w8a8', 0.02, 0.97],
  ] as const)('diverges little with %s from what it is in float32', async (quantisation, divergence, agreement) => {
    const model = await load(quantisation);
    const result = await evaluate(model, reference, passages);
    model.dispose();
    const { meanDivergence, topAgreement } = result;
    process.stdout.write(
      `${quantisation}: divergence ${meanDivergence.toFixed(5)}, same token ${(100 * topAgreement).toFixed(2)} % of ${result.numTokens}\n`,
    );
    expect(result.numTokens).toBeGreaterThanOrEqual(numTokens);
    expect(meanDivergence).toBeLessThanOrEqual(divergence);
    expect(topAgreement).toBeGreaterThanOrEqual(agreement);
  });

  it('does not diverge from itself', async () => {
    const result = await evaluate(reference, reference, passages.slice(0, 5));
    expect(result).toMatchObject({ meanDivergence: 0, topAgreement: 1 });
    expect(result.perplexity).toBeLessThan(2);
  });
});
