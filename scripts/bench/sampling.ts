import { Candidates } from '../../src/engine/sampling/candidates.ts';
import { GreenLists } from '../../src/engine/sampling/green-lists.ts';
import { logSumExp } from '../../src/engine/sampling/log-sum-exp.ts';
import { neutralSampling } from '../../src/engine/sampling/neutral-sampling.ts';
import { Random } from '../../src/engine/sampling/random.ts';
import { Sampler } from '../../src/engine/sampling/sampler.ts';
import type { SamplingParameters } from '../../src/engine/types.ts';

/** Times the sampler on one row of a large vocabulary: `node --import tsx scripts/bench/sampling.ts`.
 * Milliseconds a token, the least of several rounds. */

const VOCAB_SIZE = 128_256;
const NUM_ROUNDS = 20;
const CONTEXT_LENGTH = 2_000;

const neutral: SamplingParameters = { ...neutralSampling, doSample: true };

const trials: Record<string, { parameters: Partial<SamplingParameters>; numTopTokens?: number }> = {
  greedy: { parameters: { doSample: false } },
  'greedy, top 5 tokens': { parameters: { doSample: false }, numTopTokens: 5 },
  'greedy, repetition penalty': { parameters: { doSample: false, repetitionPenalty: 1.1 } },
  'no warper': { parameters: {} },
  'temperature 0.7': { parameters: { temperature: 0.7 } },
  'top k 50': { parameters: { topK: 50 } },
  'top p 0.9': { parameters: { topP: 0.9 } },
  'top k 50, top p 0.9, repetition penalty': { parameters: { topK: 50, topP: 0.9, repetitionPenalty: 1.1 } },
  'temperature 0.7, top p 0.9': { parameters: { temperature: 0.7, topP: 0.9 } },
  'typical p 0.95': { parameters: { typicalP: 0.95 } },
  'min p 0.05': { parameters: { minP: 0.05 } },
  watermark: { parameters: { watermark: true } },
};

const random = new Random(1n);
const normal = () => Math.sqrt(-2 * Math.log(1 - random.nextFloat())) * Math.cos(2 * Math.PI * random.nextFloat());
const row = Float32Array.from({ length: VOCAB_SIZE }, () => 3 * normal());
const promptIds = Array.from({ length: CONTEXT_LENGTH }, () => random.nextUint32() % VOCAB_SIZE);
const shared = {
  candidates: new Candidates(VOCAB_SIZE),
  greenLists: new GreenLists(VOCAB_SIZE, { gamma: 0.5, delta: 2 }),
};

for (const [name, { parameters, numTopTokens = 0 }] of Object.entries(trials)) {
  const sampling = { ...neutral, ...parameters };
  const sampler = new Sampler({ promptIds, sampling }, sampling.doSample ? 7n : undefined, shared);
  const rowLogSumExp = logSumExp(row);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < NUM_ROUNDS; round++) {
    const scores = row.slice();
    const start = performance.now();
    sampler.sample(scores, rowLogSumExp, numTopTokens);
    least = Math.min(least, performance.now() - start);
  }
  console.log(`${least.toFixed(2).padStart(6)} ms  ${name}`);
}
