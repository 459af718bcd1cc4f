/* eslint-disable @typescript-eslint/require-await -- a port that promises, over memory and a store that answer at once */
import {
  type ClaimedItem,
  type DeadItem,
  DurableQueue,
  type NewItem,
  type QueueBody,
  type QueueCounts,
  QueueUnavailableError,
  type WriteFailure,
} from '../durable-queue';
import { KnownIds } from './known-ids';
import { LaneSchedule, type LiveItem } from './lane-schedule';
import { type Change, type QueueFile } from './queue-file';
import { QueueTables } from './queue-tables';

const SWEEP_INTERVAL_MS = 10_000;
/** Rows that one sweep removes at most, so that nobody waits for it; the next one follows soon where that was not enough. */
const SWEEP_ROWS = 2000;
const NEXT_SWEEP_MS = 50;
const DEAD_LIFETIME_MS = 7 * 24 * 3_600_000;
const MOST_DEAD = 10_000;
/** Characters of bodies that are kept in memory; those beyond are read from the file when they are claimed. */
const MOST_BODY_CHARS = 8 * 1024 * 1024;
/** Items beyond so many under way may have to wait before they are claimed: that they are is noted only then. */
const NOTED_ON_ARRIVAL = 200;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The queue of one process. Everything that decides what is worked on next is held in memory; the file is its log,
 * read when it is opened.
 *
 * `add` resolves when its items would survive a power failure; they may be worked on already before that. `done`,
 * `again` and `dead` resolve when they would survive the death of the process; a power failure may undo the last of them,
 * and what they ended is then worked on again. What a process had claimed when it died is there to be claimed when the
 * file is opened again; that counts as a try, so that an item that kills its process goes aside in the end.
 */
export class SqliteQueue<T extends QueueBody> extends DurableQueue<T> {
  private readonly items = new Map<string, LiveItem>();
  private readonly known = new KnownIds();
  /** Ids in the transaction that is being written. */
  private readonly arriving = new Set<string>();
  private readonly listeners: (() => void)[] = [];
  private schedule = new LaneSchedule();
  private tables: QueueTables | undefined;
  private nextSeq = 1;
  private bodyChars = 0;
  private claimedCount = 0;
  private deadCount = 0;
  private dueTimer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private sweepTimer: NodeJS.Timeout | undefined;
  private isSweeping = false;
  private notifying = false;

  /**
   * @param file shared by the queues of the process
   * @param name of the queue's tables: small Latin letters
   */
  constructor(
    private readonly file: QueueFile,
    private readonly name: string,
  ) {
    super();
    if (!/^[a-z]+$/.test(name)) throw new TypeError(`A queue is named by small Latin letters, not "${name}"`);
  }

  async open(): Promise<void> {
    if (this.tables) return;
    this.file.open((database) => {
      const reopened = this.tables !== undefined;
      const tables = new QueueTables(database, this.name);
      if (reopened) tables.removeFrom(this.nextSeq);
      else this.load(tables);
      this.tables = tables;
    });
    this.sweepTimer = setInterval(() => void this.sweep(), SWEEP_INTERVAL_MS).unref();
    void this.sweep();
    this.notify();
  }

  async close(): Promise<void> {
    if (!this.tables) return;
    clearInterval(this.sweepTimer);
    clearTimeout(this.dueTimer);
    this.dueAt = Infinity;
    const noted = [...this.items.values()].filter((item) => item.noted);
    const givenBack = this.file.commit(
      noted.map((item) => ({ write: () => this.opened().update(item.seq, item), committed: () => undefined })),
      'now',
    );
    this.file.close();
    this.tables = undefined;
    // Where that cannot be written any more, a try more is counted, as after the death of the process.
    await givenBack.catch(() => undefined);
  }

  async add(items: readonly NewItem<T>[]): Promise<number> {
    const adding = this.adding(items);
    await this.file.commit([adding], 'durable');
    return adding.added();
  }

  async claim(limit: number): Promise<ClaimedItem<T>[]> {
    const tables = this.opened();
    const taken = this.schedule.take(limit, Date.now());
    this.armDueTimer();
    if (taken.length === 0) return [];
    this.claimedCount += taken.length;
    try {
      const claimed = taken.map((item) => this.claimOf(item, tables));
      const unnoted = taken.filter((item) => !item.noted);
      if (unnoted.length > 0) await this.file.commit([this.claiming(unnoted)], 'now');
      return claimed;
    } catch (error) {
      const held = taken.filter((item) => !item.gone);
      this.claimedCount -= held.length;
      held.forEach((item) => this.schedule.giveBack(item));
      throw error;
    }
  }

