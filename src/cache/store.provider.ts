import { createKeyv } from '@cacheable/memory';
import { type CacheModuleOptions } from '@nestjs/cache-manager';
import { Keyv } from 'keyv';
import { type Settings } from '../config/settings';
import { type RedisConnection } from '../redis/redis-connection';
import { boundedMemory } from './bounded-memory';
import { RedisKeyvStore } from './redis-keyv-store';

/**
 * Where the cache is kept. In Redis where there is one, for all replicas; else in memory, at most `cacheMaxEntries`
 * entries, the least recently used going first. Each entry is written with a lifetime of its own.
 */
export function cacheStore(settings: Settings, redis: RedisConnection | null = null): CacheModuleOptions {
  const keyv = redis
    ? new Keyv({ store: new RedisKeyvStore(redis), useKeyPrefix: false })
    : // CacheStore freezes what it writes.
      createKeyv({ ...boundedMemory(settings.cacheMaxEntries), useClone: false });
  // Otherwise a failing store looks like an empty one, and nobody hears of it.
  keyv.throwOnErrors = true;
  return { stores: keyv };
}
