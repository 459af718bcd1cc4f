import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Handover } from './handover';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { queueProviders } from './queue.providers';

/** Inbox and outbox, open from before the bot starts until after it has stopped. */
@Module({ providers: queueProviders, exports: [Inbox, Outbox, Handover] })
export class QueueModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  /** Fails the start where the store cannot be opened, with what an operator can do. */
  async onModuleInit(): Promise<void> {
    await this.inbox.open();
    await this.outbox.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.inbox.close();
    await this.outbox.close();
  }
}
