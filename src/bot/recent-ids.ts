/** The ids that were added last, so many of them at most. */
export class RecentIds<T extends string | number> {
  private readonly ids = new Set<T>();

  constructor(private readonly most: number) {}

  add(id: T): void {
    this.ids.add(id);
    if (this.ids.size <= this.most) return;
    for (const oldest of this.ids) {
      this.ids.delete(oldest);
      return;
    }
  }

  has(id: T): boolean {
    return this.ids.has(id);
  }
}
