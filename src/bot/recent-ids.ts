/** The ids that were added last, so many of them at most. */
export class RecentIds<T extends string | number> {
  private readonly ids = new Set<T>();
  /** In the order in which they came, the next one to be forgotten at `at`: a Set is slow to name its oldest. */
  private readonly ring: T[] = [];
  private at = 0;

  constructor(private readonly most: number) {}

  add(id: T): void {
    if (this.ids.has(id)) return;
    const oldest = this.ring[this.at];
    if (oldest !== undefined) this.ids.delete(oldest);
    this.ids.add(id);
    this.ring[this.at] = id;
    this.at = (this.at + 1) % this.most;
  }

  has(id: T): boolean {
    return this.ids.has(id);
  }
}
