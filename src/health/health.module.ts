import { Module } from '@nestjs/common';
import { DrainState } from './drain-state';
import { HealthController } from './health.controller';
import { StartupState } from './startup-state';

@Module({
  controllers: [HealthController],
  providers: [DrainState, StartupState],
  exports: [DrainState, StartupState],
})
export class HealthModule {}
