import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../stand/accounting/faults';
import { eventually } from './support/eventually';
import { startWorld, TEST_API_KEY, TEST_MANAGER, type World } from './support/world';

const ANNA = 77;
const BORIS = 78;

describe('While 1C is away', () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  async function say(text: string, person = ANNA): Promise<string> {
    world.telegram.user(person).send(text);
    return (await world.telegram.user(person).nextMessage()).text ?? '';
  }

  const asked = (operation: string) => world.accounting.requests.filter((request) => request.operation === operation);

  it.each<[string, Fault]>([
    ['answers 503', { mode: 'status', status: 503 }],
    ['answers 500', { mode: 'status', status: 500 }],
    ['answers 429', { mode: 'status', status: 429 }],
    ['hangs', { mode: 'hang' }],
    ['answers with a page of its web server', { mode: 'html' }],
    ['answers with a page and 404', { mode: 'html', status: 404 }],
    ['breaks its JSON off', { mode: 'broken-json' }],
    ['answers outside the contract', { mode: 'wrong-schema' }],
    ['resets the connection', { mode: 'reset' }],
  ])('and %s, it is asked three times with one request id, and the trouble names the manager', async (_, fault) => {
    await say('/start');
    await world.accounting.faults.set({ ...fault, operation: 'stock' });
    const answer = await say('есть BP-4500/2?');
    expect(answer).toContain('Учётная система сейчас не отвечает');
    expect(answer).toContain('Ваш менеджер: Ковалёва');
    // The stand notes a request when it has ended, which for one that hangs is a moment after the bot gave it up.
    await eventually(() => expect(asked('stock')).toHaveLength(3));
    expect(new Set(asked('stock').map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('and its port is closed, the trouble names MANAGER_CONTACT to a chat that was never known', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    const answer = await say('есть BP-4500/2?');
    expect(answer).toContain('Учётная система сейчас не отвечает');
    expect(answer).toContain(TEST_MANAGER);
    expect(world.accounting.requests).toEqual([]);
  });

  it('and comes back within the attempts, nobody notices', async () => {
    await say('/start');
    await world.accounting.faults.set({ mode: 'status', status: 503, operation: 'stock', times: 2 });
    expect(await say('есть BP-4500/2?')).toMatch(/В наличии|Нет в наличии/);
    expect(asked('stock').map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it('and comes back later, the same question is answered', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    await say('есть BP-4500/2?');
    await world.accounting.faults.clear();
    expect(await say('есть BP-4500/2?')).toMatch(/В наличии|Нет в наличии/);
  });

  it('and asks to wait longer than the deadline, the trouble is told at once', async () => {
    await say('/start');
    await world.accounting.faults.set({ mode: 'status', status: 503, retryAfter: 60, operation: 'stock' });
    const startedAt = Date.now();
    expect(await say('есть BP-4500/2?')).toContain('не отвечает');
    expect(Date.now() - startedAt).toBeLessThan(2000);
    expect(asked('stock')).toHaveLength(1);
  });

  it('for one topic only, the other one is answered all the same', async () => {
    await world.accounting.faults.set({ mode: 'status', status: 503, operation: 'payments' });
    const answer = await say('что с заказом 123 и когда за него деньги?');
    expect(answer).toContain('00-00000123');
    expect(answer).toContain('не отвечает');
  });

  it('what is cached is still told', async () => {
    await say('есть BP-4500/2?');
    await world.accounting.faults.set({ mode: 'refused' });
    expect(await say('есть BP-4500/2?')).toMatch(/В наличии|Нет в наличии/);
  });

  it('what is known from before is told with its age, past its time as well', async () => {
    await world.stop();
    world = await startWorld({ cacheControl: { stock: 'public, max-age=1', identify: 'private, max-age=1' } });
    await say('есть BP-4500/2?');
    await pause(1100);
    await world.accounting.faults.set({ mode: 'refused' });
    const answer = await say('есть BP-4500/2 и АРТ-100?');
    expect(answer).toMatch(/BP-4500\/2[\s\S]*(В наличии|Нет в наличии)/);
    expect(answer).toContain('последнее, что известно');
    expect(answer).toContain('Пока нет ответа по: АРТ-100');
  });

  it('an English profile hears it in English', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    expect(await say('how many SKU-90871', 79)).toContain('accounting system');
  });

  it('one stuck question does not hold another chat', async () => {
    await say('/start', ANNA);
    await say('есть АРТ-100?', BORIS);
    await world.accounting.faults.set({ mode: 'hang', operation: 'stock' });
    world.telegram.user(ANNA).send('есть BP-4500/2?');
    const startedAt = Date.now();
    expect(await say('есть АРТ-100?', BORIS)).toMatch(/В наличии|Нет в наличии/);
    expect(Date.now() - startedAt).toBeLessThan(300);
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('не отвечает');
  });

  it('the messages of one chat are answered in their order', async () => {
    await say('/start');
    await world.accounting.faults.set({ mode: 'none', latencyMs: 200, operation: 'stock', times: 1 });
    const user = world.telegram.user(ANNA);
    user.send('есть BP-4500/2?');
    user.send('спасибо');
    expect((await user.nextMessage()).text).toContain('BP-4500/2');
    expect((await user.nextMessage()).text).toContain('Пожалуйста');
  });
});

describe('A wrong key of the accounting system', () => {
  it('is not tried again, and fails readiness', async () => {
    const world = await startWorld({ env: { ONEC_API_KEY: 'not-the-key' } });
    const user = world.telegram.user(ANNA);
    user.send('есть BP-4500/2?');
    const { text } = await user.nextMessage();
    expect(text).toContain('не отвечает');
    expect(text).toContain(TEST_MANAGER);
    expect(world.accounting.requests.map(({ status }) => status)).toEqual([403]);
    const ready = await fetch(`${world.url}/health/ready`);
    expect(ready.status).toBe(503);
    const body = await ready.text();
    expect(body).toContain('forbidden');
    expect(body).not.toContain(TEST_API_KEY);
    await world.stop();
  });
});

describe('An accounting system that lacks an operation', () => {
  it('is not offered for it', async () => {
    const world = await startWorld({ operations: ['ping', 'identify', 'stock', 'prices', 'products', 'orders'] });
    const user = world.telegram.user(ANNA);
    user.send('когда деньги?');
    expect((await user.nextMessage()).text).toContain('недоступен');
    user.send('/start');
    expect((await user.nextMessage()).text).not.toContain('оплат');
    expect(user.keyboard.map(({ text }) => text)).not.toContain('Оплаты');
    await world.stop();
  });
});
