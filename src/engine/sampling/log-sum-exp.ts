import { expOfNegative } from './exp.ts';

/** Index of the highest score, the first of equals. */
export function argmax(row: Float32Array): number {
  let best = 0;
  let highest = row[0]!;
  for (let i = 1; i < row.length; i++) {
    if (row[i]! > highest) {
      highest = row[i]!;
      best = i;
    }
  }
  return best;
}

/** log Σ exp; NaN if any score is, -Infinity where all are. */
export function logSumExp(row: Float32Array): number {
  const highest = row[argmax(row)]!;
  // A comparison passes NaN by.
  if (!Number.isFinite(highest)) return row.some(Number.isNaN) ? Number.NaN : highest;
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += expOfNegative(row[i]! - highest);
  return highest + Math.log(sum);
}
