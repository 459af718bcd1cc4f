import { eventually } from './support/eventually';
import { startWorld, TEST_TOKEN, type World } from './support/world';

const ANNA = 77;

describe('The reception of updates', () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  const api = async (method: string, payload: object) => {
    const response = await fetch(`${world.telegram.url}/bot${TEST_TOKEN}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    return (await response.json()) as { ok: boolean; result: unknown };
  };

  const ready = async () => {
    const response = await fetch(`${world.url}/health/ready`);
    return {
      status: response.status,
      body: (await response.json()) as { details: Record<string, { status: string }> },
    };
  };

  it('is ready when Telegram answers the polls', async () => {
    await eventually(() => expect(world.telegram.calls.map(({ method }) => method)).toContain('getUpdates'));
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body.details).toMatchObject({ onec: { status: 'up' }, telegram: { status: 'up' } });
  });

  it('publishes the commands in both languages', async () => {
    await eventually(() =>
      expect(world.telegram.calls.filter(({ method }) => method === 'setMyCommands')).toHaveLength(2),
    );
  });

  it('goes on after another process took the updates for a while', async () => {
    await eventually(() => expect(world.telegram.calls.map(({ method }) => method)).toContain('getUpdates'));
    await api('getUpdates', { timeout: 0, offset: -1 });
    world.telegram.user(ANNA).send('есть BP-4500/2?');
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('BP-4500/2');
  });

  it('goes on after failures of Telegram', async () => {
    world.telegram.faults.set({ method: 'getUpdates', mode: 'status', status: 502, times: 2 });
    world.telegram.user(ANNA).send('есть BP-4500/2?');
    expect((await world.telegram.user(ANNA).nextMessage({ timeoutMs: 10_000 })).text).toContain('BP-4500/2');
  });

  it('sends again what Telegram did not take: too many requests, and its own failure', async () => {
    world.telegram.faults.set({ method: 'sendMessage', mode: 'status', status: 429, retryAfter: 1, times: 1 });
    world.telegram.user(ANNA).send('есть BP-4500/2?');
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('BP-4500/2');
    world.telegram.faults.set({ method: 'sendMessage', mode: 'status', status: 502, times: 1 });
    world.telegram.user(ANNA).send('есть АРТ-100?');
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('АРТ-100');
  });

  it('answers others while one person has blocked the bot', async () => {
    const anna = world.telegram.user(ANNA);
    await world.accounting.faults.set({ mode: 'none', latencyMs: 200, operation: 'stock', times: 1 });
    anna.send('есть BP-4500/2?');
    anna.block();
    const boris = world.telegram.user(78);
    boris.send('есть АРТ-100?');
    expect((await boris.nextMessage()).text).toContain('АРТ-100');
    const refused = () =>
      world.telegram.calls.filter(({ method, errorCode }) => method === 'sendMessage' && errorCode === 403);
    await eventually(() => expect(refused()).toHaveLength(1));
    anna.unblock();
    anna.send('есть АРТ-100?');
    expect((await anna.nextMessage()).text).toContain('АРТ-100');
  });

  it('asks anew what was edited', async () => {
    const user = world.telegram.user(ANNA);
    const message = user.send('есть BP-4500/2222?');
    expect((await user.nextMessage()).text).toContain('не найден');
    user.edit(message, 'есть BP-4500/2?');
    expect((await user.nextMessage()).text).toContain('Артикул: BP-4500/2');
  });

  it('says what it cannot read', async () => {
    const user = world.telegram.user(ANNA);
    user.sendPhoto();
    expect((await user.nextMessage()).text).toMatch(/фото/i);
    user.sendVoice();
    expect((await user.nextMessage()).text).toMatch(/голос/i);
    user.sendSticker();
    expect((await user.nextMessage()).text).toMatch(/стикер/i);
    user.sendDocument('заказ.txt', 'BP-4500/2');
    expect((await user.nextMessage()).text).toMatch(/файл/i);
  });
});

describe('CHAT_RATE_LIMIT', () => {
  it('is told once, and leaves other chats alone', async () => {
    const world = await startWorld({ env: { CHAT_RATE_LIMIT: '2' } });
    const user = world.telegram.user(ANNA);
    for (let n = 0; n < 5; n += 1) user.send('спасибо');
    expect((await user.nextMessage()).text).toContain('Пожалуйста');
    expect((await user.nextMessage()).text).toContain('Пожалуйста');
    expect((await user.nextMessage()).text).toContain('Вопросов пришло очень много');
    world.telegram.user(78).send('спасибо');
    expect((await world.telegram.user(78).nextMessage()).text).toContain('Пожалуйста');
    expect(user.messages.filter(({ from }) => from.is_bot)).toHaveLength(3);
    await world.stop();
  });
});

describe('A webhook left from before', () => {
  it('is removed, since polling is what the settings say', async () => {
    const world = await startWorld({
      beforeApp: async (telegram) => {
        await fetch(`${telegram.url}/bot${TEST_TOKEN}/setWebhook?url=${encodeURIComponent('http://127.0.0.1:9/hook')}`);
        telegram.user(ANNA).send('есть BP-4500/2?');
      },
    });
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('BP-4500/2');
    await world.stop();
  });
});
