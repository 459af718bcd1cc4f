import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { ReceptionMetrics } from '../../metrics/reception.metrics';
import { type NewItem } from '../../queue/durable-queue';
import { Inbox, type InboxUpdate } from '../../queue/inbox';

/** The kinds of updates that the bot asks Telegram for (Bot API, `allowed_updates`). */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query'] as const;

/** Takes updates in, from whichever way they come. */
@Injectable()
export class Intake {
  /** Milliseconds since the epoch. */
  lastUpdateAt?: number;

  constructor(
    private readonly inbox: Inbox,
    private readonly metrics: ReceptionMetrics,
  ) {}

  /**
   * Resolves when the updates are stored: only then may they be confirmed to Telegram. Known ones are not stored again.
   *
   * @throws QueueUnavailableError where they could not be stored; Telegram will send them again
   */
  async store(updates: readonly Update[]): Promise<void> {
    if (updates.length === 0) return;
    const items = updates.map(itemOf);
    try {
      const stored = await this.inbox.add(items);
      this.metrics.received('stored', stored);
      this.metrics.received('duplicate', items.length - stored);
    } catch (error) {
      this.metrics.received('refused', items.length);
      throw error;
    }
    this.lastUpdateAt = Date.now();
  }
}

export function itemOf(update: Update): NewItem<InboxUpdate> {
  return { id: String(update.update_id), lane: String(chatOf(update)), body: update };
}

/** The chat in whose order an update stands; 0 for the rare update that has none. */
export function chatOf(update: Update): number {
  // Whatever else a Bot API server may send must not stand in the way of the updates after it.
  const { message, edited_message, callback_query } = update as Partial<
    Update.MessageUpdate & Update.EditedMessageUpdate & Update.CallbackQueryUpdate
  >;
  const said = message ?? edited_message ?? callback_query?.message;
  return said?.chat?.id ?? callback_query?.from?.id ?? 0;
}
