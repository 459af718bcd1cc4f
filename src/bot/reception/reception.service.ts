import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../../config/settings';
import { type ReceptionSnapshot, ReceptionState } from '../../health/reception-state';
import { ReceptionMetrics } from '../../metrics/reception.metrics';
import { reasonOf } from '../telegram/failure-reason';
import { TelegramApi } from '../telegram/telegram-api';
import { Intake } from './intake';
import { PollingService } from './polling.service';
import { UpdateSource } from './update-source';
import { WebhookService } from './webhook.service';

/** How often Telegram is asked what waits there. */
const WATCH_MS = 30_000;
/** Updates wait at Telegram, and none has come for so long: something is wrong on the way, whatever each end says. */
const SILENT_MS = 60_000;

/** The reception of updates by the way that TELEGRAM_MODE says, watched from outside by what Telegram says of it. */
@Injectable()
export class Reception extends ReceptionState {
  private readonly logger = new Logger(Reception.name);
  private readonly source: UpdateSource;
  private watch?: NodeJS.Timeout;
  private startedAt = Date.now();
  private pendingUpdates?: number;
  private deliveryError?: string;

  constructor(
    settings: Settings,
    polling: PollingService,
    webhook: WebhookService,
    private readonly api: TelegramApi,
    private readonly intake: Intake,
    metrics: ReceptionMetrics,
  ) {
    super();
    metrics.watch(() => this.snapshot());
    this.source = settings.telegramMode === 'polling' ? polling : webhook;
  }

  start(): void {
    this.startedAt = Date.now();
    this.source.start();
    this.watch = setInterval(() => void this.lookAtTelegram(), WATCH_MS).unref();
  }

  stop(): Promise<void> {
    clearInterval(this.watch);
    return this.source.stop();
  }

  confirm(): Promise<void> {
    return this.source.confirm();
  }

  snapshot(): ReceptionSnapshot {
    const { lastUpdateAt } = this.intake;
    const { pendingUpdates } = this;
    const snapshot = {
      ...this.source.snapshot(),
      ...(lastUpdateAt === undefined ? {} : { lastUpdateAt }),
      ...(pendingUpdates === undefined ? {} : { pendingUpdates }),
    };
    const silentFor = Date.now() - Math.max(lastUpdateAt ?? 0, this.startedAt);
    if (snapshot.state !== 'up' || !pendingUpdates || silentFor < SILENT_MS) return snapshot;
    return { ...snapshot, state: 'down', detail: this.deliveryError ?? 'updates wait at Telegram and none comes' };
  }

  /** Asks Telegram what waits there and how its deliveries end; every half a minute by itself. */
  async lookAtTelegram(): Promise<void> {
    if (this.source.snapshot().state === 'standby') {
      this.pendingUpdates = undefined;
      return;
    }
    try {
      const info = await this.api.call('getWebhookInfo', {});
      const { pending_update_count, last_error_message } = info;
      this.pendingUpdates = pending_update_count;
      this.deliveryError = last_error_message && `Telegram cannot deliver: ${last_error_message}`;
      if (this.snapshot().state === 'down') {
        this.logger.error({ event: 'reception', pending: pending_update_count, msg: this.snapshot().detail });
      }
      await this.source.learn(info);
    } catch (error) {
      this.logger.warn({ msg: 'Telegram does not say what waits there', ...reasonOf(error) });
    }
  }
}
