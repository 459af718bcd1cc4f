import { Injectable } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import type { Update } from 'telegraf/types';
import { Inbox, type InboxUpdate } from '../../queue/inbox';
import { Postpone, QueueRunner } from '../../queue/queue-runner';
import { BotIdentity } from '../telegram/bot-identity';
import { ChatReachability } from '../telegram/chat-reachability';
import { reasonOf } from '../telegram/failure-reason';
import { UpdateScope } from './update-scope';

/** Chats that are answered at the same time; one that waits for 1C holds only its own place. */
const CONCURRENCY = 1000;
/** Pause where Telegram does not even say who the bot is. */
const TELEGRAM_AWAY_MS = 1000;

/** Hands stored updates to the handlers, those of one chat in order, chats side by side. */
@Injectable()
export class InboxWorker {
  private readonly runner: QueueRunner<InboxUpdate>;

  constructor(
    @InjectBot() bot: Telegraf,
    inbox: Inbox,
    scope: UpdateScope,
    identity: BotIdentity,
    reachability: ChatReachability,
  ) {
    // nestjs-telegraf presets a handler that logs the whole error, with the person's message in it, and goes on as if
    // the update had been answered.
    bot.catch((error) => {
      throw error;
    });
    this.runner = new QueueRunner<InboxUpdate>(
      inbox,
      async ({ body, lane }, { signal }) => {
        await identity.ensure().catch((error: unknown) => {
          throw new Postpone(Date.now() + TELEGRAM_AWAY_MS, reasonOf(error).reason);
        });
        reachability.heardFrom(Number(lane));
        const update = body as Update;
        await scope.run(update.update_id, { signal }, () => bot.handleUpdate(update));
      },
      { name: 'inbox', concurrency: CONCURRENCY },
    );
  }

  start(): void {
    this.runner.start();
  }

  stop(finishMs: number): Promise<void> {
    return this.runner.stop({ finishMs });
  }
}
