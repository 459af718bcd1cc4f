import { Controller, Get, Header, HttpCode, ServiceUnavailableException } from '@nestjs/common';
import { StartupState } from './startup-state';

/** The probes of an orchestrator. */
@Controller('health')
export class HealthController {
  constructor(private readonly startup: StartupState) {}

  /** The process answers. Nothing else is asked here: a restart cures no dependency. */
  @Get('live')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Every module is up. */
  @Get('startup')
  @Header('Cache-Control', 'no-store')
  started(): { status: 'ok' } {
    if (!this.startup.started) {
      throw new ServiceUnavailableException('The application is starting');
    }
    return { status: 'ok' };
  }
}
