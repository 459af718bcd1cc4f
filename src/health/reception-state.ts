export interface ReceptionSnapshot {
  /** `standby`: another replica polls, and this one takes over where that one dies. */
  state: 'starting' | 'up' | 'standby' | 'down';
  /** Why, for an operator: no secrets and no addresses. */
  detail?: string;
  /** When the last update came, in milliseconds since the epoch. */
  lastUpdateAt?: number;
  /** When Telegram answered the last poll, in milliseconds since the epoch. */
  lastPollAt?: number;
  /** Updates that wait at Telegram, where it was asked lately (Bot API, `getWebhookInfo`, `pending_update_count`). */
  pendingUpdates?: number;
}

/** What readiness asks of the reception of updates; the bot provides it under this token. */
export abstract class ReceptionState {
  abstract snapshot(): ReceptionSnapshot;
}
