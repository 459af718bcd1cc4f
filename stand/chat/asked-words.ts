import { type EventEmitter } from 'node:events';
import { type TelegramEvents } from '../telegram/server';

/** As long as the bot keeps silent about what is over its limit of questions a minute. */
const LIFETIME_MS = 60_000;
/** The bot's log is written a moment later than Telegram heard of the question, by the same clock. */
const SKEW_MS = 5;

interface Asked {
  words: string;
  /** Milliseconds since the epoch. */
  at: number;
  pressed: boolean;
}

/**
 * What people asked and the bot has not told of yet. The bot handles the messages of a chat in order, so that the oldest
 * one is what its next question is about.
 */
export class AskedWords {
  private readonly chats = new Map<number, Asked[]>();

  /** Notes what people write, and forgets what the bot lets pass without a question. */
  listen(events: EventEmitter<TelegramEvents>): void {
    events.on('message', ({ chatId, message }) => {
      if (!message.from.is_bot && message.text !== undefined) this.note(chatId, message.text);
    });
    // The bot answers a press with words only where the button is of no use any more.
    events.on('callback_answer', ({ chatId, text }) => {
      if (text) this.dropPress(chatId);
    });
    events.on('cleared', ({ chatId }) => this.chats.delete(chatId));
  }

  /** Notes a text, or the words on a button that was pressed. */
  note(chatId: number, words: string, { pressed = false, at = Date.now() } = {}): void {
    this.chats.set(chatId, [...this.waiting(chatId), { words, at, pressed }]);
  }

  /** Telegram kept the questions for a bot that was away: they are as fresh as when it was there. */
  renew(now = Date.now()): void {
    for (const asked of [...this.chats.values()].flat()) asked.at = now;
  }

  /** @returns the words of the question that the bot told of at this time; null where they are not known */
  take(chatId: number, at: number): string | null {
    const fresh = this.waiting(chatId).filter((asked) => at - asked.at < LIFETIME_MS);
    const taken = fresh[0] && fresh[0].at <= at + SKEW_MS ? fresh.shift() : undefined;
    this.chats.set(chatId, fresh);
    return taken?.words ?? null;
  }

  private dropPress(chatId: number): void {
    const first = this.waiting(chatId).find(({ pressed }) => pressed);
    this.chats.set(
      chatId,
      this.waiting(chatId).filter((asked) => asked !== first),
    );
  }

  private waiting(chatId: number): Asked[] {
    return this.chats.get(chatId) ?? [];
  }
}
