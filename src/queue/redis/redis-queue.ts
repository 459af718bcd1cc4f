import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { type LuaScript } from '../../redis/lua-script';
import { type RedisConnection } from '../../redis/redis-connection';
import { RedisUnavailableError } from '../../redis/redis-unavailable.error';
import {
  type ClaimedItem,
  type DeadItem,
  DurableQueue,
  type NewItem,
  type Priority,
  type QueueBody,
  type QueueCounts,
  QueueUnavailableError,
  type WriteFailure,
} from '../durable-queue';
import { LaneBook } from './lane-book';
import {
  ADD,
  AGAIN,
  CLAIM,
  COUNTS,
  DEAD,
  DONE,
  HAND_OVER,
  LANE_LENGTH,
  LIST_DEAD,
  REMOVE,
  RENEW,
} from './queue-scripts';

const DAY_MS = 24 * 60 * 60 * 1000;
const KNOWN_MS = DAY_MS;
const DEAD_MS = 7 * DAY_MS;
const MAX_DEAD = 1000;
const CLAIM_FIELDS = 6;
const DEAD_FIELDS = 5;
/** What was stored so long ago and has not been claimed here was claimed by another replica, or waits for long. */
const STORED_LATELY_MS = 5000;
/** The claim of an item that nobody has claimed. */
const NOBODY = '';
/** Ends that Redis has not been told of are remembered up to so many. */
const MOST_HELD = 10_000;
/** The longest wait that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface RedisQueueTimes {
  /** A claim whose process has not been heard of for so long is another's. */
  leaseMs: number;
  renewMs: number;
  /** Looks for itself so often, in case a wake-up got lost; bounds the take-over together with the lease. */
  pollMs: number;
  /** Redis that no replica reached for so long was away itself: holders get as long again to come back. */
  graceMs: number;
}

const TIMES: RedisQueueTimes = { leaseMs: 10_000, renewMs: 3_000, pollMs: 1_000, graceMs: 5_000 };

/** How a claim ends: the script and what follows origin, id and claim in its arguments. */
interface Outcome {
  script: LuaScript;
  args: () => (string | number)[];
  /** Told again by the queue itself where Redis was away, not only by the caller. */
  isOwn: boolean;
}

interface Held {
  lane: string;
  claim: string;
  /** How it ended here, until Redis has been told. */
  outcome?: Outcome;
  /** Handed over: Redis has been told already. */
  isOver?: boolean;
}

/**
 * The queue in Redis, shared by any number of replicas: one holder a lane at a time, over all of them.
 *
 * Lua scripts of our own rather than BullMQ: its open-source edition knows no order within a group, so lanes would need
 * the same scripts next to it, and a second truth about what is claimed.
 *
 * A claim is a lease that is renewed while the process lives; every claim counts as a try, so that an item that kills its
 * process goes aside in the end. What ended here while Redis was away is never handed out here again, and `done` and
 * `dead` are told when it is back. What is stored only in a Redis that comes back empty is gone; the queue goes on with
 * what comes next.
 */
