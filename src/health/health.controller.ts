import { type ServerResponse } from 'node:http';
import { Controller, Get, Header, HttpStatus, Res, ServiceUnavailableException } from '@nestjs/common';
import { type ReadinessReport, ReadinessService } from './readiness.service';
import { StartupState } from './startup-state';

/** The probes of an orchestrator. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly startup: StartupState,
    private readonly readiness: ReadinessService,
  ) {}

  /** The process answers. Nothing else is asked, a stop included: a restart cures no dependency. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Suppliers can be answered: 200 with `ok` or `degraded`, else 503; each dependency with its state. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: ServerResponse): Promise<ReadinessReport> {
    const report = await this.readiness.check();
    const ready = report.status === 'ok' || report.status === 'degraded';
    response.statusCode = ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
    return report;
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
