import { type RopeShape, ropeFrequencies, writeRotation } from './layers/rope-frequencies.ts';

/** A token's place: its position, and the positions of its sequence as far as they are known. */
export interface TokenPlace {
  readonly position: number;
  readonly sequenceLength: number;
}

/** Cosines and sines of a run's tokens, [T, rotaryDim / 2] each, for embeddings that depend on the sequence's length. */
export function rotaryRows(shape: RopeShape, places: readonly TokenPlace[]): { cos: Float32Array; sin: Float32Array } {
  const numPairs = shape.rotaryDim / 2;
  const cos = new Float32Array(places.length * numPairs);
  const sin = new Float32Array(places.length * numPairs);
  let length = -1;
  let frequencies = ropeFrequencies(shape, 0);
  for (const [row, { position, sequenceLength }] of places.entries()) {
    if (sequenceLength !== length) frequencies = ropeFrequencies(shape, sequenceLength);
    length = sequenceLength;
    const range = [row * numPairs, (row + 1) * numPairs] as const;
    writeRotation(frequencies, position, { cos: cos.subarray(...range), sin: sin.subarray(...range) });
  }
  return { cos, sin };
}