export class RedisQueue<T extends QueueBody> extends DurableQueue<T> {
  private readonly logger = new Logger(RedisQueue.name);
  /** Before all keys of the queue. */
  private readonly prefix: string;
  private readonly origin = randomUUID();
  private readonly times: RedisQueueTimes;
  private readonly held = new Map<string, Held>();
  private readonly listeners: (() => void)[] = [];
  private readonly subscriptions: (() => void)[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private dueTimer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private claims = 0;
  private isRenewing = false;
  private isAnnounced = false;
  private isOpen = false;
  private readonly lanes = new LaneBook();
  private failure: WriteFailure | undefined;

  /** @param name sets it apart from the other queues */
  constructor(
    private readonly redis: RedisConnection,
    private readonly name: string,
    times: Partial<RedisQueueTimes> = {},
  ) {
    super();
    this.prefix = redis.key(`{queues}:${name}`);
    this.times = { ...TIMES, ...times };
  }

  async add(items: readonly NewItem<T>[]): Promise<number> {
    if (items.length === 0) return 0;
    const added = await this.write<number>(ADD, [this.origin, ...toArguments(items)]);
    this.noteStored(items);
    if (added > 0) this.announce();
    return added;
  }

  async claim(limit: number): Promise<ClaimedItem<T>[]> {
    if (limit <= 0) return [];
    const { leaseMs, graceMs } = this.times;
    const claim = `${this.origin}:${(this.claims += 1)}`;
    const answer = await this.write<ClaimAnswer>(CLAIM, [claim, limit, leaseMs, graceMs, graceMs], {
      late: (items) => this.giveBack(this.take(items, claim)),
    });
    return this.take(answer, claim);
  }

  done(id: string): Promise<void> {
    return this.end(id, { script: DONE, args: () => [KNOWN_MS], isOwn: true });
  }

  again(id: string, at: number, reason: string, counts = true): Promise<void> {
    const delay = () => Math.max(0, Math.ceil(at - Date.now()));
    this.announceIn(delay());
    // Not told again by the queue: when its caller does so, the item may have been claimed for its next try.
    return this.end(id, { script: AGAIN, args: () => [delay(), counts ? 1 : 0, reason], isOwn: false });
  }

  dead(id: string, reason: string): Promise<void> {
    return this.end(id, { script: DEAD, args: () => [KNOWN_MS, reason, DEAD_MS, MAX_DEAD], isOwn: true });
  }

  async remove(id: string): Promise<boolean> {
    return (await this.run<number>(REMOVE, [this.origin, id, KNOWN_MS])) > 0;
  }

  laneLength(lane: string): Promise<number> {
    return this.run<number>(LANE_LENGTH, [lane]);
  }

  /** `done` here and `add` there, both or none. */
  async handOver<U extends QueueBody>(id: string, outbox: RedisQueue<U>, items: readonly NewItem<U>[]): Promise<void> {
    const held = this.held.get(id);
    const args = [this.origin, id, held?.claim ?? '', KNOWN_MS, ...toArguments(items)];
    await this.write(HAND_OVER, args, { prefixes: [outbox.prefix, this.prefix] });
    if (held) {
      held.isOver = true;
      this.lanes.forget(held.lane, id);
    }
    outbox.noteStored(items);
    this.announce();
    outbox.announce();
  }

  async counts(): Promise<QueueCounts> {
    const [live, claimed, dead] = await this.run<[number, number, number]>(COUNTS, [DEAD_MS, MAX_DEAD]);
    return { waiting: live - claimed, claimed, dead };
  }

  writeFailure(): WriteFailure | undefined {
    return this.failure;
  }

  hasUnderWay(lane: string): boolean {
    return this.lanes.has(lane);
  }

  async listDead(limit: number): Promise<DeadItem[]> {
    if (limit <= 0) return [];
    const answer = await this.run<string[]>(LIST_DEAD, [limit, DEAD_MS, MAX_DEAD]);
    return rows(answer, DEAD_FIELDS).map(([id, lane, tries, reason, at]) => ({
      id: id!,
      lane: lane!,
      tries: Number(tries),
      reason: reason!,
      at: Number(at),
    }));
  }

  onReady(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Does not wait for Redis: while it is away the methods reject, and the queue goes on when it is back. */
  // eslint-disable-next-line @typescript-eslint/require-await -- the port's promise
  async open(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    const { renewMs, pollMs } = this.times;
    const announce = () => this.announce();
    this.subscriptions.push(
      this.redis.subscribe(`${this.prefix}:wake`, (origin) => origin !== this.origin && this.announce()),
      this.redis.onResubscribed(announce),
      this.redis.onUp(() => void this.renew().then(announce)),
    );
    this.timers.push(
      setInterval(() => void this.renew(), renewMs),
      setInterval(announce, pollMs),
    );
    for (const timer of this.timers) timer.unref();
    this.announce();
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.timers.forEach(clearInterval);
    clearTimeout(this.dueTimer);
    this.subscriptions.forEach((end) => end());
    this.listeners.length = 0;
    const ends = Array.from(this.held, ([id, { outcome }]) =>
      outcome ? this.end(id, outcome) : this.again(id, 0, 'the process stops', false),
    );
    await Promise.allSettled(ends);
    this.held.clear();
    this.isOpen = false;
  }

  private noteStored(items: readonly NewItem<QueueBody>[]): void {
    const until = performance.now() + STORED_LATELY_MS;
    for (const { id, lane } of items) this.lanes.note(lane, id, until);
  }

  /** Puts what was claimed on the books of this process. */
  private take([due, ...fields]: ClaimAnswer, claim: string): ClaimedItem<T>[] {
    if (due >= 0) this.announceIn(due);
    const items: ClaimedItem<T>[] = [];
    for (const [id, lane, priority, body, tries, addedAt] of rows(fields, CLAIM_FIELDS)) {
      const { outcome } = this.held.get(id!) ?? {};
      this.held.set(id!, { lane: lane!, claim, ...(outcome && { outcome }) });
      // It ended here while Redis was away, and the lease ran out before that could be told.
      if (outcome) continue;
      this.lanes.note(lane!, id!);
      items.push({
        id: id!,
        lane: lane!,
        priority: priority as Priority,
        body: JSON.parse(body!) as T,
        tries: Number(tries),
        addedAt: Number(addedAt),
      });
    }
    return items;
  }

  /** Nobody works on what was claimed for a caller that has gone. */
  private giveBack(items: readonly ClaimedItem<T>[]): void {
    const outcome = { script: AGAIN, args: () => [0, 0, 'the answer to the claim came late'], isOwn: true };
    for (const { id } of items) this.end(id, outcome).catch(() => undefined);
  }

  private async end(id: string, outcome: Outcome): Promise<void> {
    const held = this.held.get(id);
    if (held?.isOver) {
      this.held.delete(id);
      return;
    }
    if (held) {
      held.outcome = outcome;
      if (outcome.script === AGAIN) this.lanes.note(held.lane, id, performance.now() + STORED_LATELY_MS);
      else this.lanes.forget(held.lane, id);
    }
    const args = [this.origin, id, held?.claim ?? NOBODY, ...outcome.args()];
    try {
      const goesOn = await this.run<number>(outcome.script, args, { whileDown: !held });
      if (held && this.held.get(id) === held) this.held.delete(id);
      if (goesOn > 0) this.announce();
    } catch (error) {
      if (!held) this.remember(id, outcome);
      throw error;
    }
  }

  /**
   * What ended past the queue may come to lie in it after all: a Redis that was frozen does what it was asked to before.
   * It is told again when Redis is back, before another replica works on it.
   */
  private remember(id: string, outcome: Outcome): void {
    if (this.held.has(id) || this.held.size >= MOST_HELD) return;
    this.held.set(id, { lane: '', claim: NOBODY, outcome });
  }

  /** Tells what could not be told before, then renews the leases. */
  private async renew(): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    this.lanes.sweep();
    try {
      await this.tellOutcomes();
      await this.renewLeases();
    } catch {
      // The connection tells of it; the next turn tries again.
    } finally {
      this.isRenewing = false;
    }
  }

  private async tellOutcomes(): Promise<void> {
    for (const [id, { outcome }] of this.held) {
      if (outcome?.isOwn) await this.end(id, outcome);
    }
  }

  private async renewLeases(): Promise<void> {
    const held = [...this.held].filter(
      ([, { outcome, isOver, claim }]) => claim !== NOBODY && outcome?.isOwn !== false && !isOver,
    );
    if (held.length === 0) return;
    const { leaseMs, graceMs } = this.times;
    const lanes = held.flatMap(([, { lane, claim }]) => [lane, claim]);
    const lost = new Set(await this.run<string[]>(RENEW, [leaseMs, graceMs, graceMs, ...lanes]));
    if (lost.size === 0) return;
    let count = 0;
    for (const [id, entry] of held) {
      // What ended meanwhile is not lost.
      if (!lost.has(entry.lane) || this.held.get(id) !== entry || entry.outcome || entry.isOver) continue;
      this.held.delete(id);
      this.lanes.forget(entry.lane, id);
      count += 1;
    }
    if (count > 0) this.logger.warn({ msg: 'lost claims to another replica', queue: this.name, items: count });
  }

  /** Once a turn of the event loop, however much there is to tell. */
  private announce(): void {
    if (this.isAnnounced) return;
    this.isAnnounced = true;
    setImmediate(() => {
      this.isAnnounced = false;
      for (const listener of this.listeners) listener();
    });
  }

  private announceIn(ms: number): void {
    const at = performance.now() + ms;
    if (at >= this.dueAt) return;
    clearTimeout(this.dueTimer);
    this.dueAt = at;
    this.dueTimer = setTimeout(
      () => {
        this.dueAt = Infinity;
        this.announce();
      },
      Math.min(ms + 1, MAX_TIMER_MS),
    );
    this.dueTimer.unref();
  }

  /** For scripts that Redis refuses where it takes nothing more (OOM, a replica that only reads): they begin with a write. */
  private async write<R>(...call: Parameters<typeof this.run<R>>): Promise<R> {
    try {
      const answer = await this.run<R>(...call);
      this.failure = undefined;
      return answer;
    } catch (error) {
      this.failure = { reason: messageOf(error), since: this.failure?.since ?? Date.now() };
      throw error;
    }
  }

  private async run<R>(
    script: LuaScript,
    args: (string | number)[],
    { late, whileDown = false, prefixes = [this.prefix] }: RunOptions<R> = {},
  ): Promise<R> {
    if (!this.isOpen) throw new QueueUnavailableError(`The queue ${this.name} is not open`);
    try {
      return await this.redis.run((redis) => script.run(redis, prefixes, args) as Promise<R>, {
        whileDown,
        ...(late && { late }),
      });
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      throw new QueueUnavailableError(`The queue ${this.name} cannot be reached: ${error.message}`, { cause: error });
    }
  }
}

interface RunOptions<R> {
  /** Gets an answer that came when the caller had gone. */
  late?: (value: R) => void;
  whileDown?: boolean;
  prefixes?: string[];
}

/** Time until the next delayed item, then the fields of the items. */
type ClaimAnswer = [number, ...string[]];

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function toArguments(items: readonly NewItem<QueueBody>[]): string[] {
  return items.flatMap(({ id, lane, priority = 'answer', body }) => [id, lane, priority, JSON.stringify(body)]);
}

function rows(fields: readonly string[], width: number): string[][] {
  return Array.from({ length: fields.length / width }, (_, row) => fields.slice(row * width, (row + 1) * width));
}
