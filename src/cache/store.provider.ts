import { createKeyv } from '@cacheable/memory';
import { type CacheModuleOptions } from '@nestjs/cache-manager';
import { Keyv } from 'keyv';
import { type Settings } from '../config/settings';
import { type RedisConnection } from '../redis/redis-connection';
import { RedisKeyvStore } from './redis-keyv-store';

/** The most that a Map of the memory store takes; above it the store would have no bound at all. */
const MOST_ENTRIES = 2 ** 24;

/**
 * Where the cache is kept. In Redis where there is one, for all replicas; else in memory, at most `cacheMaxEntries`
 * entries, the least recently used going first. Each entry is written with a lifetime of its own.
 */
export function cacheStore(settings: Settings, redis: RedisConnection | null = null): CacheModuleOptions {
  const keyv = redis
    ? new Keyv({ store: new RedisKeyvStore(redis), useKeyPrefix: false })
    : createKeyv({
        lruSize: Math.min(Math.max(settings.cacheMaxEntries, 1), MOST_ENTRIES),
        // One Map: several would hold more than a Map can, at the price of a hash of the key for each access.
        storeHashSize: 1,
        storeHashAlgorithm: () => 0,
      });
  // Otherwise a failing store looks like an empty one, and nobody hears of it.
  keyv.throwOnErrors = true;
  return { stores: keyv };
}
