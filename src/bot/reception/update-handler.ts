import { Injectable } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import type { Update } from 'telegraf/types';
import { Postpone } from '../../queue/queue-runner';
import { BotIdentity } from '../telegram/bot-identity';
import { ChatReachability } from '../telegram/chat-reachability';
import { reasonOf } from '../telegram/failure-reason';
import { chatOf } from './intake';
import { UpdateScope } from './update-scope';

/** Pause where Telegram does not even say who the bot is. */
const TELEGRAM_AWAY_MS = 1000;

/** Hands an update to the handlers. */
@Injectable()
export class UpdateHandler {
  constructor(
    @InjectBot() private readonly bot: Telegraf,
    private readonly scope: UpdateScope,
    private readonly identity: BotIdentity,
    private readonly reachability: ChatReachability,
  ) {
    // nestjs-telegraf presets a handler that logs the whole error, with the person's message in it, and goes on as if
    // the update had been answered.
    bot.catch((error) => {
      throw error;
    });
  }

  /**
   * Resolves when the answer is in the outbox, or with Telegram.
   *
   * @param signal ends the wait for 1C; the update is then to be handled again
   */
  async handle(update: Update, signal: AbortSignal): Promise<void> {
    await this.identity.ensure().catch((error: unknown) => {
      throw new Postpone(Date.now() + TELEGRAM_AWAY_MS, reasonOf(error).reason);
    });
    this.reachability.heardFrom(chatOf(update));
    await this.scope.run(update.update_id, { signal }, () => this.bot.handleUpdate(update));
  }
}
