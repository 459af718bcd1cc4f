import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OneCModule } from '../onec/onec.module';
import { DrainState } from './drain-state';
import { HealthController } from './health.controller';
import { OneCHealthIndicator } from './onec.health-indicator';
import { ReadinessService } from './readiness.service';
import { StartupState } from './startup-state';
import { TelegramHealthIndicator } from './telegram.health-indicator';

/** Liveness, readiness and startup of the process. */
@Module({})
export class HealthModule {
  /** @param imports the module that provides `ReceptionState` */
  static register({ imports }: Required<Pick<ModuleMetadata, 'imports'>>): DynamicModule {
    return {
      module: HealthModule,
      imports: [...imports, OneCModule, TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [DrainState, StartupState, OneCHealthIndicator, TelegramHealthIndicator, ReadinessService],
      exports: [DrainState, StartupState],
    };
  }
}
