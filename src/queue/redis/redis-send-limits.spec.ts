import { setTimeout as pause } from 'node:timers/promises';
import type { RedisConnection } from '../../redis/redis-connection';
import { elapsed, eventually } from '../../redis/testing/eventually';
import { describeWithRedis } from '../../redis/testing/redis-server';
import { useRedis } from '../../redis/testing/use-redis';
import { type Priority } from '../durable-queue';
import { type SendRates, WINDOW_MS } from '../send-limits';
import { RedisSendLimits } from './redis-send-limits';

const RATES: SendRates = { perSecond: 30, perChatPerSecond: 1 };

describeWithRedis(RedisSendLimits.name, () => {
  const suite = useRedis();
  let connections: RedisConnection[];

  beforeEach(() => {
    connections = [];
  });

  const replica = async (rates = RATES): Promise<RedisSendLimits> => {
    const redis = await suite.connect();
    connections.push(redis);
    return new RedisSendLimits(redis, rates);
  };
  const takeMany = (limits: RedisSendLimits, chats: number[], priority: Priority = 'answer') =>
    Promise.all(chats.map((chat) => limits.take(chat, priority)));
  const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
  const granted = (waits: number[]) => waits.filter((wait) => wait === 0).length;

  it('gives a chat five at once, then one a second, over all replicas', async () => {
    const [first, second] = [await replica(), await replica()];
    const waits = [...(await takeMany(first, [1, 1, 1])), ...(await takeMany(second, [1, 1, 1, 1]))];
    expect(granted(waits)).toBe(5);
    const wait = waits.at(-1)!;
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(1000);
    await pause(wait + 20);
    expect(granted(await takeMany(first, [1, 1]))).toBe(1);
  });

  it('gives all chats no more in any second than the limit, over all replicas', async () => {
    const replicas = [await replica(), await replica(), await replica()];
    const sent: number[] = [];
    await Promise.all(
      range(80).map(async (chat) => {
        const limits = replicas[chat % 3]!;
        for (;;) {
          const wait = await limits.take(chat, 'answer');
          if (wait === 0) break;
          await pause(wait);
        }
        sent.push(performance.now());
      }),
    );
    const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 1000).length));
    expect(most).toBeLessThanOrEqual(30);
    expect(Math.max(...sent) - Math.min(...sent)).toBeLessThan(5000);
  });

  it('sends broadcasts one by one and leaves room for answers', async () => {
    const limits = await replica();
    const waits = await takeMany(limits, range(20), 'broadcast');
    expect(granted(waits)).toBe(1);
    expect(new Set(waits).size).toBe(20);
    expect(granted(await takeMany(limits, range(29, 100)))).toBe(29);
    expect(await limits.take(200, 'answer')).toBeLessThanOrEqual(WINDOW_MS);
  });

  it('tells all replicas of a pause', async () => {
    const [first, second] = [await replica(), await replica()];
    await first.pauseChat(1, 5000);
    await first.pauseChat(1, 10);
    const [paused, other] = await takeMany(second, [1, 2]);
    expect(paused).toBeGreaterThan(4500);
    expect(other).toBe(0);
    await first.pauseAll(300);
    expect(await second.take(2, 'answer')).toBeGreaterThan(100);
    await pause(310);
    expect(await second.take(2, 'answer')).toBe(0);
  });

  it('knows no limit that is switched off, but pauses', async () => {
    const limits = await replica({ perSecond: 0, perChatPerSecond: 0 });
    expect(
      granted(
        await takeMany(
          limits,
          range(100).map(() => 1),
        ),
      ),
    ).toBe(100);
    await limits.pauseAll(1000);
    expect(await limits.take(1, 'answer')).toBeGreaterThan(800);
  });

  it('keeps to the limits by itself while Redis is away or frozen, pauses included', async () => {
    const limits = await replica();
    await limits.pauseChat(7, 60_000);
    suite.server.freeze();
    try {
      expect(await elapsed(() => limits.take(1, 'answer'))).toBeLessThan(450);
      await eventually(() => connections[0]!.state.state === 'down', 2000);
      const waits = await takeMany(limits, range(40, 100));
      expect(granted(waits)).toBeGreaterThanOrEqual(29);
      expect(granted(waits)).toBeLessThanOrEqual(30);
      expect(await limits.take(7, 'answer')).toBeGreaterThan(50_000);
    } finally {
      suite.server.thaw();
    }
    await eventually(() => connections[0]!.state.state === 'up');
    expect(await limits.take(7, 'answer')).toBeGreaterThan(50_000);
  });

  it('leaves nothing behind in Redis', async () => {
    const limits = await replica();
    await takeMany(limits, range(40));
    const keys = async () => connections[0]!.run((redis) => redis.keys('*'));
    expect((await keys()).length).toBeGreaterThan(30);
    await eventually(async () => (await keys()).length === 0, 6000);
    expect(await keys()).toEqual([]);
  });
});
