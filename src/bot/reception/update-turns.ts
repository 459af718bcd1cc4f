import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { ChatTurns } from '../chat-turns';
import { RecentIds } from '../recent-ids';
import { chatOf } from './intake';
import { UpdateHandler } from './update-handler';

/** A store that falls silent may give an update out that is answered past it at the same time. */
const REMEMBERED = 10_000;

/** Handles the updates of one chat one at a time, and each once, whether they come out of the inbox or past it. */
@Injectable()
export class UpdateTurns {
  private readonly turns = new ChatTurns();
  private readonly handled = new RecentIds<number>(REMEMBERED);

  constructor(private readonly handler: UpdateHandler) {}

  /** As UpdateHandler, which see. */
  handle(update: Update, signal: AbortSignal): Promise<void> {
    return this.turns.run(chatOf(update), async () => {
      if (this.handled.has(update.update_id)) return;
      await this.handler.handle(update, signal);
      this.handled.add(update.update_id);
    });
  }
}
