import { RedisConnection } from '../../redis/redis-connection';
import { describeWithRedis, RedisServer } from '../../redis/testing/redis-server';
import { RedisQueue } from './redis-queue';

describeWithRedis(RedisQueue.name, () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let queue: RedisQueue<{ n: number }>;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.empty();
    redis = new RedisConnection(server.url);
    await redis.open();
    queue = new RedisQueue(redis, 'q');
    await queue.open();
  });
  afterEach(async () => {
    await queue.close();
    redis.close();
  });

  it('basics', async () => {
    expect(redis.state.state).toBe('up');
    await expect(
      queue.add([
        { id: '1', lane: 'a', body: { n: 1 } },
        { id: '2', lane: 'a', body: { n: 2 } },
        { id: '3', lane: 'b', priority: 'broadcast', body: { n: 3 } },
      ]),
    ).resolves.toBe(3);
    await expect(queue.add([{ id: '1', lane: 'a', body: { n: 1 } }])).resolves.toBe(0);
    const claimed = await queue.claim(10);
    expect(claimed.map((c) => c.id)).toEqual(['1', '3']);
    await queue.done('1');
    const next = await queue.claim(10);
    expect(next.map((c) => c.id)).toEqual(['2']);
    await queue.again('2', Date.now() + 50, 'x');
    await expect(queue.claim(10)).resolves.toEqual([]);
    await new Promise((r) => setTimeout(r, 60));
    expect((await queue.claim(10))[0]).toMatchObject({ id: '2', tries: 2 });
    await queue.dead('2', 'bad');
    expect(await queue.listDead(10)).toMatchObject([{ id: '2', lane: 'a', tries: 2, reason: 'bad' }]);
    expect(await queue.counts()).toEqual({ waiting: 0, claimed: 1, dead: 1 });
  });
});
