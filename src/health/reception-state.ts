export interface ReceptionSnapshot {
  state: 'starting' | 'up' | 'down';
  /** Why, for an operator: no secrets and no addresses. */
  detail?: string;
  /** When the last update came, in milliseconds since the epoch. */
  lastUpdateAt?: number;
  /** When Telegram answered the last poll, in milliseconds since the epoch. */
  lastPollAt?: number;
}

/** What readiness asks of the reception of updates; the bot provides it under this token. */
export abstract class ReceptionState {
  abstract snapshot(): ReceptionSnapshot;
}
