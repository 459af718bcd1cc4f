import { Injectable } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import type { Update } from 'telegraf/types';
import { Inbox, type InboxUpdate } from '../../queue/inbox';
import { QueueRunner } from '../../queue/queue-runner';
import { ChatReachability } from '../telegram/chat-reachability';
import { UpdateScope } from './update-scope';

/** Chats that are answered at the same time; one that waits for 1C holds only its own place. */
const CONCURRENCY = 1000;

/** Hands stored updates to the handlers, those of one chat in order, chats side by side. */
@Injectable()
export class InboxWorker {
  private readonly runner: QueueRunner<InboxUpdate>;

  constructor(@InjectBot() bot: Telegraf, inbox: Inbox, scope: UpdateScope, reachability: ChatReachability) {
    // nestjs-telegraf presets a handler that logs the whole error, with the person's message in it, and goes on as if
    // the update had been answered.
    bot.catch((error) => {
      throw error;
    });
    this.runner = new QueueRunner<InboxUpdate>(
      inbox,
      ({ body, lane }, { signal }) => {
        reachability.heardFrom(Number(lane));
        return scope.run({ signal }, () => bot.handleUpdate(body as Update));
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
