import { type Priority } from './durable-queue';

/** Messages that a chat may get at once before its limit a second holds. */
export const CHAT_BURST = 5;

/** The part of all sending that broadcasts may take; the rest stays free for answers. */
export const BROADCAST_SHARE = 0.8;

/** A second, and a margin for messages whose ways to Telegram are of different length. */
export const WINDOW_MS = 1050;

/** Those who are refused are spread over so long. */
export const SPREAD_MS = 2000;

/** TELEGRAM_MAX_PER_SECOND and TELEGRAM_MAX_PER_CHAT_PER_SECOND; 0: no limit. */
export interface SendRates {
  perSecond: number;
  perChatPerSecond: number;
}

/**
 * Telegram's limits of sending (Bot FAQ, "My bot is hitting limits"): so many messages in any second to all chats, and so
 * many a second to one chat with a burst of CHAT_BURST. Without a limit only the pauses hold.
 */
export abstract class SendLimits {
  /**
   * Asks for the right to send one message now.
   *
   * @returns 0 where it was given and taken: send now. Else nothing was taken: ask again after so many milliseconds;
   * different askers get different times, so that they do not all come back at once.
   */
  abstract take(chatId: number, priority: Priority): Promise<number>;

  /** Telegram answered 429 without a limit of this chat: nobody sends anything for so many milliseconds. */
  abstract pauseAll(ms: number): Promise<void>;

  /** Telegram answered 429 for this chat. */
  abstract pauseChat(chatId: number, ms: number): Promise<void>;
}

/** How many messages a window has for a priority. @param perSecond above 0 */
export function shareOf(priority: Priority, perSecond: number): number {
  return priority === 'answer' ? perSecond : Math.max(1, Math.floor(perSecond * BROADCAST_SHARE));
}
