/** A priority queue: the element with the smallest key first, both ways in O(log n). */
export class BinaryHeap<T> {
  private readonly nodes: T[] = [];

  constructor(private readonly keyOf: (element: T) => number) {}

  get size(): number {
    return this.nodes.length;
  }

  peek(): T | undefined {
    return this.nodes[0];
  }

  push(element: T): void {
    const { nodes } = this;
    let at = nodes.push(element) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.keyOf(nodes[parent]!) <= this.keyOf(element)) break;
      nodes[at] = nodes[parent]!;
      at = parent;
    }
    nodes[at] = element;
  }

  pop(): T | undefined {
    const { nodes } = this;
    const first = nodes[0];
    const last = nodes.pop();
    if (last === undefined || nodes.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= nodes.length) break;
      if (child + 1 < nodes.length && this.keyOf(nodes[child + 1]!) < this.keyOf(nodes[child]!)) child += 1;
      if (this.keyOf(nodes[child]!) >= this.keyOf(last)) break;
      nodes[at] = nodes[child]!;
      at = child;
    }
    nodes[at] = last;
    return first;
  }
}
