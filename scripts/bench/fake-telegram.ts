import { createServer, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { jsonOf, type LoopbackServer, listen, reply } from './loopback';

/** What a contender said to a question. */
export interface Answer {
  text: string;
  /** From the update's being there to the whole `sendMessage` having arrived. */
  ms: number;
}

interface Pending {
  askedAt: number;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

interface Update {
  update_id: number;
  message: object;
}

/** Bot API, `getUpdates`. */
interface Poll {
  offset?: number;
  limit?: number;
  timeout?: number;
}

const BOT = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' };
const MOST_UPDATES = 100;

/**
 * As much of Telegram's Bot API as a bot needs to be asked and to answer: long polls with offsets, and messages. It
 * answers at once, so that what is measured is the contender's time.
 */
export class FakeTelegram {
  private readonly updates: Update[] = [];
  private readonly pending = new Map<number, Pending[]>();
  private nextUpdate = 1;
  private nextMessage = 1;
  private poll: { response: ServerResponse; limit: number; timer: NodeJS.Timeout } | undefined;
  private delivering = false;
  private readonly polled: (() => void)[] = [];
  private server!: LoopbackServer;

  private constructor() {}

  static async start(): Promise<FakeTelegram> {
    const telegram = new FakeTelegram();
    telegram.server = await listen(
      createServer((request, response) => {
        const method = request.url?.split('?')[0]?.split('/').pop() ?? '';
        void jsonOf(request).then((body) => telegram.answer(method, body, response));
      }),
    );
    return telegram;
  }

  get url(): string {
    return this.server.url;
  }

  /** Resolves with the next poll. */
  nextPoll(): Promise<void> {
    return new Promise((resolve) => this.polled.push(resolve));
  }

  /** Sends a message of a person; resolves with the bot's next message to them that answers no earlier question. */
  ask(chatId: number, text: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.pending.get(chatId) ?? [];
      if (waiting.length === 0) this.pending.set(chatId, waiting);
      const person = { id: chatId, first_name: 'Анна' };
      const chat = { ...person, type: 'private' };
      const from = { ...person, is_bot: false, language_code: 'ru' };
      const date = Math.floor(Date.now() / 1000);
      const message = { message_id: this.nextMessage++, date, chat, from, text };
      this.updates.push({ update_id: this.nextUpdate++, message });
      waiting.push({ askedAt: performance.now(), resolve, reject });
      this.deliverSoon();
    });
  }

  /** Rejects whatever waits for an answer. */
  giveUp(error: Error): void {
    for (const waiting of this.pending.values()) waiting.splice(0).forEach(({ reject }) => reject(error));
  }

  async stop(): Promise<void> {
    this.release();
    await this.server.close();
  }

  private answer(method: string, body: object, response: ServerResponse): void {
    switch (method) {
      case 'getUpdates':
        return this.hold(response, body);
      case 'sendMessage':
        return this.accept(response, body as { chat_id: number; text: string });
      case 'getMe':
        return succeed(response, BOT);
      case 'getWebhookInfo':
        return succeed(response, { url: '', pending_update_count: this.updates.length });
      default:
        return succeed(response, true);
    }
  }

  private hold(response: ServerResponse, { offset = 0, limit = MOST_UPDATES, timeout = 0 }: Poll): void {
    this.release();
    const confirmed = this.updates.findIndex(({ update_id: id }) => id >= offset);
    this.updates.splice(0, confirmed === -1 ? this.updates.length : confirmed);
    const timer = setTimeout(() => this.release(), timeout * 1000);
    this.poll = { response, limit, timer };
    response.on('close', () => {
      if (this.poll?.response === response) this.poll = undefined;
      clearTimeout(timer);
    });
    if (this.updates.length > 0) this.release();
    this.polled.splice(0).forEach((resolve) => resolve());
  }

  /** What is asked in one turn of the event loop is delivered together. */
  private deliverSoon(): void {
    if (this.delivering) return;
    this.delivering = true;
    queueMicrotask(() => {
      this.delivering = false;
      this.release();
    });
  }

  private release(): void {
    if (!this.poll) return;
    const { response, limit, timer } = this.poll;
    this.poll = undefined;
    clearTimeout(timer);
    succeed(response, this.updates.slice(0, limit));
  }

  private accept(response: ServerResponse, { chat_id: chatId, text }: { chat_id: number; text: string }): void {
    const waiting = this.pending.get(chatId)?.shift();
    waiting?.resolve({ text, ms: performance.now() - waiting.askedAt });
    const date = Math.floor(Date.now() / 1000);
    succeed(response, { message_id: this.nextMessage++, date, chat: { id: chatId, type: 'private' }, text });
  }
}

function succeed(response: ServerResponse, result: unknown): void {
  reply(response, 200, { ok: true, result });
}
