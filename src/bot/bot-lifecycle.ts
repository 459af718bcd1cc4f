import { setTimeout as pause } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import { Settings } from '../config/settings';
import { ShutdownSignal } from './dialogue/shutdown-signal';
import { ChatLanes } from './reception/chat-lanes';
import { PollingService } from './reception/polling.service';
import { CommandMenu } from './telegram/command-menu';

/** Questions under way may take so long after the stop began; then 1C is not waited for any more. */
const FINISH_MS = 1200;
/** What is still to be said after that may take so long. */
const SAY_MS = 8000;

/** Starts and stops the bot: no update is taken after the stop began, and none under way is left without an answer. */
@Injectable()
export class BotLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(BotLifecycle.name);

  constructor(
    @InjectBot() bot: Telegraf,
    private readonly settings: Settings,
    private readonly polling: PollingService,
    private readonly lanes: ChatLanes,
    private readonly commands: CommandMenu,
    private readonly shutdown: ShutdownSignal,
  ) {
    // nestjs-telegraf stops the bot at the end; Telegraf throws there when it was not the one that launched it.
    bot.stop = () => undefined;
  }

  onApplicationBootstrap(): void {
    if (this.settings.telegramMode === 'polling') this.polling.start();
    void this.commands.publish();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.polling.stop();
    await this.idleWithin(FINISH_MS);
    // The people whose question is stuck in 1C hear the trouble message rather than nothing.
    this.shutdown.abort();
    await this.idleWithin(SAY_MS);
    if (this.lanes.size > 0) this.logger.error({ msg: 'stopped with chats under way', chats: this.lanes.size });
    await this.polling.confirm();
  }

  private async idleWithin(ms: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([this.lanes.idle(), pause(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
}
