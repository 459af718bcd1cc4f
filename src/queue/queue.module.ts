import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module';
import { StoreMetrics } from '../metrics/store.metrics';
import { RedisModule } from '../redis/redis.module';
import { Handover } from './handover';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { Promised } from './promised';
import { QueueCensus } from './queue-census';
import { queueProviders } from './queue.providers';
import { SendLimits } from './send-limits';

/** Inbox and outbox, open from before the bot starts until after it has stopped. */
@Module({
  imports: [MetricsModule, RedisModule],
  providers: [...queueProviders, QueueCensus],
  exports: [Inbox, Outbox, Promised, Handover, SendLimits, QueueCensus],
})
export class QueueModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly promised: Promised,
    census: QueueCensus,
    metrics: StoreMetrics,
  ) {
    metrics.watchQueues(() => census.take());
  }

  /** Fails the start where the store cannot be opened, with what an operator can do. */
  async onModuleInit(): Promise<void> {
    await this.inbox.open();
    await this.outbox.open();
    await this.promised.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.inbox.close();
    await this.outbox.close();
    await this.promised.close();
  }
}
