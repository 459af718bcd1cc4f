import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';

const WINDOW_MS = 60_000;

export type Admission = 'admitted' | 'first_refused' | 'refused';

/** Questions of one chat within a minute (contract, Settings: `CHAT_RATE_LIMIT`; 0 switches the limit off). */
@Injectable()
export class ChatRateLimit {
  private readonly windows = new Map<number, { startedAt: number; questions: number }>();
  private sweptAt = 0;

  constructor(private readonly settings: Settings) {}

  /** Counts a question. The first one over the limit is told apart, so that the person hears of it once a minute. */
  admit(chatId: number, now: number): Admission {
    const limit = this.settings.chatRateLimit;
    if (limit === 0) return 'admitted';
    let window = this.windows.get(chatId);
    if (!window || now - window.startedAt >= WINDOW_MS) {
      this.forgetEnded(now);
      window = { startedAt: now, questions: 0 };
      this.windows.set(chatId, window);
    }
    window.questions += 1;
    if (window.questions <= limit) return 'admitted';
    return window.questions === limit + 1 ? 'first_refused' : 'refused';
  }

  private forgetEnded(now: number): void {
    if (now - this.sweptAt < WINDOW_MS) return;
    this.sweptAt = now;
    for (const [chatId, { startedAt }] of this.windows) if (now - startedAt >= WINDOW_MS) this.windows.delete(chatId);
  }
}
