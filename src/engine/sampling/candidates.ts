import { expOfNegative } from './exp.ts';

/** The tokens that may still be drawn, in the order of their ids, with room for a whole vocabulary.
 * One list serves all sequences in turn, so a step allocates nothing of the vocabulary's size. */
export class Candidates {
  readonly ids: Uint32Array;
  readonly scores: Float32Array;
  /** exp(score − highest score), as of the last {@link weigh}. */
  readonly weights: Float32Array;
  readonly #everyId: Uint32Array;
  length = 0;

  constructor(vocabSize: number) {
    this.#everyId = Uint32Array.from({ length: vocabSize }, (_, id) => id);
    this.ids = new Uint32Array(vocabSize);
    this.scores = new Float32Array(vocabSize);
    this.weights = new Float32Array(vocabSize);
  }

  /** Takes a whole vocabulary's scores. @param row [vocabSize], copied */
  reset(row: Float32Array): void {
    this.ids.set(this.#everyId);
    this.scores.set(row);
    this.length = row.length;
  }

  /** -Infinity where every candidate is banned; NaN where some are, and the others' scores are not numbers. */
  highestScore(): number {
    const { scores, length } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) if (scores[i]! > highest) highest = scores[i]!;
    const isLowest = highest === Number.NEGATIVE_INFINITY;
    return isLowest && scores.subarray(0, length).some(Number.isNaN) ? Number.NaN : highest;
  }

  /** Fills `weights`. @returns their sum; NaN if any score is */
  weigh(highest: number): number {
    const { scores, weights, length } = this;
    let total = 0;
    for (let i = 0; i < length; i++) {
      const weight = expOfNegative(scores[i]! - highest);
      weights[i] = weight;
      total += weight;
    }
    return total;
  }

  /** Drops the candidates whose key is below the threshold, and the first `numTiesDropped` of those that equal it.
   * @param keys one a candidate */
  keepFrom(threshold: number, keys: Float32Array = this.scores, numTiesDropped = 0): void {
    const { ids, scores, length } = this;
    let kept = 0;
    let ties = 0;
    for (let i = 0; i < length; i++) {
      const key = keys[i]!;
      if (key < threshold || (key === threshold && ties++ < numTiesDropped)) continue;
      ids[kept] = ids[i]!;
      scores[kept] = scores[i]!;
      kept++;
    }
    this.length = kept;
  }
}