  async done(id: string): Promise<void> {
    const item = this.items.get(id);
    if (item) await this.file.commit([this.finishing(item)], 'soon');
  }

  async again(id: string, at: number, reason: string, counts = true): Promise<void> {
    void reason;
    const item = this.items.get(id);
    if (!item?.claimed) return;
    const { tries, crashes } = item;
    const next = {
      ...(counts ? { tries: tries + crashes + 1, crashes: 0 } : { tries, crashes }),
      notBefore: Math.ceil(at),
    };
    const postponing: Change = {
      write: () => this.opened().update(item.seq, next),
      committed: () => {
        if (!item.claimed) return;
        Object.assign(item, { ...next, noted: false });
        this.claimedCount -= 1;
        this.schedule.giveBack(item);
        this.notify();
      },
    };
    await this.file.commit([postponing], 'now');
  }

  async dead(id: string, reason: string): Promise<void> {
    const item = this.items.get(id);
    if (!item) return;
    const at = Date.now();
    const tries = item.tries + item.crashes + (item.claimed ? 1 : 0);
    const settingAside: Change = {
      write: () => this.opened().setAside(item, tries, reason, at),
      committed: () => {
        if (this.ended(item, at)) this.deadCount += 1;
      },
    };
    await this.file.commit([settingAside], 'now');
  }

  async remove(id: string): Promise<boolean> {
    const item = this.items.get(id);
    if (!item) return false;
    const at = Date.now();
    let removed = false;
    const removing: Change = {
      write: () => {
        removed = !item.claimed && !item.gone;
        if (removed) this.opened().finish(item, at);
      },
      committed: () => {
        if (removed) this.ended(item, at);
      },
    };
    await this.file.commit([removing], 'now');
    return removed;
  }

  async laneLength(lane: string): Promise<number> {
    this.opened();
    return this.schedule.lengthOf(lane);
  }

  async counts(): Promise<QueueCounts> {
    this.opened();
    return { waiting: this.items.size - this.claimedCount, claimed: this.claimedCount, dead: this.deadCount };
  }

  writeFailure(): WriteFailure | undefined {
    return this.file.writeFailure;
  }

  hasUnderWay(lane: string): boolean {
    return this.schedule.lengthOf(lane) > 0;
  }

  async listDead(limit: number): Promise<DeadItem[]> {
    return this.file.read(() => this.opened().listDead(limit));
  }

