import { setTimeout as pause } from 'node:timers/promises';
import { AlwaysLease } from './lease';
import type { RedisConnection } from './redis-connection';
import { RedisLease } from './redis-lease';
import { eventually } from './testing/eventually';
import { describeWithRedis } from './testing/redis-server';
import { useRedis } from './testing/use-redis';

const TIMES = { lifetimeMs: 600, renewMs: 150, marginMs: 200, askMs: 50 };

describe(AlwaysLease.name, () => {
  it('is held until it is given back', async () => {
    const lease = new AlwaysLease();
    expect(lease.isHeld).toBe(false);
    const lost = await lease.acquire();
    expect(await lease.acquire()).toBe(lost);
    expect([lease.isHeld, lost.aborted]).toEqual([true, false]);
    await lease.release();
    expect([lease.isHeld, lost.aborted]).toEqual([false, true]);
  });

  it('is not taken by one who stops', async () => {
    await expect(new AlwaysLease().acquire(AbortSignal.abort(new Error('stops')))).rejects.toThrow('stops');
  });
});

describeWithRedis(RedisLease.name, () => {
  const suite = useRedis();

  const replica = async () => {
    const redis = await suite.connect();
    const lease = new RedisLease(redis, 'polling', TIMES);
    suite.atEnd(() => lease.release());
    return { redis, lease };
  };
  /** The process is gone: it renews nothing and gives nothing back. */
  const kill = ({ redis }: { redis: RedisConnection }) => redis.close();

  it('is held by one of many, for longer than it lives without being renewed', async () => {
    const all = await Promise.all([replica(), replica(), replica()]);
    const lost = await Promise.race(all.map(({ lease }) => lease.acquire()));
    for (let round = 0; round < 20; round += 1) {
      await pause(75);
      expect(all.filter(({ lease }) => lease.isHeld)).toHaveLength(1);
    }
    expect(lost.aborted).toBe(false);
  });

  it('passes on at once when it is given back', async () => {
    const [first, second] = [await replica(), await replica()];
    const lost = await first.lease.acquire();
    const waiting = second.lease.acquire();
    await pause(100);
    expect(second.lease.isHeld).toBe(false);
    await first.lease.release();
    expect(lost.aborted).toBe(true);
    await waiting;
    expect(second.lease.isHeld).toBe(true);
  });

  it('passes on when its holder has died, and the holder has let go before', async () => {
    const [first, second] = [await replica(), await replica()];
    const lost = await first.lease.acquire();
    let lostAt = Infinity;
    lost.addEventListener('abort', () => (lostAt = performance.now()));
    const died = performance.now();
    kill(first);
    await second.lease.acquire();
    const takenAt = performance.now();
    expect(takenAt - died).toBeLessThan(TIMES.lifetimeMs + TIMES.askMs + 300);
    expect(lostAt).toBeLessThan(takenAt);
  });

  it('is let go in time by a holder that cannot renew it, and taken again when Redis is back', async () => {
    const { lease } = await replica();
    const lost = await lease.acquire();
    const frozenAt = performance.now();
    suite.server.freeze();
    try {
      await eventually(() => lost.aborted, 2000);
      expect(performance.now() - frozenAt).toBeLessThan(TIMES.lifetimeMs - 50);
      expect(lease.isHeld).toBe(false);
    } finally {
      suite.server.thaw();
    }
    const again = await lease.acquire();
    expect(again).not.toBe(lost);
    expect(again.aborted).toBe(false);
  });

  it('is not disturbed by a Redis that comes back empty in time', async () => {
    const [first, second] = [await replica(), await replica()];
    const lost = await first.lease.acquire();
    await suite.server.empty();
    await eventually(async () => (await first.redis.run((redis) => redis.keys('*lease*'))).length === 1);
    const stop = new AbortController();
    const waiting = second.lease.acquire(stop.signal);
    await pause(TIMES.lifetimeMs);
    expect(lost.aborted).toBe(false);
    stop.abort(new Error('stops'));
    await expect(waiting).rejects.toThrow();
  });

  it('is waited for while Redis is away', async () => {
    const { lease } = await replica();
    await suite.server.kill();
    const waiting = lease.acquire();
    await pause(300);
    expect(lease.isHeld).toBe(false);
    await suite.server.start();
    const lost = await waiting;
    expect(lost.aborted).toBe(false);
  });
});
