import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Reception } from '../src/bot/reception/reception.service';
import { eventually } from './support/eventually';
import { startWorld, TEST_TOKEN, type World } from './support/world';

const ANNA = 77;
const SECRET = 'secret-of-the-webhook_1';
const PATH = '/telegram/updates';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe('Webhook mode', () => {
  let world: World;
  let hook: string;

  async function start(env: Record<string, string> = {}): Promise<void> {
    const port = await freePort();
    hook = `http://127.0.0.1:${port}${PATH}`;
    world = await startWorld({
      port,
      env: {
        TELEGRAM_MODE: 'webhook',
        TELEGRAM_WEBHOOK_URL: hook,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
        ...env,
      },
    });
    await eventually(() => expect(methods('getWebhookInfo')).not.toHaveLength(0));
  }

  const methods = (name: string) => world.telegram.calls.filter(({ method }) => method === name);
  const bring = (update: unknown, secret = SECRET, method = 'POST') =>
    fetch(hook, {
      method,
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      ...(method === 'POST' ? { body: JSON.stringify(update) } : {}),
    });

  beforeEach(() => start());
  afterEach(() => world.stop());

  it('is registered with its secret, and answers what Telegram brings', async () => {
    await eventually(() => expect(methods('setWebhook')).toHaveLength(1));
    expect(methods('setWebhook')[0]?.payload).toMatchObject({ url: hook, secret_token: SECRET, max_connections: 40 });
    world.telegram.user(ANNA).send('есть BP-4500/2?');
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('BP-4500/2');
    expect(methods('getUpdates')).toEqual([]);
  });

  it('is not registered again where Telegram knows it', async () => {
    await eventually(() => expect(methods('setWebhook')).toHaveLength(1));
    const again = await startWorld({
      telegram: world.telegram,
      env: { TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_URL: hook, TELEGRAM_WEBHOOK_SECRET: SECRET },
    });
    await eventually(() => expect(methods('getWebhookInfo').length).toBeGreaterThan(1));
    expect(methods('setWebhook')).toHaveLength(1);
    await again.stop();
  });

  it('is registered again when Telegram is refused, since the secret was changed', async () => {
    await eventually(() => expect(methods('setWebhook')).toHaveLength(1));
    const { telegram } = world;
    const port = await freePort();
    const url = `http://127.0.0.1:${port}${PATH}`;
    await fetch(`${telegram.url}/bot${TEST_TOKEN}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...methods('setWebhook')[0]!.payload,
        url,
        secret_token: 'the-one-before',
      }),
    });
    const env = { TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: SECRET };
    const changed = await startWorld({ telegram, port, env });
    try {
      const reception = changed.app.get(Reception, { strict: false });
      await eventually(() => expect(reception.snapshot().state).toBe('up'));
      await reception.lookAtTelegram();
      expect(methods('setWebhook')).toHaveLength(2);

      telegram.user(ANNA).send('есть BP-4500/2?');
      for (let n = 0; n < 100 && methods('setWebhook').length === 2; n += 1) {
        await pause(20);
        await reception.lookAtTelegram();
      }
      expect(methods('setWebhook')).toHaveLength(3);
      expect(methods('setWebhook')[2]?.payload).toMatchObject({ url, secret_token: SECRET });
      expect((await telegram.user(ANNA).nextMessage()).text).toContain('BP-4500/2');
      await reception.lookAtTelegram();
      expect(methods('setWebhook')).toHaveLength(3);
      expect(reception.snapshot().state).toBe('up');
    } finally {
      await changed.stop();
    }
  });

  it('refuses a wrong and a missing secret, other methods and what is no update', async () => {
    const update = {
      update_id: 1,
      message: { message_id: 1, date: 1, chat: { id: ANNA, type: 'private' }, text: 'x' },
    };
    expect((await bring(update, 'wrong')).status).toBe(403);
    expect((await fetch(hook, { method: 'POST', body: '{}' })).status).toBe(403);
    const get = await bring(null, SECRET, 'GET');
    expect(get.status).toBe(405);
    expect(get.headers.get('allow')).toBe('POST');
    expect((await bring({ hello: 'world' })).status).toBe(400);
    expect((await bring({ update_id: 1, filler: 'x'.repeat(2_000_000) })).status).toBe(413);
    expect((await fetch(`${hook}/beneath`, { method: 'POST' })).status).toBe(404);
  });

  it('answers an update once, however often it is brought', async () => {
    const update = {
      update_id: 900_000_001,
      message: {
        message_id: 500,
        date: 1_700_000_000,
        chat: { id: ANNA, type: 'private', first_name: 'Анна' },
        from: { id: ANNA, is_bot: false, first_name: 'Анна', language_code: 'ru' },
        text: 'есть АРТ-100?',
      },
    };
    world.telegram.user(ANNA).send('/start');
    await world.telegram.user(ANNA).nextMessage();
    const statuses = await Promise.all([1, 2, 3].map(async () => (await bring(update)).status));
    expect(statuses).toEqual([200, 200, 200]);
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('АРТ-100');
    world.telegram.user(ANNA).send('спасибо');
    expect((await world.telegram.user(ANNA).nextMessage()).text).toContain('Пожалуйста');
  });

  it('is not confused by polling having been used before, nor the other way round', async () => {
    await eventually(() => expect(methods('setWebhook')).toHaveLength(1));
    const { telegram } = world;
    const polling = await startWorld({ telegram });
    telegram.user(ANNA).send('есть BP-4500/2?');
    expect((await telegram.user(ANNA).nextMessage({ timeoutMs: 10_000 })).text).toContain('BP-4500/2');
    await polling.stop();
    const info = await fetch(`${telegram.url}/bot${TEST_TOKEN}/getWebhookInfo`);
    expect(((await info.json()) as { result: { url: string } }).result.url).toBe('');
  });
});
