import { type Message } from '../../bot-api.types';
import { type LocalTelegram, startTelegram } from '../../server';
import { type BotAnswer, callBot } from '../../spec-support';

interface Update {
  update_id: number;
  message?: Message;
}

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local', firstUpdateId: 100 });
});

afterEach(() => telegram.close());

const getUpdates = (params: object = {}): Promise<BotAnswer<Update[]>> =>
  callBot<Update[]>(telegram, 'getUpdates', params);

const ids = async (params: object = {}): Promise<number[]> =>
  (await getUpdates(params)).result.map((update) => update.update_id);

const write = (...texts: string[]): void => texts.forEach((text) => telegram.user(77).send(text));

/** Waits until the server has parked the poll: its request is on the way over a real socket. */
const parked = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe('getUpdates', () => {
  it('hands out what a person wrote', async () => {
    write('/start да');
    expect((await getUpdates()).result).toEqual([
      {
        update_id: 100,
        message: {
          message_id: 1,
          from: {
            id: 77,
            is_bot: false,
            first_name: 'Анна',
            last_name: 'Смирнова',
            username: 'anna_svetoteh',
            language_code: 'ru',
          },
          chat: { id: 77, type: 'private', first_name: 'Анна', last_name: 'Смирнова', username: 'anna_svetoteh' },
          date: expect.any(Number) as number,
          text: '/start да',
          entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        },
      },
    ]);
  });

  it('keeps updates until a higher offset confirms them', async () => {
    write('а', 'б', 'в');
    await expect(ids()).resolves.toEqual([100, 101, 102]);
    await expect(ids({ offset: 100 })).resolves.toEqual([100, 101, 102]);
    await expect(ids({ offset: 102 })).resolves.toEqual([102]);
    await expect(ids({ offset: 0 })).resolves.toEqual([102]);
    await expect(ids({ offset: 103 })).resolves.toEqual([]);
  });

  it('keeps the newest of a negative offset and forgets the others', async () => {
    write('а', 'б', 'в');
    await expect(ids({ offset: -2 })).resolves.toEqual([101, 102]);
    await expect(ids()).resolves.toEqual([101, 102]);
    await expect(ids({ offset: -50 })).resolves.toEqual([101, 102]);
  });

  it('takes an offset far ahead for a mistake and forgets nothing', async () => {
    write('а');
    await expect(ids({ offset: 5_000 })).resolves.toEqual([100]);
  });

  it('gives at most 100, or the limit', async () => {
    write(...Array.from({ length: 105 }, String));
    await expect(ids()).resolves.toHaveLength(100);
    await expect(ids({ limit: 2 })).resolves.toEqual([100, 101]);
    await expect(ids({ limit: 5_000 })).resolves.toHaveLength(100);
  });

  it('answers a long poll as soon as something comes', async () => {
    const poll = ids({ timeout: 30 });
    await parked();
    const written = Date.now();
    write('а', 'б');
    await expect(poll).resolves.toEqual([100, 101]);
    expect(Date.now() - written).toBeLessThan(500);
  });

  it('answers a long poll with nothing when its time is over', async () => {
    const started = Date.now();
    await expect(ids({ timeout: 1 })).resolves.toEqual([]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(950);
  });

  it('does not forget, while it waits with a negative offset, what comes', async () => {
    const poll = ids({ offset: -1, timeout: 30 });
    await parked();
    write('а', 'б');
    await expect(poll).resolves.toEqual([100, 101]);
  });

  it('hands out only the types that the bot asked for, from then on', async () => {
    const anna = telegram.user(77);
    await getUpdates({ allowed_updates: ['callback_query'] });
    anna.send('а');
    await getUpdates();
    anna.send('б');
    await expect(ids()).resolves.toEqual([]);
    await getUpdates({ allowed_updates: '["message"]' });
    anna.send('в');
    anna.block();
    await expect(ids()).resolves.toHaveLength(1);
    await getUpdates({ allowed_updates: [] });
    anna.unblock();
    await expect(ids()).resolves.toHaveLength(2);
  });

  it('turns the first of two pollers away', async () => {
    const first = getUpdates({ timeout: 30 });
    await parked();
    const second = ids({ timeout: 30 });
    await expect(first).resolves.toEqual({
      status: 409,
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    write('а');
    await expect(second).resolves.toEqual([100]);
  });

  it('keeps for the next poll what a poller that hung up did not get', async () => {
    const controller = new AbortController();
    const poll = fetch(`${telegram.url}/bot123456:local/getUpdates?timeout=30`, { signal: controller.signal });
    await parked();
    controller.abort();
    await expect(poll).rejects.toThrow('aborted');
    write('а');
    await expect(ids()).resolves.toEqual([100]);
  });
});

describe('setWebhook', () => {
  const nowhere = 'http://127.0.0.1:9/hook';

  it.each<[string, object, string]>([
    [
      'plain http to elsewhere',
      { url: 'http://bot.example.com/hook' },
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'another port',
      { url: 'https://bot.example.com:3000/hook' },
      'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
    ['no address', { url: 'https://' }, 'Bad Request: invalid webhook URL specified'],
    ['another scheme', { url: 'ftp://127.0.0.1/hook' }, 'Bad Request: invalid webhook URL specified'],
    [
      'a secret of 257 characters',
      { url: nowhere, secret_token: 'a'.repeat(257) },
      'Bad Request: secret token is too long',
    ],
    [
      'a secret with a space',
      { url: nowhere, secret_token: 'a b' },
      'Bad Request: secret token contains unallowed characters',
    ],
  ])('refuses %s', async (_what, params, description) => {
    await expect(callBot(telegram, 'setWebhook', params)).resolves.toEqual({
      status: 400,
      ok: false,
      error_code: 400,
      description,
    });
    await expect(callBot(telegram, 'getWebhookInfo')).resolves.toMatchObject({ result: { url: '' } });
  });

  it('is told by getWebhookInfo, and taken back by deleteWebhook', async () => {
    write('а', 'б');
    const set = await callBot(telegram, 'setWebhook', {
      url: nowhere,
      secret_token: 'S'.repeat(256),
      max_connections: 3,
      allowed_updates: ['message'],
    });
    expect(set).toEqual({ status: 200, ok: true, result: true, description: 'Webhook was set' });
    await expect(callBot(telegram, 'getWebhookInfo')).resolves.toMatchObject({
      result: {
        url: nowhere,
        has_custom_certificate: false,
        pending_update_count: 2,
        max_connections: 3,
        allowed_updates: ['message'],
      },
    });
    await expect(callBot(telegram, 'deleteWebhook')).resolves.toMatchObject({ description: 'Webhook was deleted' });
    await expect(callBot(telegram, 'deleteWebhook')).resolves.toMatchObject({
      description: 'Webhook is already deleted',
    });
    await expect(ids()).resolves.toEqual([100, 101]);
  });

  it('with an empty address is deleteWebhook', async () => {
    await callBot(telegram, 'setWebhook', { url: nowhere });
    await callBot(telegram, 'setWebhook', { url: '' });
    await expect(getUpdates()).resolves.toMatchObject({ ok: true });
  });

  it('drops what waits on demand', async () => {
    write('а');
    await callBot(telegram, 'deleteWebhook', { drop_pending_updates: true });
    await expect(ids()).resolves.toEqual([]);
  });

  it('ends polling', async () => {
    const poll = getUpdates({ timeout: 30 });
    await parked();
    await callBot(telegram, 'setWebhook', { url: nowhere });
    await expect(poll).resolves.toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
    await expect(getUpdates()).resolves.toMatchObject({
      status: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
  });
});
