import { type CacheableMemoryOptions } from '@cacheable/memory';

/** The most that a Map of the memory store takes; above it the store would have no bound at all. */
const MOST_ENTRIES = 2 ** 24;

/**
 * A memory store of so many entries at most, the least recently used going first.
 *
 * It is one Map: several would hold more than a Map can, at the price of a hash of the key for each access.
 */
export function boundedMemory(maxEntries: number): CacheableMemoryOptions {
  return {
    lruSize: Math.min(Math.max(maxEntries, 1), MOST_ENTRIES),
    storeHashSize: 1,
    storeHashAlgorithm: () => 0,
  };
}
