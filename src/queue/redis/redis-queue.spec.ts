import { setTimeout as pause } from 'node:timers/promises';
import type { RedisConnection } from '../../redis/redis-connection';
import { elapsed, eventually } from '../../redis/testing/eventually';
import { describeWithRedis, RedisServer } from '../../redis/testing/redis-server';
import { SlowProxy } from '../../redis/testing/slow-proxy';
import { useRedis } from '../../redis/testing/use-redis';
import { type ClaimedItem, type NewItem, QueueUnavailableError } from '../durable-queue';
import { RedisHandover } from './redis-handover';
import { RedisQueue, type RedisQueueTimes } from './redis-queue';

interface Body {
  text: string;
}

const TIMES: RedisQueueTimes = { leaseMs: 600, renewMs: 150, pollMs: 100, graceMs: 1000 };
const NEVER = 60_000;

describeWithRedis(RedisQueue.name, () => {
  const suite = useRedis();
  let opened: { redis: RedisConnection; queue: RedisQueue<Body> }[];

  beforeEach(() => {
    opened = [];
  });

  const replica = async (times: Partial<RedisQueueTimes> = {}, { url = suite.server.url, name = 'test' } = {}) => {
    const redis = await suite.connect(url);
    const queue = new RedisQueue<Body>(redis, name, { ...TIMES, ...times });
    await queue.open();
    suite.atEnd(() => queue.close());
    const created = { redis, queue };
    opened.push(created);
    return created;
  };
  const item = (id: string, lane = 'a', priority?: NewItem<Body>['priority']): NewItem<Body> => ({
    id,
    lane,
    body: { text: id },
    ...(priority && { priority }),
  });
  const ids = (items: readonly ClaimedItem<Body>[]) => items.map(({ id }) => id);
  /** The process is gone: nothing is given back, nothing renewed. */
  const kill = ({ redis }: { redis: RedisConnection }) => redis.close();
  const keys = async (pattern: string) => {
    const { redis } = opened[0]!;
    return redis.run((client) => client.keys(pattern));
  };

  describe('with several replicas', () => {
    it('gives each item once and each lane in its order, one at a time', async () => {
      const replicas = await Promise.all([replica(), replica(), replica()]);
      const lanes = 20;
      const perLane = 20;
      for (let at = 0; at < perLane; at += 1) {
        await replicas[at % 3]!.queue.add(
          Array.from({ length: lanes }, (_, lane) => item(`${lane}/${at}`, `lane ${lane}`)),
        );
      }
      const busy = new Set<string>();
      const seen = new Map<string, string[]>();
      let done = 0;
      const work = async ({ queue }: { queue: RedisQueue<Body> }) => {
        while (done < lanes * perLane) {
          const items = await queue.claim(5);
          if (items.length === 0) await pause(1);
          for (const { id, lane } of items) {
            expect(busy.has(lane)).toBe(false);
            busy.add(lane);
            seen.set(lane, [...(seen.get(lane) ?? []), id]);
          }
          await Promise.all(
            items.map(async ({ id, lane }) => {
              await pause(Math.random() * 3);
              busy.delete(lane);
              done += 1;
              await queue.done(id);
            }),
          );
        }
      };
      await Promise.all(replicas.map(work));
      for (let lane = 0; lane < lanes; lane += 1) {
        expect(seen.get(`lane ${lane}`)).toEqual(Array.from({ length: perLane }, (_, at) => `${lane}/${at}`));
      }
      expect(await replicas[0].queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    });

    it('stores an id once, whoever adds it', async () => {
      const replicas = await Promise.all([replica(), replica(), replica()]);
      const added = await Promise.all(replicas.map(({ queue }) => queue.add([item('1'), item('2', 'b')])));
      expect(added.reduce((sum, count) => sum + count)).toBe(2);
    });

    it('wakes the others when something was added, a lane became free or an item was given back', async () => {
      const [first, second] = [await replica({ pollMs: NEVER }), await replica({ pollMs: NEVER })];
      await pause(50);
      let woken = 0;
      second.queue.onReady(() => (woken += 1));
      const wakes = async (action: () => Promise<unknown>) => {
        woken = 0;
        await action();
        await eventually(() => woken > 0, 500);
        return woken;
      };
      expect(await wakes(() => first.queue.add([item('1'), item('2')]))).toBe(1);
      await first.queue.claim(1);
      expect(await wakes(() => first.queue.done('1'))).toBe(1);
      await first.queue.claim(1);
      expect(await wakes(() => first.queue.again('2', Date.now(), 'once more'))).toBe(1);
    });

    it('lets another replica have what was given back for a time, when it has come', async () => {
      const [first, second] = [await replica(), await replica()];
      await first.queue.add([item('1')]);
      await first.queue.claim(1);
      const at = Date.now() + 200;
      await first.queue.again('1', at, 'later');
      kill(first);
      let claimed: ClaimedItem<Body>[] = [];
      second.queue.onReady(() => void second.queue.claim(1).then((items) => (claimed = [...claimed, ...items])));
      await eventually(() => claimed.length > 0, 1000);
      expect(claimed).toMatchObject([{ id: '1', tries: 2 }]);
      expect(Date.now() - at).toBeGreaterThanOrEqual(-1);
      expect(Date.now() - at).toBeLessThan(300);
    });

    it('keeps the lease of work that takes long', async () => {
      const [first, second] = [await replica(), await replica()];
      await first.queue.add([item('1'), item('2')]);
      await first.queue.claim(1);
      const until = Date.now() + 3 * TIMES.leaseMs;
      while (Date.now() < until) {
        expect(await second.queue.claim(1)).toEqual([]);
        await pause(20);
      }
      await first.queue.done('1');
      expect(ids(await second.queue.claim(1))).toEqual(['2']);
    });

    it('takes over what a killed process held, in order, and counts the try', async () => {
      const [first, second] = [await replica(), await replica()];
      await first.queue.add([item('1'), item('2'), item('3', 'b')]);
      expect(ids(await first.queue.claim(10))).toEqual(['1', '3']);
      kill(first);
      const claimed: ClaimedItem<Body>[] = [];
      const waited = await eventually(async () => {
        claimed.push(...(await second.queue.claim(10)));
        return claimed.length === 2;
      });
      expect(waited).toBeLessThan(TIMES.leaseMs + TIMES.pollMs + 300);
      expect(claimed).toMatchObject([
        { id: '1', tries: 2 },
        { id: '3', tries: 2 },
      ]);
      await second.queue.done('1');
      expect(ids(await second.queue.claim(10))).toEqual(['2']);
    });

    it('wakes others when a suspect has ended, whose turn it is to be worked on alone', async () => {
      const first = await replica();
      await first.queue.add([item('1', 'a'), item('2', 'b'), item('3', 'c')]);
      await first.queue.claim(3);
      let last = first;
      for (let death = 0; death < 2; death += 1) {
        kill(last);
        last = await replica({ pollMs: NEVER });
        await pause(TIMES.leaseMs * 1.2);
        if (death === 0) await last.queue.claim(3);
      }
      const other = await replica({ pollMs: NEVER });
      await pause(50);
      let woken = 0;
      other.queue.onReady(() => (woken += 1));
      expect(ids(await last.queue.claim(3))).toEqual(['1']);
      expect(await other.queue.claim(3)).toEqual([]);
      await last.queue.done('1');
      await eventually(() => woken > 0, 500);
      expect(ids(await other.queue.claim(3))).toEqual(['2']);
      woken = 0;
      await other.queue.again('2', Date.now() + 60_000, 'later');
      await eventually(() => woken > 0, 500);
      expect(ids(await last.queue.claim(3))).toEqual(['3']);
    });

    it('does not let a process end what another has taken over', async () => {
      const [first, second] = [await replica({ renewMs: NEVER }), await replica()];
      await first.queue.add([item('1')]);
      await first.queue.claim(1);
      await pause(TIMES.leaseMs + 50);
      expect(ids(await second.queue.claim(1))).toEqual(['1']);
      await first.queue.done('1');
      await first.queue.again('1', Date.now(), 'late');
      await first.queue.dead('1', 'late');
      expect(await second.queue.counts()).toEqual({ waiting: 0, claimed: 1, dead: 0 });
      await second.queue.done('1');
      expect(await second.queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    });

    it('takes as done what nobody has taken over yet', async () => {
      const { queue } = await replica({ renewMs: NEVER });
      await queue.add([item('1')]);
      await queue.claim(1);
      await pause(TIMES.leaseMs + 50);
      await queue.done('1');
      expect(await queue.claim(1)).toEqual([]);
    });
  });

  describe('what ended past it', () => {
    it('is not given out by another replica, though a frozen Redis stores it after the thaw', async () => {
      const [first, second] = [await replica(), await replica()];
      suite.server.freeze();
      await expect(first.queue.add([item('1'), item('2', 'b')])).rejects.toBeInstanceOf(QueueUnavailableError);
      await expect(first.queue.done('1')).rejects.toBeInstanceOf(QueueUnavailableError);
      suite.server.thaw();
      await eventually(() => second.queue.counts().then(Boolean, () => false));
      expect(ids(await second.queue.claim(10))).toEqual(['2']);
      expect(await second.queue.add([item('1')])).toBe(0);
    });

    it('is told again where the connection was lost with it', async () => {
      const [first, second] = [await replica({ pollMs: NEVER }), await replica({ pollMs: NEVER })];
      await second.queue.add([item('1'), item('2')]);
      const proxy = await SlowProxy.to(suite.server.port);
      const cut = await replica({ pollMs: NEVER, renewMs: NEVER }, { url: proxy.url });
      proxy.latencyMs = 10_000;
      await expect(cut.queue.done('1')).rejects.toBeInstanceOf(QueueUnavailableError);
      proxy.latencyMs = 0;
      proxy.cut();
      await eventually(async () => (await first.queue.laneLength('a')) === 1);
      expect(ids(await first.queue.claim(10))).toEqual(['2']);
      await proxy.close();
    });

    it('goes when whoever held it meanwhile gives it back', async () => {
      const [first, second] = [await replica(), await replica()];
      await first.queue.add([item('1'), item('2')]);
      await second.queue.claim(1);
      await first.queue.done('1');
      await second.queue.again('1', Date.now(), 'the answer to the claim came late');
      expect(ids(await first.queue.claim(10))).toEqual(['2']);
      await first.queue.done('2');
      expect(await first.queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    });
  });

  describe('while Redis is frozen', () => {
    it('rejects within the deadline, and goes on afterwards', async () => {
      const { queue } = await replica();
      await queue.add([item('1')]);
      suite.server.freeze();
      for (const action of [() => queue.add([item('2')]), () => queue.claim(1), () => queue.counts()]) {
        const failure = action();
        expect(await elapsed(() => failure)).toBeLessThan(500);
        await expect(failure).rejects.toBeInstanceOf(QueueUnavailableError);
      }
      suite.server.thaw();
      await eventually(() => queue.counts().then(Boolean, () => false));
      await queue.add([item('2'), item('3')]);
      const claimed: string[] = [];
      await eventually(async () => {
        for (const { id } of await queue.claim(10)) {
          claimed.push(id);
          await queue.done(id);
        }
        return claimed.length === 3;
      });
      expect(claimed).toEqual(['1', '2', '3']);
    });

    it('does not let an item be done twice that ended meanwhile', async () => {
      const [first, second] = [await replica(), await replica()];
      await first.queue.add([item('1'), item('2')]);
      await first.queue.claim(1);
      suite.server.freeze();
      await expect(first.queue.done('1')).rejects.toBeInstanceOf(QueueUnavailableError);
      // Longer than the lease, and than a connection is kept.
      await pause(3000);
      suite.server.thaw();
      const claimed: string[] = [];
      await eventually(async () => {
        for (const { queue } of [second, first]) claimed.push(...ids(await queue.claim(10).catch(() => [])));
        return claimed.length > 0;
      });
      expect(claimed).toEqual(['2']);
      // The other may have been back before this one.
      await eventually(() =>
        first.queue.done('1').then(
          () => true,
          () => false,
        ),
      );
    });

    it('never hands out here again what ended here', async () => {
      const { queue, redis } = await replica({ renewMs: NEVER });
      await queue.add([item('1')]);
      await queue.claim(1);
      suite.server.freeze();
      await expect(queue.again('1', Date.now(), 'later')).rejects.toBeInstanceOf(QueueUnavailableError);
      await pause(TIMES.leaseMs);
      suite.server.thaw();
      await eventually(() => redis.state.state === 'up');
      await pause(TIMES.leaseMs);
      expect(await queue.claim(1)).toEqual([]);
      // Its caller tries again, and the item can be claimed for its next try.
      await queue.again('1', Date.now(), 'later');
      expect(ids(await queue.claim(1))).toEqual(['1']);
    });
  });

  it('gives back at once what was claimed by an answer that came late', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const slow = await replica({ renewMs: NEVER, leaseMs: NEVER }, { url: proxy.url });
    const quick = await replica();
    await quick.queue.add([item('1')]);
    proxy.latencyMs = 200;
    await expect(slow.queue.claim(1)).rejects.toBeInstanceOf(QueueUnavailableError);
    proxy.latencyMs = 0;
    const claimed: ClaimedItem<Body>[] = [];
    await eventually(async () => {
      claimed.push(...(await quick.queue.claim(1)));
      return claimed.length > 0;
    });
    expect(claimed).toMatchObject([{ id: '1', tries: 1 }]);
    kill(slow);
    await proxy.close();
  });

  it('goes on with a Redis that was killed and comes back empty', async () => {
    const [first, second] = [await replica({ pollMs: NEVER }), await replica({ pollMs: NEVER })];
    let woken = 0;
    second.queue.onReady(() => (woken += 1));
    await first.queue.add([item('1')]);
    await first.queue.claim(1);
    await suite.server.kill();
    await expect(first.queue.add([item('2')])).rejects.toBeInstanceOf(QueueUnavailableError);
    await suite.server.start();
    await eventually(() => first.queue.counts().then(Boolean, () => false));
    // What was under way ends without complaint.
    await first.queue.done('1');
    await eventually(() => second.queue.counts().then(Boolean, () => false));
    await pause(200);
    woken = 0;
    await first.queue.add([item('2')]);
    await eventually(() => woken > 0, 1000);
    expect(ids(await second.queue.claim(10))).toEqual(['2']);
  });

  it('says so where Redis has no memory left, and confirms nothing', async () => {
    const small = await RedisServer.start(['--maxmemory', '3mb', '--maxmemory-policy', 'noeviction']);
    const { queue } = await replica({}, { url: small.url });
    const large = { text: 'x'.repeat(300_000) };
    let stored = 0;
    const fill = async () => {
      for (; stored < 100; stored += 1) await queue.add([{ id: String(stored), lane: 'a', body: large }]);
    };
    const failure = await fill().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(QueueUnavailableError);
    expect((failure as Error).message).toMatch(/OOM/);
    expect(await queue.laneLength('a')).toBe(stored);
    expect(queue.writeFailure()?.reason).toMatch(/OOM/);
    await small.empty();
    expect(await queue.claim(1)).toEqual([]);
    expect(queue.writeFailure()).toBeUndefined();
    await queue.close();
    await small.stop();
  });

  it('passes over an item that somebody has deleted in Redis', async () => {
    const { queue, redis } = await replica();
    await queue.add([item('1'), item('2'), item('3', 'b')]);
    await redis.run((client) => client.unlink('supplier-bot:{queues}:test:item:1'));
    expect(ids(await queue.claim(10))).toEqual(['2', '3']);
  });

  it('leaves of what is done only its id, for a day', async () => {
    const { queue, redis } = await replica();
    await queue.add([item('1'), item('2', 'b')]);
    for (const { id } of await queue.claim(2)) await queue.done(id);
    const left = (await keys('*:test:*')).sort();
    expect(left).toEqual(
      ['beat', 'known:1', 'known:2', 'seq', 'size'].map((name) => `supplier-bot:{queues}:test:${name}`),
    );
    const ttl = await redis.run((client) => client.pttl('supplier-bot:{queues}:test:known:1'));
    expect(ttl).toBeGreaterThan(86_300_000);
    expect(ttl).toBeLessThanOrEqual(86_400_000);
  });

  it('keeps the dead for a week with their bodies, the last thousand of them', async () => {
    const { queue, redis } = await replica();
    await queue.add(Array.from({ length: 1010 }, (_, at) => item(String(at), `lane ${at}`)));
    for (const { id } of await queue.claim(2000)) await queue.dead(id, 'Error: poison');
    expect(await queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 1000 });
    expect(await keys('*:test:dead:*')).toHaveLength(1000);
    expect(await queue.listDead(5000)).toHaveLength(1000);
    const key = `supplier-bot:{queues}:test:dead:1009`;
    expect(await redis.run((client) => client.hget(key, 'body'))).toBe('{"text":"1009"}');
    expect(await redis.run((client) => client.pttl(key))).toBeGreaterThan(6.9 * 86_400_000);
  });

  describe(RedisHandover.name, () => {
    it('stores the messages and ends the update in one step', async () => {
      const inbox = await replica();
      const outbox = await replica({}, { name: 'outbox' });
      const handover = new RedisHandover(inbox.queue as never, outbox.queue as never);
      await inbox.queue.add([item('u1'), item('u2')]);
      await inbox.queue.claim(1);
      const messages = [item('u1/0'), item('u1/1')] as never;
      await handover.finish('u1', messages);
      expect(await outbox.queue.laneLength('a')).toBe(2);
      expect(ids(await inbox.queue.claim(1))).toEqual(['u2']);
      // As the runner does when the work has resolved, and as a second try would.
      await inbox.queue.done('u1');
      await handover.finish('u1', messages);
      expect(await outbox.queue.laneLength('a')).toBe(2);
      await handover.finish('u2', []);
      expect(await inbox.queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    });

    it('stores nothing while Redis is away', async () => {
      const inbox = await replica();
      const outbox = await replica({}, { name: 'outbox' });
      const handover = new RedisHandover(inbox.queue as never, outbox.queue as never);
      await inbox.queue.add([item('u1')]);
      await inbox.queue.claim(1);
      await suite.server.kill();
      await expect(handover.finish('u1', [])).rejects.toBeInstanceOf(QueueUnavailableError);
      await suite.server.start();
      await eventually(() => outbox.queue.counts().then(Boolean, () => false));
      expect(await outbox.queue.laneLength('a')).toBe(0);
    });
  });
});
