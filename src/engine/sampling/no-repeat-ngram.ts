/** Bans the tokens that would complete an n-gram which the context already has. In place. */
export function banRepeatedNgrams(row: Float32Array, context: readonly number[], size: number): void {
  const prefixStart = context.length - size + 1;
  for (let start = 0; start < prefixStart; start++) {
    let matched = 0;
    while (matched < size - 1 && context[start + matched] === context[prefixStart + matched]) matched++;
    if (matched === size - 1) row[context[start + matched]!] = Number.NEGATIVE_INFINITY;
  }
}
