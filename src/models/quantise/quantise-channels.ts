/** Rows of a weight as MatMulIntegerToFloat reads them. */
export interface PackedChannels {
  /** [inputs, rows] */
  readonly values: Int8Array;
  /** [rows] */
  readonly scales: Float32Array;
}

const lastLevel = 127;

/** Quantises each row by a scale as wide as its largest number, and transposes the rows.
 * @param weights [rows, inputs], finite */
export function quantiseChannels(weights: Float32Array, inputs: number): PackedChannels {
  const numRows = weights.length / inputs;
  const values = new Int8Array(weights.length);
  const scales = new Float32Array(numRows);
  for (let row = 0; row < numRows; row++) {
    const start = row * inputs;
    let largest = 0;
    for (let index = start; index < start + inputs; index++) largest = Math.max(largest, Math.abs(weights[index]!));
    scales[row] = largest / lastLevel;
    const perStep = largest === 0 ? 0 : lastLevel / largest;
    for (let input = 0; input < inputs; input++)
      values[input * numRows + row] = Math.round(weights[start + input]! * perStep);
  }
  return { values, scales };
}
