/** Longer than the bot lets any question wait. */
const LIFETIME_MS = 30_000;
/** The clocks of the two processes are one, but the bot's log is written a moment later than Telegram heard of it. */
const SKEW_MS = 5;

interface Asked {
  words: string;
  at: number;
}

/**
 * What people asked and the bot has not told of yet. The bot handles the messages of a chat in order, so that the oldest
 * one is what its next question is about; one that it never tells of (a question over the rate limit) is forgotten soon.
 */
export class AskedWords {
  private readonly chats = new Map<number, Asked[]>();

  /** @param at milliseconds since the epoch */
  note(chatId: number, words: string, at: number): void {
    const waiting = this.chats.get(chatId) ?? [];
    waiting.push({ words, at });
    this.chats.set(chatId, waiting);
  }

  /** @returns the words of the question that the bot told of at this time; null where they are not known */
  take(chatId: number, at: number): string | null {
    const waiting = this.chats.get(chatId) ?? [];
    const fresh = waiting.filter((asked) => at - asked.at < LIFETIME_MS);
    const taken = fresh[0] && fresh[0].at <= at + SKEW_MS ? fresh.shift() : undefined;
    this.chats.set(chatId, fresh);
    return taken?.words ?? null;
  }
}
