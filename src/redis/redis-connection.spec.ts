import { inspect } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { LuaScript } from './lua-script';
import { COMMAND_DEADLINE_MS, RedisConnection, SHORT_DEADLINE_MS } from './redis-connection';
import { RedisUnavailableError } from './redis-unavailable.error';
import { elapsed, eventually } from './testing/eventually';
import { describeWithRedis, RedisServer } from './testing/redis-server';
import { SlowProxy } from './testing/slow-proxy';
import { useRedis } from './testing/use-redis';

describeWithRedis(RedisConnection.name, () => {
  const suite = useRedis();
  let opened: RedisConnection[];
  let logged: string;

  beforeEach(() => {
    opened = [];
    logged = '';
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...[entry]: unknown[]) => {
        logged += `${level} ${inspect(entry)}\n`;
      });
    }
  });

  const open = async (url?: string): Promise<RedisConnection> => {
    const redis = await suite.connect(url);
    opened.push(redis);
    return redis;
  };
  const ping = (redis: RedisConnection) => redis.run((client) => client.ping());
  const isUp = (redis: RedisConnection) => () => redis.state.state === 'up';
  const isDown = (redis: RedisConnection) => () => redis.state.state === 'down';

  it('answers, and tells since when', async () => {
    const before = Date.now();
    const redis = await open();
    expect(redis.state).toEqual({ state: 'up', since: expect.any(Number) as number });
    expect(redis.state.since).toBeGreaterThanOrEqual(before);
    await expect(ping(redis)).resolves.toBe('PONG');
  });

  it('tells the operator once of a server that is unfit for queues', async () => {
    const redis = await open();
    await eventually(() => logged.includes('appendonly yes'));
    const mentions = () => logged.split('appendonly yes').length - 1;
    await redis.run((client) => client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'no')).catch(() => undefined);
    await eventually(() => logged.split('Redis answers').length > 2);
    await pause(50);
    expect(mentions()).toBe(1);
  });

  it('comes up without Redis, says what to do without the password, and works when Redis is there', async () => {
    const late = await RedisServer.start(['--requirepass', 'pass-word']);
    await late.kill();
    const url = `redis://:pass-word@127.0.0.1:${late.port}/0`;
    expect(await elapsed(() => open(url))).toBeLessThan(1000);
    const [redis] = opened;
    expect(redis!.state).toMatchObject({ state: 'down', reason: expect.stringContaining('ECONNREFUSED') as string });
    await expect(ping(redis!)).rejects.toBeInstanceOf(RedisUnavailableError);
    expect(logged).toContain('check REDIS_URL');
    await late.start();
    await eventually(isUp(redis!));
    await expect(ping(redis!)).resolves.toBe('PONG');
    expect(logged).toContain(`127.0.0.1:${late.port}`);
    expect(logged).not.toContain('pass-word');
    redis!.close();
    await late.stop();
  });

  it('keeps a refused password to itself', async () => {
    const locked = await RedisServer.start(['--requirepass', 'right']);
    const redis = await open(`redis://:wrong-one@127.0.0.1:${locked.port}/0`);
    await eventually(() => /WRONGPASS|NOAUTH/.test(redis.state.reason ?? ''));
    const error = await ping(redis).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(inspect(error, { depth: 10 }) + logged).not.toContain('wrong-one');
    redis.close();
    await locked.stop();
  });

  it('fails within the deadline while Redis is frozen, soon at once, and goes on afterwards', async () => {
    const redis = await open();
    suite.server.freeze();
    try {
      const first = await elapsed(() => ping(redis));
      expect(first).toBeGreaterThan(COMMAND_DEADLINE_MS - 20);
      expect(first).toBeLessThan(COMMAND_DEADLINE_MS + 150);
      expect(isDown(redis)()).toBe(true);
      expect(await elapsed(() => ping(redis))).toBeLessThan(20);
      // Long enough for the connection to be given up.
      await pause(3000);
    } finally {
      suite.server.thaw();
    }
    expect(await eventually(isUp(redis))).toBeLessThan(3000);
    await expect(ping(redis)).resolves.toBe('PONG');
  });

  it('lets nobody wait who can do without while Redis is slow', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const redis = await open(proxy.url);
    const optional = () => redis.run((client) => client.ping(), { deadlineMs: SHORT_DEADLINE_MS });
    await expect(optional()).resolves.toBe('PONG');
    proxy.latencyMs = 100;
    expect(await elapsed(optional)).toBeGreaterThan(SHORT_DEADLINE_MS - 20);
    const until = performance.now() + 1500;
    while (performance.now() < until) {
      expect(await elapsed(optional)).toBeLessThan(20);
      await pause(50);
    }
    await expect(ping(redis)).resolves.toBe('PONG');
    proxy.latencyMs = 0;
    await eventually(() => optional().then(Boolean, () => false));
    await expect(optional()).resolves.toBe('PONG');
    redis.close();
    await proxy.close();
  });

  it('takes a slow Redis for one that is away, and a quick one again for one that is there', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const redis = await open(proxy.url);
    proxy.latencyMs = 300;
    await eventually(isDown(redis), 3000);
    expect(await elapsed(() => ping(redis))).toBeLessThan(20);
    proxy.latencyMs = 0;
    await eventually(isUp(redis), 3000);
    await expect(ping(redis)).resolves.toBe('PONG');
    redis.close();
    await proxy.close();
  });

  it('connects again after its connections were cut, and hears what is published', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const redis = await open(proxy.url);
    const heard: string[] = [];
    let resubscribed = 0;
    redis.onResubscribed(() => (resubscribed += 1));
    redis.subscribe('news', (message) => heard.push(message));
    await eventually(() => resubscribed === 1);
    proxy.cut();
    await eventually(() => resubscribed === 2);
    await eventually(isUp(redis));
    await redis.run((client) => client.publish('news', 'again'));
    await eventually(() => heard.length > 0);
    expect(heard).toEqual(['again']);
    redis.close();
    await proxy.close();
  });

  it('hands over an answer that came late', async () => {
    const proxy = await SlowProxy.to(suite.server.port);
    const redis = await open(proxy.url);
    proxy.latencyMs = 60;
    const late: string[] = [];
    const answer = redis.run((client) => client.echo('hello'), { deadlineMs: 50, late: (value) => late.push(value) });
    await expect(answer).rejects.toThrow('within 50 ms');
    await eventually(() => late.length > 0);
    expect(late).toEqual(['hello']);
    redis.close();
    await proxy.close();
  });

  it('does not take its own being busy for a slow Redis', async () => {
    const redis = await open();
    const answer = ping(redis);
    const until = performance.now() + 2 * COMMAND_DEADLINE_MS;
    while (performance.now() < until);
    await expect(answer).resolves.toBe('PONG');
  });

  it('sends a script that a restarted Redis does not know', async () => {
    const redis = await open();
    const script = new LuaScript(`return KEYS[1] .. ARGV[1]`);
    const run = () => redis.run((client) => script.run(client, ['a'], ['b']));
    await expect(run()).resolves.toBe('ab');
    await redis.run((client) => client.script('FLUSH'));
    await expect(run()).resolves.toBe('ab');
  });

  it('fails for good once it is closed', async () => {
    const redis = await open();
    redis.close();
    await expect(ping(redis)).rejects.toBeInstanceOf(RedisUnavailableError);
    expect(isDown(redis)()).toBe(true);
  });
});
