/**
 * Adds to a list that keeps its newest items only: `limit` of them, and a quarter more before it is cut, because
 * cutting with every item would cost a shift of the whole list each time.
 */
export function pushBounded<T>(list: T[], item: T, limit: number): void {
  list.push(item);
  if (list.length > limit * 1.25) {
    list.splice(0, list.length - limit);
  }
}
