import {
  type DynamicModule,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { BotModule } from './bot/bot.module';
import { CacheModule } from './cache/cache.module';
import { ClassifierModule } from './classifier/classifier.module';
import { type Settings } from './config/settings';
import { SettingsModule } from './config/settings.module';
import { DrainState } from './health/drain-state';
import { HealthModule } from './health/health.module';
import { StartupState } from './health/startup-state';
import { HttpModule } from './http/http.module';
import { ManagementPort } from './http/management-port';
import { LoggingModule } from './logging/logging.module';
import { MetricsModule } from './metrics/metrics.module';
import { OneCModule } from './onec/onec.module';
import { QueueModule } from './queue/queue.module';
import { RedisModule } from './redis/redis.module';
import { SuppliersModule } from './suppliers/suppliers.module';
import { UnderstandingModule } from './understanding/understanding.module';

/**
 * The wiring. Nest calls the hooks of the root module last when the application comes up and first when it goes down,
 * so that the states below span everything between.
 */
@Module({})
export class AppModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly managementPort: ManagementPort,
    private readonly startup: StartupState,
    private readonly drain: DrainState,
  ) {}

  static forRoot(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggingModule.forRoot(),
        HttpModule,
        MetricsModule,
        RedisModule,
        OneCModule,
        CacheModule,
        QueueModule,
        ClassifierModule,
        UnderstandingModule,
        SuppliersModule,
        BotModule,
        HealthModule.register({ imports: [BotModule] }),
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.managementPort.open();
  }

  onApplicationBootstrap(): void {
    this.startup.complete();
  }

  onModuleDestroy(): void {
    this.drain.begin();
  }
}