  onReady(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The part of a transaction that adds the items, for a commit together with that of another queue. */
  adding(items: readonly NewItem<T>[]): Change & { added: () => number } {
    const bodies = items.map(({ body }) => JSON.stringify(body));
    let added: LiveItem[] = [];
    return {
      added: () => added.length,
      write: () => {
        added = [];
        const addedAt = Date.now();
        const lanes = new Set<string>();
        items.forEach(({ id, lane, priority = 'answer' }, index) => {
          if (this.items.has(id) || this.known.has(id) || this.arriving.has(id)) return;
          // Nothing stands before it: it will be claimed at once, and is noted as under way together with its arrival.
          const isNext = !lanes.has(lane) && this.schedule.lengthOf(lane) === 0;
          const noted = isNext && this.claimedCount + added.length < NOTED_ON_ARRIVAL;
          lanes.add(lane);
          const live = { seq: this.nextSeq, id, lane, priority, addedAt, tries: 0, crashes: 0, notBefore: 0 };
          const item: LiveItem = { ...live, noted };
          this.opened().insert(item, bodies[index]!);
          this.arriving.add(id);
          this.nextSeq += 1;
          item.body = bodies[index];
          added.push(item);
        });
      },
      committed: () => {
        for (const item of added) {
          this.arriving.delete(item.id);
          this.hold(item, item.body!.length);
        }
        if (added.length > 0) this.notify();
      },
      failed: () => {
        added.forEach(({ id }) => this.arriving.delete(id));
        this.nextSeq = Math.min(this.nextSeq, added[0]?.seq ?? Infinity);
        added = [];
      },
    };
  }

  /** The part of a transaction that ends the item with this id; nothing where it has ended. */
  ending(id: string): Change[] {
    const item = this.items.get(id);
    return item ? [this.finishing(item)] : [];
  }

  /** Notes that the items are under way, in case the process dies of one of them; their end takes the note away. */
  private claiming(items: readonly LiveItem[]): Change {
    return {
      write: () => {
        const tables = this.opened();
        for (const item of items) tables.update(item.seq, { ...item, crashes: item.crashes + 1 });
      },
      committed: () => items.forEach((item) => (item.noted = true)),
    };
  }

  private finishing(item: LiveItem): Change {
    const at = Date.now();
    return { write: () => this.opened().finish(item, at), committed: () => void this.ended(item, at) };
  }

  /** @returns false where it had ended before */
  private ended(item: LiveItem, at: number): boolean {
    if (item.gone) return false;
    if (item.claimed) this.claimedCount -= 1;
    this.bodyChars -= item.body?.length ?? 0;
    this.items.delete(item.id);
    this.known.add(item.id, at);
    this.schedule.remove(item);
    this.notify();
    return true;
  }

  /** Takes an item over into memory, its body only where there is room for it. */
  private hold(item: LiveItem, length: number): void {
    if (this.bodyChars + length > MOST_BODY_CHARS) item.body = undefined;
    else if (item.body !== undefined) this.bodyChars += length;
    this.items.set(item.id, item);
    this.schedule.add(item);
  }

  private claimOf(item: LiveItem, tables: QueueTables): ClaimedItem<T> {
    const body = item.body ?? this.file.read(() => tables.body(item.seq));
    if (body === undefined) throw new QueueUnavailableError(`The item ${item.id} is missing in ${this.file.path}`);
    const { id, lane, priority, tries, crashes, addedAt } = item;
    return { id, lane, priority, tries: tries + crashes + 1, addedAt, body: JSON.parse(body) as T };
  }

  private load(tables: QueueTables): void {
    this.items.clear();
    this.schedule = new LaneSchedule();
    this.bodyChars = 0;
    this.claimedCount = 0;
    this.nextSeq = 1;
    this.known.load(tables.known());
    const strays: LiveItem[] = [];
    for (const { length, ...item } of tables.items()) {
      this.nextSeq = item.seq + 1;
      // A commit that seemed to fail may have been written all the same, and its items added again since.
      if (this.items.has(item.id) || this.known.has(item.id)) strays.push(item);
      else this.hold(item, length);
    }
    strays.forEach((item) => tables.finish(item, Date.now()));
    this.deadCount = tables.countDead();
  }

  private opened(): QueueTables {
    if (!this.tables) throw new QueueUnavailableError(`The queue ${this.name} in ${this.file.path} is not open`);
    return this.tables;
  }

  /** Tells the listeners in the same turn of the event loop, once for all that happened until then. */
  private notify(): void {
    if (this.notifying) return;
    this.notifying = true;
    queueMicrotask(() => {
      this.notifying = false;
      if (!this.tables) return;
      const ready = this.schedule.promote(Date.now());
      this.armDueTimer();
      if (ready) this.listeners.forEach((listener) => listener());
    });
  }

  private armDueTimer(): void {
    const due = this.schedule.nextDue() ?? Infinity;
    if (due === this.dueAt) return;
    clearTimeout(this.dueTimer);
    this.dueAt = due;
    if (due === Infinity) return;
    const waitMs = Math.min(Math.max(due - Date.now(), 0), LONGEST_TIMER_MS);
    this.dueTimer = setTimeout(() => {
      this.dueAt = Infinity;
      this.notify();
    }, waitMs).unref();
  }

  /** Removes what has been kept long enough, a little at a time. */
  private async sweep(): Promise<void> {
    const now = Date.now();
    if (!this.tables || this.isSweeping) return;
    this.isSweeping = true;
    const forgotten = this.known.expired(now, SWEEP_ROWS);
    let buried = 0;
    try {
      await this.file.commit(
        [
          {
            write: () => {
              if (forgotten > 0) this.opened().forget(forgotten);
              if (this.deadCount > 0) buried = this.opened().buryDead(now - DEAD_LIFETIME_MS, MOST_DEAD);
            },
            committed: () => {
              this.known.forget(forgotten);
              this.deadCount -= buried;
            },
          },
        ],
        'now',
      );
      this.file.compact();
      if (forgotten === SWEEP_ROWS) setTimeout(() => void this.sweep(), NEXT_SWEEP_MS).unref();
    } catch {
      // Whoever stores something is told of it; the next sweep tries again.
    } finally {
      this.isSweeping = false;
    }
  }
}
