import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Registry } from 'prom-client';
import { TelegramError } from 'telegraf';
import { TelegramMetrics } from '../../metrics/telegram.metrics';
import { EmbeddedSendLimits } from '../../queue/embedded/embedded-send-limits';
import { QueueFile } from '../../queue/embedded/queue-file';
import { SqliteQueue } from '../../queue/embedded/sqlite-queue';
import type { OutboxMessage } from '../../queue/outbox';
import { ChatReachability } from './chat-reachability';
import { OutboxWorker } from './outbox-worker';
import type { TelegramApi } from './telegram-api';

type Answer = () => Promise<unknown>;

const taken: Answer = () => Promise.resolve({});
const refused = (code: number, description: string, retryAfter?: number) => () =>
  Promise.reject(
    new TelegramError({
      error_code: code,
      description,
      ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
    }),
  );

describe(OutboxWorker.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  let outbox: SqliteQueue<OutboxMessage>;
  let worker: OutboxWorker;
  let reachability: ChatReachability;
  let limits: EmbeddedSendLimits;
  /** What Telegram was called with, in order. */
  let calls: { method: string; text: unknown }[];
  /** Telegram's next answers; after them it takes everything. */
  let answers: Answer[];

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    calls = [];
    answers = [];
    outbox = new SqliteQueue<OutboxMessage>(new QueueFile(mkdtempSync(join(folder, 'data-'))), 'outbox');
    await outbox.open();
    const api = {
      call: (method: string, payload: Record<string, unknown>) => {
        calls.push({ method, text: payload['text'] });
        return (answers.shift() ?? taken)();
      },
    };
    const metrics = new TelegramMetrics(new Registry());
    reachability = new ChatReachability(metrics);
    limits = new EmbeddedSendLimits({ perSecond: 0, perChatPerSecond: 0 });
    worker = new OutboxWorker(outbox, api as unknown as TelegramApi, limits, reachability, metrics);
  });

  afterEach(async () => {
    await worker.stop(0);
    await outbox.close();
  });

  const say = (id: string, chatId = 77, message: Partial<OutboxMessage> = {}) =>
    outbox.add([{ id, lane: String(chatId), body: { method: 'sendMessage', payload: { text: id }, ...message } }]);

  const settled = async (expected: number) => {
    for (let n = 0; n < 500 && calls.length < expected; n += 1) await new Promise((done) => setTimeout(done, 10));
    await new Promise((done) => setTimeout(done, 20));
  };

  it('sends each chat in order and forgets what was taken', async () => {
    await say('1');
    await say('2');
    worker.start();
    await settled(2);
    expect(calls.map(({ text }) => text)).toEqual(['1', '2']);
    await expect(outbox.counts()).resolves.toEqual({ waiting: 0, claimed: 0, dead: 0 });
  });

  it('waits where Telegram fails or does not know the token, and sends then', async () => {
    answers = [refused(502, 'Bad Gateway'), refused(401, 'Unauthorized'), () => Promise.reject(new Error('reset'))];
    await say('1');
    await say('2');
    worker.start();
    await settled(5);
    expect(calls.map(({ text }) => text)).toEqual(['1', '1', '1', '1', '2']);
  });

  it('never sends again what Telegram refuses for good, and goes on with the chat', async () => {
    answers = [refused(400, "Bad Request: can't parse entities")];
    await say('1');
    await say('2');
    worker.start();
    await settled(2);
    expect(calls.map(({ text }) => text)).toEqual(['1', '2']);
  });

  it('notes who has stopped the bot', async () => {
    answers = [refused(403, 'Forbidden: bot was blocked by the user')];
    await say('1');
    worker.start();
    await settled(1);
    expect(reachability.isReachable(77)).toBe(false);
    reachability.heardFrom(77);
    expect(reachability.isReachable(77)).toBe(true);
  });

  it('says anew what can no longer be changed, and takes an unchanged message for said', async () => {
    answers = [refused(400, "Bad Request: message can't be edited"), taken, refused(400, 'message is not modified')];
    const edit = (text: string) => ({ method: 'editMessageText' as const, payload: { message_id: 5, text } });
    await say('1', 77, edit('one'));
    await say('2', 77, edit('two'));
    worker.start();
    await settled(3);
    expect(calls.map(({ method }) => method)).toEqual(['editMessageText', 'sendMessage', 'editMessageText']);
  });

  it('waits for the chat that Telegram slows down, and for all where it slows down several', async () => {
    const chat = jest.spyOn(limits, 'pauseChat');
    const all = jest.spyOn(limits, 'pauseAll');
    answers = [refused(429, 'Too Many Requests', 1), refused(429, 'Too Many Requests', 1)];
    await say('1', 77);
    await say('2', 78);
    worker.start();
    await settled(4);
    expect(chat).toHaveBeenCalledWith(77, 1000);
    expect(all).toHaveBeenCalledWith(1000);
    expect(calls.map(({ text }) => text)).toEqual(expect.arrayContaining(['1', '2', '1', '2']));
  });

  const message = (id: string, chatId = 77) => ({
    id,
    lane: String(chatId),
    body: { method: 'sendMessage' as const, payload: { text: id } },
  });

  describe('at once', () => {
    it('says what Telegram takes', async () => {
      await expect(worker.sayAtOnce(message('1'))).resolves.toBe(true);
      expect(calls).toEqual([{ method: 'sendMessage', text: '1' }]);
    });

    it('has done with what Telegram refuses for good', async () => {
      answers = [refused(403, 'Forbidden: bot was blocked by the user')];
      await expect(worker.sayAtOnce(message('1'))).resolves.toBe(true);
      expect(reachability.isReachable(77)).toBe(false);
    });

    it('leaves to the outbox what Telegram fails to take, and what follows until it takes something', async () => {
      answers = [refused(502, 'Bad Gateway')];
      await expect(worker.sayAtOnce(message('1'))).resolves.toBe(false);
      await expect(worker.sayAtOnce(message('2', 78))).resolves.toBe(false);
      expect(calls).toHaveLength(1);
      await say('1');
      worker.start();
      await settled(2);
      await expect(worker.sayAtOnce(message('2', 78))).resolves.toBe(true);
      expect(calls.map(({ text }) => text)).toEqual(['1', '1', '2']);
    });

    it('leaves to the outbox what would be too much for Telegram', async () => {
      answers = [refused(429, 'Too Many Requests', 1)];
      await expect(worker.sayAtOnce(message('1'))).resolves.toBe(false);
      await expect(worker.sayAtOnce(message('2'))).resolves.toBe(false);
      await expect(worker.sayAtOnce(message('3', 78))).resolves.toBe(true);
      expect(calls.map(({ text }) => text)).toEqual(['1', '3']);
    });

    it('keeps the order of a chat with what the outbox gives out meanwhile', async () => {
      let accept = () => {};
      answers = [() => new Promise((resolve) => (accept = () => resolve({})))];
      const first = worker.sayAtOnce(message('1'));
      await say('2');
      worker.start();
      await settled(1);
      expect(calls.map(({ text }) => text)).toEqual(['1']);
      accept();
      await expect(first).resolves.toBe(true);
      await settled(2);
      expect(calls.map(({ text }) => text)).toEqual(['1', '2']);
    });
  });

  describe('past the outbox', () => {
    it('does not overtake what is on its way to the chat', async () => {
      let accept = () => {};
      answers = [() => new Promise((resolve) => (accept = () => resolve({})))];
      await say('1');
      worker.start();
      await settled(1);
      const past = worker.sendNow([message('2'), message('3')]);
      await worker.sendNow([message('other chat', 78)]);
      expect(calls.map(({ text }) => text)).toEqual(['1', 'other chat']);
      accept();
      await past;
      expect(calls.map(({ text }) => text)).toEqual(['1', 'other chat', '2', '3']);
    });

    it('says once what the store takes and gives out after all', async () => {
      let accept = () => {};
      answers = [() => new Promise((resolve) => (accept = () => resolve({})))];
      const past = worker.sendNow([message('1')]);
      await say('1');
      await say('2');
      worker.start();
      accept();
      await past;
      await settled(2);
      await worker.sendNow([message('2')]);
      expect(calls.map(({ text }) => text)).toEqual(['1', '2']);
    });

    it('says once what was said before the rest failed', async () => {
      answers = [taken, refused(502, 'Bad Gateway')];
      await expect(worker.sendNow([message('1'), message('2')])).rejects.toThrow('Bad Gateway');
      await worker.sendNow([message('1'), message('2')]);
      expect(calls.map(({ text }) => text)).toEqual(['1', '2', '2']);
    });
  });
});
