import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE_MANAGER, CacheModule as NestCacheModule, type Cache } from '@nestjs/cache-manager';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Keyv } from 'keyv';
import { Settings } from '../config/settings';
import { CacheStore, SKIP_MS, STORE_DEADLINE_MS } from './cache-store';
import { cacheStore } from './store.provider';

describe(CacheStore.name, () => {
  let module: TestingModule;
  let warn: jest.SpyInstance;

  const storeOver = async (options: ReturnType<typeof cacheStore>): Promise<CacheStore> => {
    module = await Test.createTestingModule({
      imports: [NestCacheModule.register(options)],
      providers: [CacheStore],
    }).compile();
    return module.get(CacheStore);
  };
  const inMemory = (cacheMaxEntries = 10) => storeOver(cacheStore(Object.assign(new Settings(), { cacheMaxEntries })));

  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  });

  afterEach(async () => {
    await module.close();
    jest.restoreAllMocks();
  });

  it.each([[0], [''], [false], [null], [[]], ['text'], [{ items: [] }]])('gives %p back', async (value) => {
    const store = await inMemory();
    await store.set('key', value, 1000);
    await expect(store.get('key')).resolves.toEqual(value);
  });

  it.each([[0], [''], [false], [null], [{ items: [] }]])('gives %p back at once from memory', async (value) => {
    const store = await inMemory();
    expect(store.peek('key')).toBeUndefined();
    await store.set('key', value, 60);
    expect(store.peek('key')).toEqual(value);
    await sleep(90);
    expect(store.peek('key')).toBeUndefined();
  });

  it('knows nothing of another key', async () => {
    const store = await inMemory();
    await store.set('key', 1, 1000);
    await expect(store.get('KEY')).resolves.toBeUndefined();
  });

  it('forgets what is deleted', async () => {
    const store = await inMemory();
    await store.set('key', 1, 1000);
    await store.delete('key');
    await expect(store.get('key')).resolves.toBeUndefined();
  });

  it('forgets in milliseconds', async () => {
    const store = await inMemory();
    await store.set('key', 1, 60);
    await expect(store.get('key')).resolves.toBe(1);
    await sleep(90);
    await expect(store.get('key')).resolves.toBeUndefined();
  });

  it.each([0, -1])('takes a lifetime of %i for none, not for eternity', async (ttlMs) => {
    const store = await inMemory();
    await store.set('key', 1, ttlMs);
    await expect(store.get('key')).resolves.toBeUndefined();
  });

  it('lets the least recently used go when it is full', async () => {
    const store = await inMemory(3);
    for (const key of ['a', 'b', 'c']) await store.set(key, key, 1000);
    await store.get('a');
    await store.set('d', 'd', 1000);
    const kept = await Promise.all(['a', 'b', 'c', 'd'].map((key) => store.get(key)));
    expect(kept).toEqual(['a', undefined, 'c', 'd']);
  });

  it('stays bounded under a flood', async () => {
    const store = await inMemory(100);
    for (let index = 0; index < 2000; index++) await store.set(`key ${index}`, index, 60_000);
    const { stores } = module.get<Cache>(CACHE_MANAGER);
    const { store: memory } = stores[0]!.opts.store as unknown as { store: { size: number } };
    expect(memory.size).toBe(100);
  });

  it('lets nobody change what is stored', async () => {
    const store = await inMemory();
    const set = { items: [{ available: 1 }] };
    await store.set('key', set, 1000);
    const got = await store.get<typeof set>('key');
    for (const { items } of [set, got!]) {
      expect(() => items.push({ available: 2 })).toThrow(TypeError);
      expect(() => (items[0]!.available = 2)).toThrow(TypeError);
    }
    await expect(store.get('key')).resolves.toEqual({ items: [{ available: 1 }] });
  });

  const adapter = (work: () => Promise<never>): { stores: Keyv } => {
    const store = { opts: {}, namespace: undefined, get: work, set: work, delete: work, clear: work, on: () => store };
    const stores = new Keyv({ store });
    stores.throwOnErrors = true;
    return { stores };
  };

  it('takes a failing store for an empty one and says so once', async () => {
    const store = await storeOver(adapter(() => Promise.reject(new Error('connection lost'))));
    for (let count = 0; count < 5; count++) {
      await expect(store.get('key')).resolves.toBeUndefined();
      await expect(store.set('key', 1, 1000)).resolves.toBeUndefined();
      await expect(store.delete('key')).resolves.toBeUndefined();
    }
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ error: 'connection lost' }));
  });

  it('says so again after a minute, with the number of failures', async () => {
    const store = await storeOver(adapter(() => Promise.reject(new Error('connection lost'))));
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    for (let count = 0; count < 4; count++) await store.get('key');
    clock.mockReturnValue(61_001);
    await store.get('key');
    expect(warn).toHaveBeenCalledTimes(2);
    expect(warn).toHaveBeenLastCalledWith(expect.objectContaining({ failures: 4 }));
  });

  it('waits no longer than its deadline for a store that hangs', async () => {
    const store = await storeOver(adapter(() => new Promise<never>(() => undefined)));
    const startedAt = Date.now();
    await expect(store.get('key')).resolves.toBeUndefined();
    await expect(store.set('key', 1, 1000)).resolves.toBeUndefined();
    const elapsed = Date.now() - startedAt;
    expect(elapsed).toBeGreaterThanOrEqual(2 * STORE_DEADLINE_MS - 10);
    expect(elapsed).toBeLessThan(4 * STORE_DEADLINE_MS);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  describe('with a store that is slow', () => {
    let answers: boolean;
    let asked: number;
    const slowStore = () =>
      storeOver(
        adapter(() => {
          asked += 1;
          return (answers ? Promise.resolve(undefined) : new Promise(() => undefined)) as Promise<never>;
        }),
      );
    const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
      const startedAt = performance.now();
      await work();
      return performance.now() - startedAt;
    };

    beforeEach(() => {
      answers = false;
      asked = 0;
    });

    it('skips it at once after three operations without an answer', async () => {
      const store = await slowStore();
      for (let count = 0; count < 3; count++) await store.get('key');
      expect(await elapsed(() => store.get('key'))).toBeLessThan(50);
      expect(await elapsed(() => store.set('key', 1, 1000))).toBeLessThan(50);
      expect(asked).toBe(3);
    });

    it('tries it by one operation after a while, and uses it again when it answers', async () => {
      const store = await slowStore();
      await Promise.all(['a', 'b', 'c'].map((key) => store.get(key)));
      const now = performance.now();
      const clock = jest.spyOn(performance, 'now').mockReturnValue(now + SKIP_MS);
      await Promise.all(['a', 'b', 'c'].map((key) => store.get(key)));
      expect(asked).toBe(4);
      answers = true;
      clock.mockReturnValue(now + 3 * SKIP_MS);
      await store.get('a');
      await Promise.all(['a', 'b', 'c'].map((key) => store.get(key)));
      expect(asked).toBe(8);
    });
  });
});
