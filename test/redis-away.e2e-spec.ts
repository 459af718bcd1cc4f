import { describeWithRedis, RedisServer } from '../src/redis/testing/redis-server';
import { startWorld, type World } from './support/world';

const ANNA = 77;
const BORIS = 78;
const LIMIT_MS = 1500;

describeWithRedis('The bot with Redis', () => {
  let redis: RedisServer;
  let world: World;

  beforeEach(async () => {
    redis = await RedisServer.start();
    world = await startWorld({ env: { REDIS_URL: redis.url } });
    await say('есть BP-4500/2?');
  });
  afterEach(async () => {
    redis.thaw();
    await world.stop();
    await redis.stop();
  });

  async function say(text: string, id = ANNA): Promise<string> {
    world.telegram.user(id).send(text);
    return (await world.telegram.user(id).nextMessage({ timeoutMs: 10_000 })).text ?? '';
  }

  const answersOf = (id: number) => world.telegram.user(id).messages.filter(({ from }) => from.is_bot);

  it('answers through it', async () => {
    expect(await say('а почём?')).toMatch(/Цена: /);
    expect(await say('есть АРТ-100?', BORIS)).toContain('АРТ-100');
  });

  it('answers while it is dead, for long, and goes on when it is back and empty', async () => {
    await redis.kill();
    const startedAt = Date.now();
    expect(await say('есть АРТ-100?')).toContain('АРТ-100');
    expect(Date.now() - startedAt).toBeLessThan(LIMIT_MS);
    await new Promise((done) => setTimeout(done, 9000));
    expect(await say('есть АРТ-204?', BORIS)).toContain('АРТ-204');
    await redis.start();
    expect(await say('есть АРТ-205?')).toContain('АРТ-205');
    expect(answersOf(ANNA)).toHaveLength(3);
    expect(answersOf(BORIS)).toHaveLength(1);
  }, 40_000);

  it('answers while it is frozen, each question once, also after the thaw', async () => {
    redis.freeze();
    const startedAt = Date.now();
    expect(await say('есть АРТ-100?')).toContain('АРТ-100');
    expect(Date.now() - startedAt).toBeLessThan(LIMIT_MS);
    expect(await say('есть АРТ-204?', BORIS)).toContain('АРТ-204');
    redis.thaw();
    expect(await say('есть АРТ-205?')).toContain('АРТ-205');
    await new Promise((done) => setTimeout(done, 3000));
    expect(answersOf(ANNA)).toHaveLength(3);
    expect(answersOf(BORIS)).toHaveLength(1);
  }, 40_000);
});
