import type { HostTensor, Runtime } from '../runtime/runtime.ts';
import type { Logits } from './causal-model.ts';

/** Host memory that runs write their logits into. It grows to the most rows that were asked for. */
export class LogitsBuffer {
  readonly #runtime: Runtime;
  readonly #vocabSize: number;
  #logits = new Float32Array(0);
  #sums = new Float32Array(0);

  constructor(runtime: Runtime, vocabSize: number) {
    this.#runtime = runtime;
    this.#vocabSize = vocabSize;
  }

  /** The first rows, to be bound to a run. The caller disposes of them. */
  tensors(numRows: number): { logits: HostTensor<'float32'>; sums: HostTensor<'float32'> } {
    if (numRows > this.#sums.length) {
      this.#logits = new Float32Array(numRows * this.#vocabSize);
      this.#sums = new Float32Array(numRows);
    }
    const logits = this.#logits.subarray(0, numRows * this.#vocabSize);
    const sums = this.#sums.subarray(0, numRows);
    return {
      logits: this.#runtime.hostTensor('float32', [numRows, this.#vocabSize], logits),
      sums: this.#runtime.hostTensor('float32', [numRows], sums),
    };
  }

  /** The rows that the last run wrote. */
  rows(numRows: number): Logits {
    const [logits, sums, vocabSize] = [this.#logits, this.#sums, this.#vocabSize];
    return {
      numRows,
      row: (index) => logits.subarray(index * vocabSize, (index + 1) * vocabSize),
      logSumExp: (index) => sums[index]!,
    };
  }
}
