import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE_MANAGER, CacheModule as NestCacheModule, type Cache } from '@nestjs/cache-manager';
import { Test, type TestingModule } from '@nestjs/testing';
import { Settings } from '../config/settings';
import type { RedisConnection } from '../redis/redis-connection';
import { elapsed, eventually } from '../redis/testing/eventually';
import { describeWithRedis } from '../redis/testing/redis-server';
import { SlowProxy } from '../redis/testing/slow-proxy';
import { useRedis } from '../redis/testing/use-redis';
import { CacheStore, STORE_DEADLINE_MS } from './cache-store';
import { EmbeddedKeptValues, type KeptValues, RedisKeptValues } from './kept-values';
import { cacheStore } from './store.provider';

const JSON_VALUES: [unknown][] = [[0], [''], [false], [null], [[]], ['текст "«'], [{ items: [{ a: null }] }]];

function itKeepsValues(create: () => KeptValues): void {
  it.each(JSON_VALUES)('gives %p back', async (value) => {
    const values = create();
    await values.set('key', value, 1000);
    await expect(values.get('key')).resolves.toEqual(value);
    await expect(values.get('KEY')).resolves.toBeUndefined();
    await values.delete('key');
    await expect(values.get('key')).resolves.toBeUndefined();
  });

  it('forgets in milliseconds, and keeps nothing without a lifetime', async () => {
    const values = create();
    await values.set('key', 1, 60);
    await values.set('never', 1, 0);
    await expect(values.get('never')).resolves.toBeUndefined();
    await expect(values.get('key')).resolves.toBe(1);
    await sleep(90);
    await expect(values.get('key')).resolves.toBeUndefined();
  });
}

describe(EmbeddedKeptValues.name, () => {
  itKeepsValues(() => new EmbeddedKeptValues());

  it('lets the least recently used go when it is full', async () => {
    const values = new EmbeddedKeptValues(2);
    for (const key of ['a', 'b', 'c']) await values.set(key, key, 1000);
    await expect(Promise.all(['a', 'b', 'c'].map((key) => values.get(key)))).resolves.toEqual([undefined, 'b', 'c']);
  });
});

describeWithRedis('the cache in Redis', () => {
  const suite = useRedis();
  let redis: RedisConnection;
  let module: TestingModule | undefined;

  beforeEach(async () => {
    redis = await suite.connect();
  });

  afterEach(async () => {
    await module?.close();
    module = undefined;
  });

  const storeOn = async (connection: RedisConnection): Promise<CacheStore> => {
    module = await Test.createTestingModule({
      imports: [NestCacheModule.register(cacheStore(new Settings(), connection))],
      providers: [CacheStore],
    }).compile();
    return module.get(CacheStore);
  };

  it.each(JSON_VALUES)('gives %p back, to another replica as well', async (value) => {
    const store = await storeOn(redis);
    await store.set('["stock","public","a"]', value, 1000);
    await expect(store.get('["stock","public","a"]')).resolves.toEqual(value);
    await module?.close();
    await expect((await storeOn(await suite.connect())).get('["stock","public","a"]')).resolves.toEqual(value);
  });

  it('writes under the prefix, with the lifetime', async () => {
    const store = await storeOn(redis);
    await store.set('key', 1, 5000);
    await expect(redis.run((client) => client.keys('*'))).resolves.toEqual(['supplier-bot:cache:key']);
    const ttl = await redis.run((client) => client.pttl('supplier-bot:cache:key'));
    expect(ttl).toBeGreaterThan(4000);
    expect(ttl).toBeLessThanOrEqual(5000);
  });

  it('forgets what is deleted and what is over', async () => {
    const store = await storeOn(redis);
    await store.set('deleted', 1, 1000);
    await store.delete('deleted');
    await store.set('over', 1, 60);
    await expect(store.get('deleted')).resolves.toBeUndefined();
    await expect(store.get('over')).resolves.toBe(1);
    await sleep(90);
    await expect(store.get('over')).resolves.toBeUndefined();
  });

  it('is emptied without touching what else is in Redis', async () => {
    const store = await storeOn(redis);
    await Promise.all(Array.from({ length: 2500 }, (_, index) => store.set(`key ${index}`, index, 60_000)));
    await redis.run((client) => client.set('supplier-bot:kept:a', '1'));
    await module!.get<Cache>(CACHE_MANAGER).clear();
    await expect(redis.run((client) => client.keys('*'))).resolves.toEqual(['supplier-bot:kept:a']);
  });

  it('holds nobody up while Redis is frozen, and is there again afterwards', async () => {
    const store = await storeOn(redis);
    await store.set('key', 1, 60_000);
    suite.server.freeze();
    try {
      const question = () => Promise.all(['a', 'b', 'c', 'd'].map((key) => store.get(key)));
      expect(await elapsed(question)).toBeLessThan(STORE_DEADLINE_MS + 100);
      expect(await elapsed(question)).toBeLessThan(50);
      await eventually(() => redis.state.state === 'down', 2000);
      expect(await elapsed(() => store.set('key', 2, 1000))).toBeLessThan(50);
    } finally {
      suite.server.thaw();
    }
    await eventually(async () => (await store.get('key')) === 1, 8000);
    await expect(store.get('key')).resolves.toBe(1);
  });

  it('holds nobody up while Redis is slow', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const store = await storeOn(await suite.connect(proxy.url));
    // Too slow for the cache, not for the queues.
    proxy.latencyMs = 100;
    for (let count = 0; count < 3; count++) await store.get('key');
    const waits: number[] = [];
    for (let count = 0; count < 20; count++) waits.push(await elapsed(() => store.get('key')));
    expect(Math.max(...waits)).toBeLessThan(50);
    await proxy.close();
  });

  it('goes on when Redis was killed and comes back empty', async () => {
    const store = await storeOn(redis);
    await store.set('key', 1, 60_000);
    await suite.server.kill();
    expect(await elapsed(() => store.get('key'))).toBeLessThan(50);
    await expect(store.get('key')).resolves.toBeUndefined();
    await suite.server.start();
    await eventually(async () => {
      await store.set('key', 2, 60_000);
      return (await store.get('key')) === 2;
    });
    await expect(store.get('key')).resolves.toBe(2);
  });

  describe(RedisKeptValues.name, () => {
    itKeepsValues(() => new RedisKeptValues(redis));

    it('is known to all replicas', async () => {
      await new RedisKeptValues(redis).set('context:1', { article: 'A' }, 1000);
      await expect(new RedisKeptValues(await suite.connect()).get('context:1')).resolves.toEqual({ article: 'A' });
    });

    it('knows while Redis is away what this replica has set, and never rejects', async () => {
      const values = new RedisKeptValues(redis);
      await values.set('mine', 1, 60_000);
      await new RedisKeptValues(await suite.connect()).set('another’s', 1, 60_000);
      suite.server.freeze();
      try {
        const asked = performance.now();
        await expect(Promise.all(['mine', 'another’s'].map((key) => values.get(key)))).resolves.toEqual([1, undefined]);
        expect(performance.now() - asked).toBeLessThan(300);
        await eventually(() => redis.state.state === 'down', 2000);
        await values.set('mine', 2, 60_000);
        await values.delete('another’s');
        await expect(values.get('mine')).resolves.toBe(2);
      } finally {
        suite.server.thaw();
      }
      await eventually(() => redis.state.state === 'up');
    });
  });
});
