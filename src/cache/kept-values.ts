import { CacheableMemory } from '@cacheable/memory';
import { type RedisConnection, SHORT_DEADLINE_MS } from '../redis/redis-connection';
import { boundedMemory } from './bounded-memory';

/**
 * Small values that are of use for a while and no more: the context of a conversation, what a button does. The process
 * goes on without them: nothing here rejects, and a store that fails reads as a miss.
 */
export abstract class KeptValues {
  /** @returns what was set, which is not to be changed; nothing where it is not known (any more) */
  abstract get<T>(key: string): Promise<T | undefined>;

  /**
   * @param value any JSON value; it is not to be changed after that
   * @param ttlMs lifetime; nothing is kept where it is 0 or less
   */
  abstract set(key: string, value: unknown, ttlMs: number): Promise<void>;

  abstract delete(key: string): Promise<void>;
}

/** In memory; the least recently used goes first when it is full. */
export class EmbeddedKeptValues extends KeptValues {
  private readonly values: CacheableMemory;

  /** @param maxEntries values kept at most */
  constructor(maxEntries = 50_000) {
    super();
    this.values = new CacheableMemory({ ...boundedMemory(maxEntries), useClone: false });
  }

  get<T>(key: string): Promise<T | undefined> {
    return Promise.resolve(this.values.get<T>(key));
  }

  set(key: string, value: unknown, ttlMs: number): Promise<void> {
    if (ttlMs > 0) this.values.set(key, value, ttlMs);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.values.delete(key);
    return Promise.resolve();
  }
}

/** In Redis, for all replicas. While Redis is away a replica still knows what it set itself. */
export class RedisKeptValues extends KeptValues {
  private readonly own: EmbeddedKeptValues;

  constructor(
    private readonly redis: RedisConnection,
    maxEntries?: number,
  ) {
    super();
    this.own = new EmbeddedKeptValues(maxEntries);
  }

  async get<T>(key: string): Promise<T | undefined> {
    try {
      const text = await this.redis.run((redis) => redis.get(this.key(key)), { deadlineMs: SHORT_DEADLINE_MS });
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return this.own.get<T>(key);
    }
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    if (ttlMs <= 0) return;
    await this.own.set(key, value, ttlMs);
    const text = JSON.stringify(value);
    await this.redis
      .run((redis) => redis.set(this.key(key), text, 'PX', Math.ceil(ttlMs)), { deadlineMs: SHORT_DEADLINE_MS })
      .catch(() => undefined);
  }

  async delete(key: string): Promise<void> {
    await this.own.delete(key);
    await this.redis
      .run((redis) => redis.unlink(this.key(key)), { deadlineMs: SHORT_DEADLINE_MS })
      .catch(() => undefined);
  }

  private key(key: string): string {
    return this.redis.key(`kept:${key}`);
  }
}

/** @param redis where there is one */
export function keptValues(redis: RedisConnection | null): KeptValues {
  return redis ? new RedisKeptValues(redis) : new EmbeddedKeptValues();
}
