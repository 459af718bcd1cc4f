import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OneCModule } from '../onec/onec.module';
import { QueueModule } from '../queue/queue.module';
import { RedisModule } from '../redis/redis.module';
import { DrainState } from './drain-state';
import { HealthController } from './health.controller';
import { OneCHealthIndicator } from './onec.health-indicator';
import { ReadinessService } from './readiness.service';
import { StartupState } from './startup-state';
import { StoresReport } from './stores-report';
import { TelegramHealthIndicator } from './telegram.health-indicator';

/** Liveness, readiness and startup of the process. */
@Module({})
export class HealthModule {
  /** @param imports the module that provides `ReceptionState` */
  static register({ imports }: Required<Pick<ModuleMetadata, 'imports'>>): DynamicModule {
    return {
      module: HealthModule,
      imports: [...imports, OneCModule, QueueModule, RedisModule, TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        DrainState,
        StartupState,
        OneCHealthIndicator,
        TelegramHealthIndicator,
        StoresReport,
        ReadinessService,
      ],
      exports: [DrainState, StartupState],
    };
  }
}
