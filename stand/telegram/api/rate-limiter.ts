import { tooManyRequests } from '../bot-api-error';

/** What Telegram's FAQ advises bots to keep (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). */
export interface SendingLimits {
  /** Messages to all chats. */
  perSecond: number;
  /** Messages to one chat. */
  perChatPerSecond: number;
  /** How many messages a quiet chat takes at once. */
  chatBurst: number;
}

export const TELEGRAM_SENDING_LIMITS: SendingLimits = { perSecond: 30, perChatPerSecond: 1, chatBurst: 5 };

interface Bucket {
  tokens: number;
  at: number;
}

/** Refuses messages above the limits with 429, as token buckets count them. */
export class RateLimiter {
  private readonly all: Bucket;
  private readonly chats = new Map<number, Bucket>();

  constructor(
    private readonly limits: SendingLimits,
    private readonly now: () => number = Date.now,
  ) {
    this.all = { tokens: limits.perSecond, at: now() };
  }

  /** @throws BotApiError 429 with the seconds to wait */
  count(chatId: number): void {
    const { perSecond, perChatPerSecond, chatBurst } = this.limits;
    const chat = this.chats.get(chatId) ?? { tokens: chatBurst, at: this.now() };
    this.chats.set(chatId, chat);
    this.refill(this.all, perSecond, perSecond);
    this.refill(chat, perChatPerSecond, chatBurst);
    const seconds = Math.max(lacking(this.all) / perSecond, lacking(chat) / perChatPerSecond);
    if (seconds > 0) {
      throw tooManyRequests(Math.ceil(seconds));
    }
    this.all.tokens -= 1;
    chat.tokens -= 1;
  }

  private refill(bucket: Bucket, perSecond: number, capacity: number): void {
    const now = this.now();
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
  }
}

const lacking = (bucket: Bucket): number => Math.max(0, 1 - bucket.tokens);
