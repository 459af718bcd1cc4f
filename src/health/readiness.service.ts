import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Settings } from '../config/settings';
import { DrainState } from './drain-state';
import { OneCHealthIndicator } from './onec.health-indicator';
import { StoresReport } from './stores-report';
import { TelegramHealthIndicator } from './telegram.health-indicator';

/** Terminus' result, and `degraded` where only what is optional is away. */
export type ReadinessReport = Omit<HealthCheckResult, 'status'> & { status: HealthCheckResult['status'] | 'degraded' };

/** Whether the bot can answer its suppliers, dependency by dependency. */
@Injectable()
export class ReadinessService {
  private readonly logger = new Logger(ReadinessService.name);
  private lastStatus?: ReadinessReport['status'];

  constructor(
    private readonly settings: Settings,
    private readonly drain: DrainState,
    private readonly health: HealthCheckService,
    private readonly onec: OneCHealthIndicator,
    private readonly telegram: TelegramHealthIndicator,
    private readonly stores: StoresReport,
  ) {}

  /** Never fails because of a dependency: what is away is in the report. */
  async check(): Promise<ReadinessReport> {
    const report = this.drain.draining ? DRAINING : await this.askAll();
    this.logChange(report);
    return report;
  }

  private async askAll(): Promise<ReadinessReport> {
    const [result, stores] = await Promise.all([this.ask(), this.stores.read()]);
    const report = this.weigh(result);
    return { ...report, details: { ...report.details, ...stores } };
  }

  private async ask(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([() => this.onec.check(), () => this.telegram.check()]);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) {
        return error.getResponse() as HealthCheckResult;
      }
      throw error;
    }
  }

  private weigh(result: HealthCheckResult): ReadinessReport {
    const away = Object.keys(result.error ?? {});
    const degraded =
      result.status === 'error' && this.settings.healthOnecOptional && away.every((key) => key === 'onec');
    return degraded ? { ...result, status: 'degraded' } : result;
  }

  /** Probes come every few seconds: the log tells changes only. */
  private logChange({ status, details }: ReadinessReport): void {
    if (status === this.lastStatus) {
      return;
    }
    const level = status === 'ok' || status === 'shutting_down' ? 'log' : 'warn';
    this.logger[level]({ event: 'readiness', status, previous: this.lastStatus, details });
    this.lastStatus = status;
  }
}

const STOPPING = { process: { status: 'down', reason: 'the process is stopping' } } as const;

const DRAINING: ReadinessReport = { status: 'shutting_down', info: {}, error: STOPPING, details: STOPPING };
