/** The double with the fewest digits that is the same float32, so that it prints as Rust or numpy print the float32.
 * Infinite and missing values become null, which JSON can carry. */
export function shortestFloat32(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const exact = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(exact.toPrecision(digits));
    if (Math.fround(short) === exact) return short;
  }
  return Number(exact.toPrecision(9));
}
