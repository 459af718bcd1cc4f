/** Ids of what has ended are known for so long. */
const LIFETIME_MS = 24 * 3_600_000;
/** Of so many at most; the oldest are forgotten first. */
const MOST_KNOWN = 100_000;

/** The ids of what has ended lately, the oldest first. */
export class KnownIds {
  private readonly endedAt = new Map<string, number>();

  has(id: string): boolean {
    return this.endedAt.has(id);
  }

  add(id: string, at: number): void {
    this.endedAt.set(id, at);
  }

  load(known: readonly { id: string; at: number }[]): void {
    this.endedAt.clear();
    known.forEach(({ id, at }) => this.add(id, at));
  }

  /** @returns how many of the oldest can be forgotten, `limit` at most */
  expired(now: number, limit: number): number {
    const surplus = this.endedAt.size - MOST_KNOWN;
    let count = 0;
    for (const at of this.endedAt.values()) {
      if (count >= limit || (count >= surplus && at > now - LIFETIME_MS)) break;
      count += 1;
    }
    return count;
  }

  forget(count: number): void {
    let left = count;
    for (const id of this.endedAt.keys()) {
      if (left-- <= 0) break;
      this.endedAt.delete(id);
    }
  }
}
