import { setTimeout as pause } from 'node:timers/promises';
import { describeWithRedis, RedisServer } from '../../src/redis/testing/redis-server';
import { compileMain, type MainProcess } from '../support/main-process';
import { openBehindWebhook, startBehind } from './support/behind-one-webhook';
import { ChatLoad, describeRepeat, isLastBeforeDeath } from './support/chat-load';
import { eventuallyWithin } from './support/eventually-within';
import { RoundRobin } from './support/round-robin';
import { addressOf, Stage } from './support/stage';
import { tell } from './support/tell';

const TAKE_OVER_MS = 15_000;

describeWithRedis('Replicas on one Redis while 20 chats ask', () => {
  let redis: RedisServer;
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(async () => {
    await stage.close();
    await redis.stop();
  });

  const polls = ({ log }: MainProcess) => log.some(({ event }) => event === 'polling');
  const answeredBy = ({ log }: MainProcess) => log.filter(({ event }) => event === 'question').length;
  const updatesStoredBy = async (replica: MainProcess) => {
    const metrics = await (await fetch(`${await addressOf(replica)}/metrics`)).text();
    return Number(/updates_total\{result="stored"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };
  const refusedWith = (code: number) => stage.telegram.calls.filter(({ errorCode }) => errorCode === code);

  it.each([2, 3])(
    '%i of them: one polls, another takes over when it is killed, and nothing is lost',
    async (count) => {
      redis = await RedisServer.start();
      stage = await Stage.open({ people: 20, env: { REDIS_URL: redis.url } });
      const replicas = Array.from({ length: count }, () => stage.start());
      await Promise.all(replicas.map((replica) => replica.event('listening')));
      await eventuallyWithin(10_000, () => expect(replicas.filter(polls)).toHaveLength(1));
      const load = new ChatLoad(stage, { pauseMs: 300 }).start();
      await pause(3000);
      const poller = replicas.find(polls)!;
      const survivors = replicas.filter((replica) => replica !== poller);
      expect(survivors.filter(polls)).toEqual([]);
      const shares = replicas.map(answeredBy);

      const killedAt = Date.now();
      await poller.kill();
      await eventuallyWithin(TAKE_OVER_MS, () => expect(survivors.filter(polls)).toHaveLength(1));
      const takeOverMs = Date.now() - killedAt;
      await pause(3000);
      await load.stop();
      await load.settle(30_000);
      await pause(1000);

      const { asked, answered, repeats, disordered, others } = load.report();
      tell(`${count} replicas, the polling one killed`, {
        questions: asked,
        answered,
        repeated: repeats.length,
        'ms until another polled': takeOverMs,
        'questions by each until then': shares.join(' + '),
      });
      expect(survivors.filter(polls)).toHaveLength(1);
      expect(refusedWith(409)).toEqual([]);
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(answered).toBe(asked);
      expect({ disordered, others }).toEqual({ disordered: [], others: [] });
      const wrong = repeats.filter((repeat) => !isLastBeforeDeath(load, [killedAt], repeat));
      expect(wrong.map((repeat) => describeRepeat(load, [killedAt], repeat))).toEqual([]);
    },
    120_000,
  );

  it('2 of them behind one webhook: both receive, and nothing is lost when one is killed', async () => {
    redis = await RedisServer.start();
    const balancer = await RoundRobin.listen();
    try {
      stage = await openBehindWebhook(balancer, redis);
      const replicas = await startBehind(balancer, stage, 2);
      const load = new ChatLoad(stage, { pauseMs: 300 }).start();
      await pause(3000);
      const received = await Promise.all(replicas.map(updatesStoredBy));
      const shares = replicas.map(answeredBy);

      const killedAt = Date.now();
      await replicas[0]!.kill();
      await pause(3000);
      const meanwhile = load.answeredBetween(killedAt + 500, Date.now());
      await load.stop();
      await load.settle(30_000);
      await pause(1000);

      const { asked, answered, repeats, disordered, others, waits } = load.report();
      tell('2 replicas behind one webhook, one killed', {
        questions: asked,
        answered,
        repeated: repeats.length,
        'updates to each until then': received.join(' + '),
        'questions by each until then': shares.join(' + '),
        'answered in the 3 s after it': meanwhile,
        'times past the queues': stage.logged('direct').length,
        'ms for the slowest answer': waits.at(-1) ?? 0,
      });
      expect(Math.min(...received, ...shares, meanwhile)).toBeGreaterThan(0);
      expect(answered).toBe(asked);
      expect({ disordered, others }).toEqual({ disordered: [], others: [] });
      const wrong = repeats.filter((repeat) => !isLastBeforeDeath(load, [killedAt], repeat));
      expect(wrong.map((repeat) => describeRepeat(load, [killedAt], repeat))).toEqual([]);
    } finally {
      await balancer.close();
    }
  }, 120_000);

  it('3 of them keep to the limits of sending together', async () => {
    redis = await RedisServer.start();
    stage = await Stage.open({
      people: 60,
      env: { REDIS_URL: redis.url, TELEGRAM_MAX_PER_SECOND: '30', TELEGRAM_MAX_PER_CHAT_PER_SECOND: '1' },
      telegram: { enforceLimits: true },
    });
    const replicas = Array.from({ length: 3 }, () => stage.start());
    await Promise.all(replicas.map((replica) => replica.event('listening')));
    await eventuallyWithin(10_000, () => expect(replicas.some(polls)).toBe(true));
    const load = new ChatLoad(stage, { pauseMs: 200 });
    const startedAt = Date.now();
    for (const chatId of stage.chats) for (let n = 0; n < 4; n += 1) load.ask(chatId);
    await load.settle(30_000);

    const { asked, answered, repeats, disordered } = load.report();
    const seconds = (Date.now() - startedAt) / 1000;
    tell('3 replicas within the limits', {
      questions: asked,
      answered,
      'messages in the fullest second': load.mostWithin(1000),
      'refused with 429': refusedWith(429).length,
      's in all': seconds,
    });
    expect(refusedWith(429)).toEqual([]);
    // Each by itself would have been through in a third of that.
    expect(seconds).toBeGreaterThan((asked - 30) / 30);
    expect({ repeats, disordered }).toEqual({ repeats: [], disordered: [] });
  }, 60_000);
});
