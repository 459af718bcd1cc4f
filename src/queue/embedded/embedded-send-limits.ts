import { type Priority } from '../durable-queue';
import { CHAT_BURST, SendLimits, type SendRates, shareOf, SPREAD_MS, WINDOW_MS } from '../send-limits';

/** Chats that are remembered at most; the one that was sent to least recently is forgotten first. */
const MAX_CHATS = 20_000;

interface ChatState {
  /** When the chat will have used up what it was sent (GCRA, "theoretical arrival time"). */
  usedUntil: number;
  pausedUntil: number;
}

/** The limits of one process, in memory. Times are those of `performance.now()`, in milliseconds. */
export class EmbeddedSendLimits extends SendLimits {
  /** When the last messages were sent, as many as a window has; a ring whose oldest entry is at `at`. */
  private readonly sent: number[];
  private at = 0;
  /** When the next one who is refused is asked to come back. */
  private readonly comeBack: Record<Priority, number> = { answer: 0, broadcast: 0 };
  private readonly chats = new Map<number, ChatState>();
  private pausedUntil = 0;

  constructor(private readonly rates: SendRates) {
    super();
    this.sent = new Array<number>(rates.perSecond).fill(-Infinity);
  }

  take(chatId: number, priority: Priority): Promise<number> {
    const now = performance.now();
    const wait = this.pauseOf(chatId, now) || this.waitOfChat(chatId, now) || this.waitOfAll(priority, now);
    if (wait === 0) this.note(chatId, now);
    return Promise.resolve(Math.ceil(wait));
  }

  pauseAll(ms: number): Promise<void> {
    this.pausedUntil = Math.max(this.pausedUntil, performance.now() + ms);
    return Promise.resolve();
  }

  pauseChat(chatId: number, ms: number): Promise<void> {
    const state = this.chats.get(chatId);
    const pausedUntil = Math.max(state?.pausedUntil ?? 0, performance.now() + ms);
    this.remember(chatId, { usedUntil: state?.usedUntil ?? 0, pausedUntil });
    return Promise.resolve();
  }

  private pauseOf(chatId: number, now: number): number {
    return Math.max(0, this.pausedUntil - now, (this.chats.get(chatId)?.pausedUntil ?? 0) - now);
  }

  private waitOfChat(chatId: number, now: number): number {
    const { perChatPerSecond } = this.rates;
    if (perChatPerSecond === 0) return 0;
    const burstMs = ((CHAT_BURST - 1) * 1000) / perChatPerSecond;
    return Math.max(0, (this.chats.get(chatId)?.usedUntil ?? 0) - burstMs - now);
  }

  private waitOfAll(priority: Priority, now: number): number {
    const { perSecond } = this.rates;
    if (perSecond === 0) return 0;
    const share = shareOf(priority, perSecond);
    const spacing = WINDOW_MS / share;
    let free = this.sentBefore(share) + WINDOW_MS;
    // Broadcasts come evenly, so that an answer between them finds room.
    if (priority === 'broadcast') free = Math.max(free, this.sentBefore(1) + spacing);
    if (free <= now) return 0;
    const next = this.comeBack[priority];
    const comeBack = next < free || next > free + SPREAD_MS ? free : next;
    this.comeBack[priority] = comeBack + spacing;
    return comeBack - now;
  }

  /** @param count 1 for the last message */
  private sentBefore(count: number): number {
    const { length } = this.sent;
    return this.sent[(this.at + length - count) % length] ?? -Infinity;
  }

  private note(chatId: number, now: number): void {
    if (this.sent.length > 0) {
      this.sent[this.at] = now;
      this.at = (this.at + 1) % this.sent.length;
    }
    const { perChatPerSecond } = this.rates;
    if (perChatPerSecond === 0) return;
    const { usedUntil = 0, pausedUntil = 0 } = this.chats.get(chatId) ?? {};
    this.remember(chatId, { usedUntil: Math.max(usedUntil, now) + 1000 / perChatPerSecond, pausedUntil });
  }

  private remember(chatId: number, state: ChatState): void {
    this.chats.delete(chatId);
    this.chats.set(chatId, state);
    if (this.chats.size <= MAX_CHATS) return;
    const [oldest] = this.chats.keys();
    this.chats.delete(oldest!);
  }
}
