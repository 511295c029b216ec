/** What {@link raceWithSilence} gives when nothing came in time. */
export const silence = Symbol('silence');

/** Waits for `pending`, but no longer than `patienceMs`. The timer keeps no process alive. */
export async function raceWithSilence<Result>(
  pending: Promise<Result>,
  patienceMs: number,
): Promise<Result | typeof silence> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof silence>((resolve) => {
    timer = setTimeout(resolve, patienceMs, silence).unref();
  });
  try {
    return await Promise.race([pending, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
