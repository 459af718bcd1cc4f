import { type Redis } from 'ioredis';
import { type KeyvStoreAdapter, type StoredData } from 'keyv';
import { type RedisConnection, SHORT_DEADLINE_MS } from '../redis/redis-connection';

/** An entry that is written without a lifetime of its own. */
const DEFAULT_TTL_MS = 24 * 60 * 60 * 1000;
/** Keys that one step of `clear` looks at. */
const SCAN_COUNT = 1000;

/**
 * The storage of Keyv on the shared connection. Of our own, since @keyv/redis brings a second client, whose commands
 * have no deadline when the server is frozen.
 */
export class RedisKeyvStore implements KeyvStoreAdapter {
  readonly opts = {};
  readonly namespace = undefined;

  constructor(private readonly redis: RedisConnection) {}

  /** @returns what `set` was given, which Keyv deserializes */
  async get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    const serialized = await this.run((redis) => redis.get(this.key(key)));
    return (serialized ?? undefined) as StoredData<Value>;
  }

  async set(key: string, value: string, ttl = DEFAULT_TTL_MS): Promise<void> {
    await this.run((redis) => redis.set(this.key(key), value, 'PX', Math.max(1, Math.ceil(ttl))));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.run((redis) => redis.unlink(this.key(key)))) > 0;
  }

  async clear(): Promise<void> {
    let cursor = '0';
    do {
      const [next, keys] = await this.run((redis) => redis.scan(cursor, 'MATCH', this.key('*'), 'COUNT', SCAN_COUNT));
      if (keys.length > 0) await this.run((redis) => redis.unlink(keys));
      cursor = next;
    } while (cursor !== '0');
  }

  /** Keyv listens for errors; ours reach it as rejections. */
  on(): this {
    return this;
  }

  private run<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    return this.redis.run(work, { deadlineMs: SHORT_DEADLINE_MS });
  }

  private key(key: string): string {
    return this.redis.key(`cache:${key}`);
  }
}
