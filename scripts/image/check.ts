const counts = { passed: 0, failed: 0 };

/** Runs a check and prints its line. What it throws is a failure, and is shown. */
export async function check(name: string, act: () => unknown): Promise<void> {
  const startedAt = performance.now();
  let failure: unknown;
  try {
    await act();
    counts.passed += 1;
  } catch (error) {
    counts.failed += 1;
    failure = error;
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${failure === undefined ? 'PASS' : 'FAIL'} ${name} (${seconds} s)`);
  if (failure !== undefined) console.log(failure instanceof Error ? (failure.stack ?? failure.message) : failure);
}

/** Prints the line that the counts are read from. @returns whether all went well, and there was something to go well */
export function report(): boolean {
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0;
}
