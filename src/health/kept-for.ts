/**
 * Keeps the outcome of a piece of work: it runs at most once at a time, and not again until `ms` after it ended.
 * Everybody who asks meanwhile gets the same outcome, a failure included.
 */
export function keptFor<T>(ms: number, work: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  let keptUntil = 0;
  return () => {
    if (outcome && performance.now() < keptUntil) {
      return outcome;
    }
    keptUntil = Infinity;
    outcome = work().finally(() => {
      keptUntil = performance.now() + ms;
    });
    return outcome;
  };
}
