import { type LocalTelegram, startTelegram } from '../server';
import { callBot } from '../spec-support';
import { type Fault, Faults } from './faults';

describe('faults of the Bot API', () => {
  let telegram: LocalTelegram;

  beforeEach(async () => {
    telegram = await startTelegram({ token: '123456:local' });
    telegram.user(77).send('привет');
  });

  afterEach(() => telegram.close());

  const write = () => callBot(telegram, 'sendMessage', { chat_id: 77, text: 'да' });
  const written = () => telegram.user(77).messages.length - 1;

  it('answer 429 as Telegram does, for as many calls as wanted', async () => {
    telegram.faults.set({ method: 'sendmessage', mode: 'status', status: 429, retryAfter: 7, times: 2 });
    const answer = {
      status: 429,
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    };
    await expect(write()).resolves.toEqual(answer);
    await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ ok: true });
    await expect(write()).resolves.toEqual(answer);
    await expect(write()).resolves.toMatchObject({ ok: true });
    expect(written()).toBe(1);
    expect(telegram.calls[0]).toMatchObject({ method: 'sendMessage', ok: false, errorCode: 429, fault: 'status' });
  });

  it('answer any status, of all methods, until they are cleared', async () => {
    telegram.faults.set({ mode: 'status', status: 502 });
    await expect(write()).resolves.toMatchObject({ status: 502, error_code: 502, description: 'Bad Gateway' });
    await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ status: 502 });
    telegram.faults.clear();
    await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ ok: true });
  });

  it('of one method go before those of all', async () => {
    telegram.faults.set({ mode: 'status', status: 500 });
    telegram.faults.set({ method: 'getMe', mode: 'status', status: 401 });
    await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ status: 401, description: 'Unauthorized' });
    telegram.faults.clear('getme');
    await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ status: 500 });
  });

  it('break the connection, before or after the method was done', async () => {
    telegram.faults.set({ method: 'sendMessage', mode: 'reset', times: 1 });
    await expect(write()).rejects.toThrow('fetch failed');
    expect(written()).toBe(0);
    telegram.faults.set({ method: 'sendMessage', mode: 'reset', when: 'after', times: 1 });
    await expect(write()).rejects.toThrow('fetch failed');
    expect(written()).toBe(1);
  });

  it('never answer', async () => {
    telegram.faults.set({ mode: 'hang' });
    const signal = AbortSignal.timeout(200);
    await expect(fetch(`${telegram.url}/bot123456:local/getMe`, { signal })).rejects.toThrow('timeout');
  });

  it('answer late', async () => {
    telegram.faults.set({ mode: 'latency', latencyMs: 150 });
    const started = Date.now();
    await expect(write()).resolves.toMatchObject({ ok: true });
    expect(Date.now() - started).toBeGreaterThanOrEqual(145);
  });
});

describe('Faults', () => {
  it('tells what is on and how many calls are left', () => {
    const faults = new Faults();
    faults.set({ method: 'getMe', mode: 'hang', times: 3 });
    faults.take('getMe');
    expect(faults.list()).toEqual([{ method: 'getMe', mode: 'hang', times: 2 }]);
  });

  it.each<[Partial<Record<keyof Fault, unknown>>, string]>([
    [{ mode: 'explode' }, 'fault mode must be one of status, hang, reset, latency'],
    [{ mode: 'latency' }, 'a fault of mode "latency" needs latencyMs, a positive number of milliseconds'],
    [{ mode: 'status', status: 200 }, 'fault status must be an HTTP status from 400 to 599'],
    [{ mode: 'hang', times: 0 }, 'fault times must be a positive whole number'],
    [{ mode: 'status', status: 429, retryAfter: -1 }, 'fault retryAfter must be a positive number of seconds'],
    [{ mode: 'reset', when: 'never' }, 'fault when must be "before" or "after"'],
  ])('refuses %j', (fault, message) => {
    expect(() => new Faults().set(fault as Fault)).toThrow(new RangeError(message));
  });
});
