import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit, Optional } from '@nestjs/common';
import { Settings } from '../config/settings';
import { MetricsModule } from '../metrics/metrics.module';
import { StoreMetrics } from '../metrics/store.metrics';
import { AlwaysLease, Lease } from './lease';
import { RedisConnection } from './redis-connection';
import { RedisLease } from './redis-lease';

/** The connection to Redis (`null` without REDIS_URL), and the lease of the replica that polls Telegram. */
@Global()
@Module({
  imports: [MetricsModule],
  providers: [
    {
      provide: RedisConnection,
      inject: [Settings],
      useFactory: ({ redisUrl }: Settings) => (redisUrl === undefined ? null : new RedisConnection(redisUrl)),
    },
    {
      provide: Lease,
      inject: [RedisConnection],
      useFactory: (redis: RedisConnection | null) => (redis ? new RedisLease(redis, 'polling') : new AlwaysLease()),
    },
  ],
  exports: [RedisConnection, Lease],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Optional() @Inject(RedisConnection) private readonly redis: RedisConnection | null,
    private readonly lease: Lease,
    metrics: StoreMetrics,
  ) {
    if (redis) metrics.watchRedis(() => redis.state.state === 'up');
  }

  async onModuleInit(): Promise<void> {
    await this.redis?.open();
  }

  /** Global modules go last: everybody else has told Redis what there was to tell. */
  async onApplicationShutdown(): Promise<void> {
    await this.lease.release();
    this.redis?.close();
  }
}
