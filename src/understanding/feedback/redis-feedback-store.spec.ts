import { Logger } from '@nestjs/common';
import { RedisConnection } from '../../redis/redis-connection';
import { describeWithRedis, RedisServer } from '../../redis/testing/redis-server';
import { RedisFeedbackStore } from './redis-feedback-store';

const entry = (text: string) => ({
  at: new Date().toISOString(),
  text,
  intents: null,
  articles: [],
  order: null,
  product: null,
});

describeWithRedis(RedisFeedbackStore.name, () => {
  let server: RedisServer;
  let redis: RedisConnection;

  beforeAll(async () => {
    for (const level of ['log', 'warn', 'error'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
    server = await RedisServer.start();
    redis = new RedisConnection(server.url);
    await redis.open();
  });
  afterAll(async () => {
    redis.close();
    await server.stop();
    jest.restoreAllMocks();
  });

  it('keeps entries of all replicas in their order, and about as many as allowed', async () => {
    const [one, other] = [new RedisFeedbackStore(redis, 300), new RedisFeedbackStore(redis, 300)];
    for (let index = 0; index < 1000; index += 1) await (index % 2 ? one : other).add(entry(`сообщение ${index}`));
    const texts = (await one.list()).map(({ text }) => text);
    expect(texts.length).toBeGreaterThanOrEqual(300);
    expect(texts.length).toBeLessThan(600);
    expect(texts).toEqual(
      Array.from({ length: texts.length }, (_, index) => `сообщение ${1000 - texts.length + index}`),
    );
  });

  it('rejects soon where Redis is away', async () => {
    server.freeze();
    const startedAt = performance.now();
    await expect(new RedisFeedbackStore(redis).add(entry('а'))).rejects.toThrow(/Redis/);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    server.thaw();
  });
});
