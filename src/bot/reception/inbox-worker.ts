import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { Inbox, type InboxUpdate } from '../../queue/inbox';
import { QueueRunner } from '../../queue/queue-runner';
import { DirectPath } from './direct-path';
import { UpdateTurns } from './update-turns';

/** Chats that are answered at the same time; one that waits for 1C holds only its own place. */
const CONCURRENCY = 1000;

/** Works on stored updates, those of one chat in order, chats side by side. */
@Injectable()
export class InboxWorker {
  private readonly runner: QueueRunner<InboxUpdate>;

  constructor(inbox: Inbox, turns: UpdateTurns, directPath: DirectPath) {
    this.runner = new QueueRunner<InboxUpdate>(
      inbox,
      async ({ body }, { signal }) => {
        if (!directPath.hasAnswered(body.update_id)) await turns.handle(body as Update, signal);
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
