import { type Priority } from '../durable-queue';
import { SUSPECT_AFTER } from '../suspects';
import { BinaryHeap } from './binary-heap';

/** An item that is neither done nor dead. */
export interface LiveItem {
  /** Grows with every item added; the row of the item. */
  readonly seq: number;
  readonly id: string;
  readonly lane: string;
  readonly priority: Priority;
  readonly addedAt: number;
  /** Tries that have ended and count. */
  tries: number;
  /** Tries since then that ended with the death of the process. */
  crashes: number;
  /** Not claimed before this time, in milliseconds since the epoch. */
  notBefore: number;
  /** Its row says that it is under way: that it is claimed, or came and will be claimed at once. */
  noted?: boolean;
  /** JSON; absent where it is on disk only. */
  body?: string;
  claimed?: boolean;
  /** Ended, though it may still stand somewhere in its lane. */
  gone?: boolean;
  /** Stands in one of the heaps. */
  ranked?: boolean;
  next?: LiveItem;
}

interface Lane {
  first: LiveItem;
  last: LiveItem;
  /** Items that have not ended. */
  length: number;
}

/**
 * Which item is worked on next: the first of each lane that has none claimed, answers before broadcasts, else the oldest
 * first. The backlog behind the first item of a lane is never looked at, so that a claim costs O(log lanes).
 *
 * Suspects come first and one at a time, so that the next death of the process tells which of them it was.
 */
export class LaneSchedule {
  private suspect: LiveItem | undefined;
  private readonly lanes = new Map<string, Lane>();
  private readonly ready: Record<Priority, BinaryHeap<LiveItem>> = {
    answer: new BinaryHeap((item) => item.seq),
    broadcast: new BinaryHeap((item) => item.seq),
  };
  private readonly suspects = new BinaryHeap<LiveItem>((item) => item.seq);
  private readonly delayed = new BinaryHeap<LiveItem>((item) => item.notBefore);

  /** Items come in the order of their `seq`. */
  add(item: LiveItem): void {
    const lane = this.lanes.get(item.lane);
    if (lane) {
      lane.last.next = item;
      lane.last = item;
      lane.length += 1;
    } else {
      this.lanes.set(item.lane, { first: item, last: item, length: 1 });
      this.rank(item);
    }
  }

  /** Marks up to `limit` items as claimed and returns them. */
  take(limit: number, now: number): LiveItem[] {
    this.promote(now);
    const taken: LiveItem[] = [];
    while (taken.length < limit) {
      const item = this.popSuspect() ?? this.pop(this.ready.answer) ?? this.pop(this.ready.broadcast);
      if (!item) break;
      item.claimed = true;
      taken.push(item);
    }
    return taken;
  }

  /** Ends a claim; the item stays the first of its lane. */
  giveBack(item: LiveItem): void {
    this.unclaim(item);
    this.rank(item);
  }

  /** The item has ended, whether it was claimed or still waiting. */
  remove(item: LiveItem): void {
    item.gone = true;
    this.unclaim(item);
    const lane = this.lanes.get(item.lane);
    if (!lane) return;
    lane.length -= 1;
    if (lane.first !== item) return;
    let first: LiveItem | undefined = item;
    while (first?.gone) first = first.next;
    if (first) {
      lane.first = first;
      this.rank(first);
    } else {
      this.lanes.delete(item.lane);
    }
  }

  /** Items of the lane that have not ended. */
  lengthOf(lane: string): number {
    return this.lanes.get(lane)?.length ?? 0;
  }

  /** Moves what is due by now to the ready ones. @returns whether anything is to be claimed */
  promote(now: number): boolean {
    for (let item = this.delayed.peek(); item && item.notBefore <= now; item = this.delayed.peek()) {
      this.delayed.pop();
      item.ranked = false;
      if (!item.gone) this.rank(item, now);
    }
    const suspects = this.suspect ? 0 : this.suspects.size;
    return this.ready.answer.size + this.ready.broadcast.size + suspects > 0;
  }

  /** When the next delayed item is due, in milliseconds since the epoch. */
  nextDue(): number | undefined {
    return this.delayed.peek()?.notBefore;
  }

  private rank(item: LiveItem, now = Date.now()): void {
    if (item.ranked) return;
    item.ranked = true;
    const ready = item.crashes >= SUSPECT_AFTER ? this.suspects : this.ready[item.priority];
    (item.notBefore > now ? this.delayed : ready).push(item);
  }

  private unclaim(item: LiveItem): void {
    item.claimed = false;
    if (this.suspect === item) this.suspect = undefined;
  }

  private popSuspect(): LiveItem | undefined {
    if (this.suspect) return undefined;
    this.suspect = this.pop(this.suspects);
    return this.suspect;
  }

  private pop(heap: BinaryHeap<LiveItem>): LiveItem | undefined {
    for (let item = heap.pop(); item; item = heap.pop()) {
      item.ranked = false;
      if (!item.gone) return item;
    }
    return undefined;
  }
}
