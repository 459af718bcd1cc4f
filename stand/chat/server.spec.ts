import { EventEmitter } from 'node:events';
import { type Accounting, startAccounting } from '../accounting/server';
import { Catalogue } from '../accounting/catalogue';
import { type LocalTelegram, startTelegram } from '../telegram/server';
import { type BotProcess, BotStartError } from './bot-process';
import { type ChatServer, startChatServer } from './server';

describe(startChatServer.name, () => {
  let server: ChatServer;
  let bot: EventEmitter & { status: object; lines: object[]; restart: jest.Mock };
  let accounting: Accounting;
  let telegram: LocalTelegram;

  beforeEach(async () => {
    bot = Object.assign(new EventEmitter(), {
      status: { state: 'running', pid: 5, startedAt: 1, ended: null },
      lines: [{ time: 0, level: 30, event: 'polling' }],
      restart: jest.fn(async () => {}),
    });
    accounting = await startAccounting({ catalogue: new Catalogue([]), apiKey: 'key' });
    telegram = await startTelegram({ token: '1:token' });
    server = await startChatServer({
      port: 0,
      telegram,
      accounting,
      bot: bot as unknown as BotProcess,
      examples: ['есть BP-4500/2?'],
      catalogue: '3 товара',
    });
  });

  afterEach(() => Promise.all([server.close(), telegram.close(), accounting.close()]));

  const put = (body: unknown) =>
    fetch(`${server.url}/panel/faults`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('serves the page, which may run only its own scripts', async () => {
    const response = await fetch(server.url);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<html lang="ru">');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('serves the local Telegram, its files as documents that can do nothing', async () => {
    const { document } = telegram.user(77).sendDocument('page.html', '<script>1</script>');
    const file = await fetch(`${server.url}/tg/files/${document?.file_id}`);
    expect(await file.text()).toBe('<script>1</script>');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('refuses requests of pages of other sites', async () => {
    const response = await fetch(`${server.url}/panel/bot/restart`, {
      method: 'POST',
      headers: { Origin: 'https://example.org' },
    });
    expect(response.status).toBe(403);
    expect(bot.restart).not.toHaveBeenCalled();
  });

  it('switches failures on and off', async () => {
    const fault = { mode: 'status', status: 503, retryAfter: 1, latencyMs: 200 };
    expect(await (await put(fault)).json()).toEqual(fault);
    expect(await (await fetch(`${server.url}/panel/faults`)).json()).toEqual(fault);
    const cleared = await fetch(`${server.url}/panel/faults`, { method: 'DELETE' });
    expect(await cleared.json()).toEqual({ mode: 'none' });
  });

  it.each([
    [{ mode: 'fire' }, 'mode'],
    [{}, 'mode'],
    [[], 'JSON object'],
    [{ mode: 'status', status: 200 }, 'status'],
    [{ mode: 'status', status: '503' }, 'status'],
    [{ mode: 'status', status: 503, retryAfter: -1 }, 'retryAfter'],
    [{ mode: 'none', latencyMs: 1e9 }, 'latencyMs'],
  ])('refuses the failure %j', async (fault, named) => {
    const response = await put(fault);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toContain(named);
    expect(accounting.faults.current).toEqual({ mode: 'none' });
  });

  it('restarts the bot and hands on why it did not start', async () => {
    const restart = () => fetch(`${server.url}/panel/bot/restart`, { method: 'POST' });
    expect((await restart()).status).toBe(200);
    bot.restart.mockRejectedValueOnce(new BotStartError('Бот вышел с кодом 1'));
    const failed = await restart();
    expect(failed.status).toBe(502);
    expect(await failed.json()).toEqual({ error: 'Бот вышел с кодом 1' });
  });

  it('streams a snapshot, then what changes', async () => {
    const response = await fetch(`${server.url}/panel/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const snapshot = (await reader.read()).value ?? '';
    expect(snapshot).toMatch(/^event: snapshot\ndata: /);
    expect(JSON.parse(snapshot.slice(snapshot.indexOf('{')))).toMatchObject({
      questions: [],
      bot: { state: 'running' },
      log: [{ level: 30, text: expect.stringMatching(/INFO polling$/) as string }],
      faults: { mode: 'none' },
      examples: ['есть BP-4500/2?'],
      catalogue: '3 товара',
    });

    telegram.user(77).send('есть BP-4500/2?');
    bot.emit('line', { time: Date.now(), level: 20, event: 'understood', chatId: 77, intents: ['stock'] });
    const next = (await reader.read()).value ?? '';
    expect(next).toContain('event: question');
    expect(next).toContain('"words":"есть BP-4500/2?"');
    await reader.cancel();
  });

  it('answers 404 in JSON', async () => {
    const response = await fetch(`${server.url}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'Нет такого адреса' });
  });
});
