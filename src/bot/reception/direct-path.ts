import { setMaxListeners } from 'node:events';
import { Injectable, Logger } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { type QueueUnavailableError } from '../../queue/durable-queue';
import { Inbox } from '../../queue/inbox';
import { storedAfterAll } from '../../queue/stored-after-all';
import { RecentIds } from '../recent-ids';
import { chatOf, itemOf } from './intake';
import { UpdateTurns } from './update-turns';

/** Updates that are remembered, so that none is answered twice when the store is back. */
const REMEMBERED = 10_000;

/**
 * Answers updates past the inbox, while its store does not answer: suppliers need not wait for it. Nothing is confirmed
 * to Telegram before it has its answer, so that nothing is lost when the process dies meanwhile.
 */
@Injectable()
export class DirectPath {
  private readonly logger = new Logger(DirectPath.name);
  private readonly answered = new RecentIds<number>(REMEMBERED);

  constructor(
    private readonly inbox: Inbox,
    private readonly turns: UpdateTurns,
  ) {}

  /**
   * Answers those of one chat in order, chats side by side; rejects where one could not be answered. What would overtake
   * an earlier update of its chat is stored after all, where the store answers again soon.
   *
   * @param cause why they could not be stored, for the log
   */
  async answer(updates: readonly Update[], cause: QueueUnavailableError, signal: AbortSignal): Promise<void> {
    const open = updates.filter(({ update_id }) => !this.answered.has(update_id));
    if (open.length === 0) return;
    // Every update listens: above ten Node would take them for a leak.
    setMaxListeners(0, signal);
    const told = { updates: open.length, reason: cause.message };
    this.logger.warn({ event: 'direct', ...told, msg: 'the inbox is away: answered without it' });
    const chats = new Map<number, Update[]>();
    for (const update of open) chats.set(chatOf(update), [...(chats.get(chatOf(update)) ?? []), update]);
    await Promise.all(Array.from(chats.values(), (ofChat) => this.inOrder(ofChat, signal)));
  }

  private async inOrder(updates: readonly Update[], signal: AbortSignal): Promise<void> {
    for (const update of updates) {
      const item = itemOf(update);
      if (await storedAfterAll(this.inbox, item.lane, () => this.inbox.add([item]))) continue;
      await this.turns.handle(update, signal);
      this.answered.add(update.update_id);
      // The store may have taken the update before it fell silent.
      void this.inbox.done(item.id).catch(() => undefined);
    }
  }

  /** Whether an update that came out of the inbox has its answer already. */
  hasAnswered(updateId: number): boolean {
    return this.answered.has(updateId);
  }
}
