import { setTimeout as pause } from 'node:timers/promises';
import { describeWithRedis, RedisServer } from '../../src/redis/testing/redis-server';
import { SlowProxy } from '../../src/redis/testing/slow-proxy';
import { compileMain } from '../support/main-process';
import { openBehindWebhook, startBehind } from './support/behind-one-webhook';
import { ChatLoad, describeRepeat } from './support/chat-load';
import { RoundRobin } from './support/round-robin';
import { Stage } from './support/stage';
import { tell } from './support/tell';

const AWAY_MS = 6000;
/** What a question may cost more while Redis is away. */
const EXTRA_MS = 300;

describeWithRedis('Redis that fails while 20 chats ask', () => {
  let redis: RedisServer;
  let stage: Stage;
  let load: ChatLoad;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(async () => {
    redis.thaw();
    await stage.close();
    await redis.stop();
  });

  async function start(server: RedisServer, url = server.url): Promise<void> {
    redis = server;
    stage = await Stage.open({ people: 20, env: { REDIS_URL: url } });
    await stage.start().event('polling');
    load = new ChatLoad(stage, { pauseMs: 300 }).start();
    await pause(2000);
  }

  /** Median wait for the answers to what was asked between two moments, milliseconds. */
  const medianWait = (from: number, to: number) => {
    const waits = load.waitsOf(from, to);
    return waits[Math.floor(waits.length / 2)] ?? NaN;
  };

  it('is killed and comes back with its data: everything is answered, meanwhile without it', async () => {
    await start(await RedisServer.start(['--appendonly', 'yes', '--appendfsync', 'always']));
    const killedAt = Date.now();
    await redis.kill();
    await pause(AWAY_MS);
    const meanwhile = load.answeredBetween(killedAt + 1000, Date.now());
    const [before, during] = [medianWait(killedAt - 2000, killedAt - 500), medianWait(killedAt + 1000, Date.now())];
    await redis.start();
    await pause(2000);
    await load.stop();
    await load.settle(30_000);
    await pause(1000);

    const { asked, answered, repeats, others, waits } = load.report();
    tell('Redis killed, its data kept', {
      questions: asked,
      answered,
      'while it was dead': meanwhile,
      repeated: repeats.length,
      'ms median before': before,
      'ms median while it was dead': during,
      'ms for the slowest answer': waits.at(-1) ?? 0,
    });
    expect(answered).toBe(asked);
    expect(meanwhile).toBeGreaterThan(20);
    expect(during).toBeLessThan(before + EXTRA_MS);
    expect(others).toEqual([]);
    // What Redis had noted last when it died.
    expect(
      repeats
        .filter(({ first }) => Math.abs(first.at - killedAt) > 1000)
        .map((one) => describeRepeat(load, [killedAt], one)),
    ).toEqual([]);
  }, 90_000);

  it('is killed and comes back empty: only what lay in it is lost', async () => {
    await start(await RedisServer.start());
    const killedAt = Date.now();
    const lying = load.askedSoFar - load.answeredSoFar;
    await redis.kill();
    await pause(AWAY_MS);
    await redis.start();
    await pause(3000);
    await load.stop();
    await load.settle(15_000).catch(() => undefined);

    const { asked, answered, unanswered, repeats } = load.report();
    tell('Redis killed, its data lost', {
      questions: asked,
      answered,
      'lay in it': lying,
      lost: unanswered.length,
      repeated: repeats.length,
    });
    expect(unanswered.filter(({ at }) => at > killedAt)).toEqual([]);
    expect(unanswered.length).toBeLessThanOrEqual(lying);
    expect(
      repeats
        .filter(({ first }) => Math.abs(first.at - killedAt) > 1000)
        .map((one) => describeRepeat(load, [killedAt], one)),
    ).toEqual([]);
  }, 90_000);

  it('is frozen and thawed: everything is answered, meanwhile without it', async () => {
    await start(await RedisServer.start());
    const frozenAt = Date.now();
    redis.freeze();
    await pause(AWAY_MS);
    const meanwhile = load.answeredBetween(frozenAt + 1000, Date.now());
    redis.thaw();
    await pause(3000);
    await load.stop();
    await load.settle(30_000);
    await pause(1000);

    const { asked, answered, repeats, others, waits } = load.report();
    tell('Redis frozen', {
      questions: asked,
      answered,
      'while it was frozen': meanwhile,
      repeated: repeats.length,
      'ms for the slowest answer': waits.at(-1) ?? 0,
    });
    expect(answered).toBe(asked);
    expect(meanwhile).toBeGreaterThan(20);
    expect(others).toEqual([]);
    expect(repeats.map((one) => describeRepeat(load, [frozenAt], one))).toEqual([]);
  }, 90_000);

  it('is frozen and thawed under two replicas behind one webhook: each question is answered once', async () => {
    const balancer = await RoundRobin.listen();
    try {
      redis = await RedisServer.start();
      stage = await openBehindWebhook(balancer, redis);
      await startBehind(balancer, stage, 2);
      load = new ChatLoad(stage, { pauseMs: 100 }).start();
      await pause(2000);
      const freezes: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        freezes.push(Date.now());
        redis.freeze();
        await pause(1500);
        redis.thaw();
        await pause(1500);
      }
      await load.stop();
      await load.settle(30_000);
      await pause(1000);

      const { asked, answered, repeats, others } = load.report();
      tell('Redis frozen five times under two replicas', { questions: asked, answered, repeated: repeats.length });
      expect(answered).toBe(asked);
      expect(others).toEqual([]);
      expect(repeats.map((one) => describeRepeat(load, freezes, one))).toEqual([]);
    } finally {
      await balancer.close();
    }
  }, 90_000);

  it('is slow: everything is answered, through it, and 1C is asked where the cache takes too long', async () => {
    const server = await RedisServer.start();
    const proxy = await SlowProxy.to(server.port);
    try {
      await start(server, proxy.url);
      // There and back: more than the cache may take, less than a queue may.
      proxy.latencyMs = 80;
      await pause(AWAY_MS);
      await load.stop();
      await load.settle(30_000);
      proxy.latencyMs = 0;

      const { asked, answered, repeats, disordered, others, waits } = load.report();
      const missed = stage.logged('Redis does not answer, trying again').length;
      tell('Redis slow', {
        'deadlines missed': missed,
        questions: asked,
        answered,
        repeated: repeats.length,
        'chats out of order': disordered.length,
        'ms for the slowest answer': waits.at(-1) ?? 0,
      });
      expect(answered).toBe(asked);
      expect({ repeats: repeats.length, others }).toEqual({ repeats: 0, others: [] });
      // An answer whose hand-over missed the deadline is said at once, before one that still lies in the outbox.
      expect(disordered).toEqual([]);
    } finally {
      await stage.close();
      await proxy.close();
    }
  }, 90_000);
});
