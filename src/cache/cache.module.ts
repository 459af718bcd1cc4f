import { CacheModule as NestCacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { MetricsModule } from '../metrics/metrics.module';
import { OneCModule } from '../onec/onec.module';
import { RedisConnection } from '../redis/redis-connection';
import { RedisModule } from '../redis/redis.module';
import { AccountingService } from './accounting.service';
import { CacheStore } from './cache-store';
import { KeptValues, keptValues } from './kept-values';
import { cacheStore } from './store.provider';

/** What is known of the accounting system's answers, and the way to the rest of them. */
@Module({
  imports: [
    MetricsModule,
    OneCModule,
    RedisModule,
    NestCacheModule.registerAsync({ inject: [Settings, RedisConnection], useFactory: cacheStore }),
  ],
  providers: [
    CacheStore,
    AccountingService,
    { provide: KeptValues, inject: [RedisConnection], useFactory: keptValues },
  ],
  exports: [AccountingService, KeptValues],
})
export class CacheModule {}
