import type { CausalModel, Logits } from '../../../src/models/causal-model.ts';

/** A row of logits, copied out of the model's memory. */
export interface Row {
  readonly logits: Float32Array;
  readonly logSumExp: number;
}

export interface GreedyStep {
  readonly id: number;
  readonly logprob: number;
  /** Likeliest first. */
  readonly top5: readonly (readonly [id: number, logprob: number])[];
  /** Between the two likeliest. */
  readonly margin: number;
}

export function copyRow(logits: Logits, index: number): Row {
  return { logits: logits.row(index).slice(), logSumExp: logits.logSumExp(index) };
}

/** Reads a prompt in chunks. @returns the row of its last token */
export async function prefill(
  model: CausalModel,
  slot: number,
  tokens: readonly number[],
  chunkSize = tokens.length,
): Promise<Row> {
  for (let start = 0; ; start += chunkSize) {
    const end = Math.min(start + chunkSize, tokens.length);
    const isLast = end === tokens.length;
    const chunk = { slot, start, tokens: tokens.slice(start, end), promptLength: tokens.length };
    const logits = await model.prefill({ ...chunk, logits: isLast ? 'last' : 'none' });
    if (isLast) return copyRow(logits, 0);
  }
}

/** Generates greedily for all prompts together, each in the slot of its index.
 * @returns by prompt, `numSteps` steps each, whatever ends a sequence */
export async function generateGreedily(
  model: CausalModel,
  prompts: readonly (readonly number[])[],
  numSteps: number,
  chunkSize?: number,
): Promise<GreedyStep[][]> {
  const sequences: GreedyStep[][] = [];
  for (const [slot, prompt] of prompts.entries())
    sequences.push([argmax(await prefill(model, slot, prompt, chunkSize))]);
  for (let step = 1; step < numSteps; step++) {
    const tokens = sequences.map((steps) => steps[step - 1]!.id);
    const positions = prompts.map((prompt) => prompt.length + step - 1);
    const logits = await model.decode(tokens, positions);
    for (const [slot, steps] of sequences.entries()) steps.push(argmax(copyRow(logits, slot)));
  }
  return sequences;
}

export function logprob({ logits, logSumExp }: Row, id: number): number {
  return logits[id]! - logSumExp;
}

function argmax(row: Row): GreedyStep {
  const ids = [...row.logits.keys()].sort((a, b) => row.logits[b]! - row.logits[a]!).slice(0, 5);
  const top5 = ids.map((id) => [id, logprob(row, id)] as const);
  const [first, second] = top5;
  return { id: first![0], logprob: first![1], top5, margin: first![1] - second![1] };
}

/** The largest difference between two arrays; NaN where either has one, or the lengths differ. */
export function maxDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  return Math.max(0, ...Array.from(actual, (value, index) => Math.abs(value - expected[index]!)));
}
