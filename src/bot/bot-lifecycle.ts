import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import { PromiseWorker } from './promises/promise-worker';
import { InboxWorker } from './reception/inbox-worker';
import { Reception } from './reception/reception.service';
import { CommandMenu } from './telegram/command-menu';
import { OutboxWorker } from './telegram/outbox-worker';

/** Questions under way are waited for so long after the stop began; the rest is left to the next process. */
const FINISH_MS = 10_000;
/** Answers that are ready may take so long to be said. */
const SAY_MS = 1500;

/** Starts and stops the bot: no update is taken after the stop began, and none is lost by it. */
@Injectable()
export class BotLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @InjectBot() bot: Telegraf,
    private readonly reception: Reception,
    private readonly inbox: InboxWorker,
    private readonly outbox: OutboxWorker,
    private readonly promises: PromiseWorker,
    private readonly commands: CommandMenu,
  ) {
    // nestjs-telegraf stops the bot at the end; Telegraf throws there when it was not the one that launched it.
    bot.stop = () => undefined;
  }

  onApplicationBootstrap(): void {
    this.outbox.start();
    this.inbox.start();
    this.promises.start();
    this.reception.start();
    void this.commands.publish();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.reception.stop();
    await Promise.all([this.inbox.stop(FINISH_MS), this.promises.stop(0)]);
    await this.outbox.stop(SAY_MS);
    await this.reception.confirm();
  }
}
