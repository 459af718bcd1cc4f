import { CacheModule as NestCacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { OneCModule } from '../onec/onec.module';
import { AccountingService } from './accounting.service';
import { CacheStore } from './cache-store';
import { cacheStore } from './store.provider';

/** What is known of the accounting system's answers, and the way to the rest of them. */
@Module({
  imports: [OneCModule, NestCacheModule.registerAsync({ inject: [Settings], useFactory: cacheStore })],
  providers: [CacheStore, AccountingService],
  exports: [AccountingService],
})
export class CacheModule {}
