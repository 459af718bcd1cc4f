import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Lease } from './lease';
import { LuaScript } from './lua-script';
import { type RedisConnection } from './redis-connection';

/** KEYS[1]: the lease. ARGV: token, lifetime in milliseconds. Takes or prolongs it; returns 1 where it is held now. */
const TAKE = new LuaScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

/** KEYS[1]: the lease. ARGV: token. */
const GIVE_BACK = new LuaScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

export interface LeaseTimes {
  /** A holder that has not been heard of for so long has lost it. */
  lifetimeMs: number;
  renewMs: number;
  /** A holder that could not renew gives up so long before the end: nobody else can hold it yet. */
  marginMs: number;
  /** Those who wait ask so often. */
  askMs: number;
}

const TIMES: LeaseTimes = { lifetimeMs: 10_000, renewMs: 3_000, marginMs: 2_000, askMs: 1_000 };

/**
 * A lease in Redis (SET with a token and a lifetime). It passes to another process at most `lifetimeMs + askMs` after the
 * death of its holder. A Redis that comes back empty does not disturb the holder: it takes the lease again.
 */
export class RedisLease extends Lease {
  private readonly logger = new Logger(RedisLease.name);
  private readonly key: string;
  private readonly token = randomUUID();
  private readonly times: LeaseTimes;
  private held: AbortController | undefined;
  private heldUntil = 0;
  private timers: NodeJS.Timeout[] = [];
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly redis: RedisConnection,
    private readonly name: string,
    times: Partial<LeaseTimes> = {},
  ) {
    super();
    this.key = redis.key(`lease:${name}`);
    this.times = { ...TIMES, ...times };
  }

  get isHeld(): boolean {
    return this.held !== undefined;
  }

  async acquire(signal?: AbortSignal): Promise<AbortSignal> {
    while (!this.held) {
      signal?.throwIfAborted();
      if ((await this.take()) === 'held') this.begin();
      else await pause(this.times.askMs, undefined, { ref: false, ...(signal && { signal }) });
    }
    return this.held.signal;
  }

  async release(): Promise<void> {
    this.end();
    // Also where it is not known to be held: the answer to a request may have been lost.
    await this.redis.run((redis) => GIVE_BACK.run(redis, [this.key], [this.token])).catch(() => undefined);
  }

  private begin(): void {
    this.held = new AbortController();
    this.logger.log({ msg: 'this replica holds the lease', lease: this.name });
    const renew = () => void this.renew();
    this.timers = [setInterval(renew, this.times.renewMs).unref()];
    // A Redis that was restarted may have forgotten it: the holder comes before those who wait.
    this.stopListening = this.redis.onUp(renew);
    this.watchEnd();
  }

  private async renew(): Promise<void> {
    const held = this.held;
    const outcome = await this.take();
    // Released or lost meanwhile.
    if (!held || this.held !== held) return;
    if (outcome === 'refused') this.lose('another replica has it');
    else if (outcome === 'held') this.watchEnd();
  }

  private async take(): Promise<'held' | 'refused' | 'unknown'> {
    // The lifetime begins after this moment, whenever the answer comes.
    const sentAt = performance.now();
    const { lifetimeMs, marginMs } = this.times;
    try {
      const taken = await this.redis.run((redis) => TAKE.run(redis, [this.key], [this.token, lifetimeMs]));
      if (taken !== 1) return 'refused';
      this.heldUntil = sentAt + lifetimeMs - marginMs;
      return 'held';
    } catch {
      return 'unknown';
    }
  }

  private watchEnd(): void {
    const [renewal, end] = this.timers;
    clearTimeout(end);
    const left = Math.max(0, this.heldUntil - performance.now());
    this.timers = [renewal!, setTimeout(() => this.lose('it could not be renewed'), left).unref()];
  }

  private lose(reason: string): void {
    this.logger.warn({ msg: 'this replica lost the lease', lease: this.name, reason });
    this.end();
  }

  private end(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
    this.stopListening();
    this.held?.abort();
    this.held = undefined;
  }
}
