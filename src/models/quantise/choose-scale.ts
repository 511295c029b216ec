/** A block's numbers are (level − zeroPoint) · scale. */
export interface Scale {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Shares of a block's range that are tried: cutting its largest numbers off makes the steps between all others finer. */
const triedShares = [1, 0.95, 0.9, 0.85, 0.8, 0.74, 0.68];

/** A scale around the middle of the levels, as wide as the largest number.
 * @param values finite */
export function symmetricScale(values: Float32Array, numLevels: number): Scale {
  let largest = 0;
  for (let index = 0; index < values.length; index++) largest = Math.max(largest, Math.abs(values[index]!));
  return { scale: largest / (numLevels / 2 - 1), zeroPoint: numLevels / 2 };
}

/** The scale and zero point with the least squared error, of those that cover the range of the numbers or a share of it.
 * @param values finite */
export function affineScale(values: Float32Array, numLevels: number): Scale {
  let min = 0;
  let max = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    squares += value * value;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  let best = { scale: 0, zeroPoint: 0 };
  let leastError = squares;
  for (const share of triedShares) {
    const scale = ((max - min) * share) / (numLevels - 1);
    // A zero point between the ends; numbers beyond the levels are cut off on the side where they are largest.
    const zeroPoint = Math.max(0, Math.min(numLevels - 1, Math.round((-min * share) / scale)));
    const fit = fitScale(values, { scale, zeroPoint }, numLevels);
    if (squares - fit.explained < leastError) {
      leastError = squares - fit.explained;
      best = { scale: fit.scale, zeroPoint };
    }
  }
  return best;
}

/** Takes the levels that a scale gives the numbers, and finds the scale that fits these levels best, by least squares.
 * @returns with the squared sum that it accounts for */
function fitScale(
  values: Float32Array,
  { scale, zeroPoint }: Scale,
  numLevels: number,
): { scale: number; explained: number } {
  const [perStep, last, offset] = [1 / scale, numLevels - 1, zeroPoint + 0.5];
  let products = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const shifted = value * perStep + offset;
    const level = (shifted <= 0 ? 0 : shifted >= last ? last : shifted | 0) - zeroPoint;
    products += value * level;
    squares += level * level;
  }
  return products > 0
    ? { scale: products / squares, explained: (products * products) / squares }
    : { scale: 0, explained: 0 };
}
