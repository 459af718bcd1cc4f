/** What one process knows of the lanes: which of its items may still lie in Redis. */
export class LaneBook {
  private readonly lanes = new Map<string, Map<string, number>>();

  /** @param until when the item is forgotten, by the clock of `performance.now()`; it may have ended elsewhere */
  note(lane: string, id: string, until = Infinity): void {
    const items = this.lanes.get(lane);
    if (items) items.set(id, until);
    else this.lanes.set(lane, new Map([[id, until]]));
  }

  forget(lane: string, id: string): void {
    const items = this.lanes.get(lane);
    if (items?.delete(id) && items.size === 0) this.lanes.delete(lane);
  }

  has(lane: string, now = performance.now()): boolean {
    for (const until of this.lanes.get(lane)?.values() ?? []) if (until > now) return true;
    return false;
  }

  /** Forgets what is over its time. */
  sweep(now = performance.now()): void {
    for (const [lane, items] of this.lanes) for (const [id, until] of items) if (until <= now) this.forget(lane, id);
  }
}
