/** Milliseconds between one call and the next. @param now milliseconds, of any origin */
export function startLaps(now: () => number): () => number {
  let last = now();
  return () => {
    const before = last;
    last = now();
    return last - before;
  };
}
