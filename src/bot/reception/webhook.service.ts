import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { WebhookInfo } from 'telegraf/types';
import { Settings } from '../../config/settings';
import type { ReceptionSnapshot } from '../../health/reception-state';
import { BotIdentity } from '../telegram/bot-identity';
import { reasonOf } from '../telegram/failure-reason';
import { TelegramApi } from '../telegram/telegram-api';
import { ALLOWED_UPDATES } from './intake';
import { UpdateSource } from './update-source';

/** Requests that Telegram may make at once (Bot API, `setWebhook`; 40 unless told). */
const MAX_CONNECTIONS = 40;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** What Telegram reports of a webhook that refuses its secret token: the secret was changed. */
const SECRET_REFUSED = /40[13]/;

/**
 * Webhook mode: tells Telegram where to bring updates, and only where it does not know yet, since each registration
 * costs Telegram's patience and every replica starts with one. WebhookMiddleware takes what comes.
 */
@Injectable()
export class WebhookService extends UpdateSource {
  private readonly logger = new Logger(WebhookService.name);
  private readonly stopping = new AbortController();
  private state: ReceptionSnapshot = { state: 'starting' };
  private registering: Promise<void> | null = null;
  /** When the last delivery failed of which Telegram told before the webhook was registered, by its clock. */
  private lastErrorDate = 0;

  constructor(
    private readonly identity: BotIdentity,
    private readonly api: TelegramApi,
    private readonly settings: Settings,
  ) {
    super();
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  snapshot(): ReceptionSnapshot {
    return this.state;
  }

  start(): void {
    this.registering ??= this.register();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.state = { state: 'down', detail: 'stopping' };
    await this.registering;
  }

  /** Each update was confirmed by the answer to its request. */
  confirm(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Registers again where Telegram has been refused since: it was given another secret, by a process before a change of
   * the setting. Then this is how it shows, since Telegram does not tell the secret that it has.
   */
  override async learn({ last_error_date = 0, last_error_message = '' }: WebhookInfo): Promise<void> {
    if (this.state.state !== 'up' || last_error_date <= this.lastErrorDate) return;
    if (!SECRET_REFUSED.test(last_error_message)) return;
    this.logger.warn({ msg: 'Telegram was refused at the webhook: it is told the secret anew', last_error_message });
    this.registering = this.register();
    await this.registering;
  }

  private async register(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.identity.ensure();
        const info = await this.api.call('getWebhookInfo', {}, { signal });
        if (!this.isRegistered(info)) await this.tell(signal);
        this.lastErrorDate = info.last_error_date ?? 0;
        this.state = { state: 'up' };
        this.logger.log({ event: 'webhook', msg: 'Telegram brings updates to the webhook' });
        return;
      } catch (error) {
        if (signal.aborted) return;
        const waitMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
        const reason = reasonOf(error);
        this.state = { state: 'down', detail: reason.cure ?? 'the webhook could not be registered' };
        this.logger.error({ msg: 'the webhook could not be registered', failures: failures + 1, waitMs, ...reason });
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Telegram does not tell the secret that it was given: that it is another one shows by our own refusals. */
  private isRegistered({ url, max_connections, allowed_updates, last_error_message }: WebhookInfo): boolean {
    return (
      url === this.settings.telegramWebhookUrl &&
      (max_connections ?? MAX_CONNECTIONS) === MAX_CONNECTIONS &&
      [...(allowed_updates ?? [])].sort().join() === [...ALLOWED_UPDATES].sort().join() &&
      !SECRET_REFUSED.test(last_error_message ?? '')
    );
  }

  private async tell(signal: AbortSignal): Promise<void> {
    const { telegramWebhookUrl = '', telegramWebhookSecret } = this.settings;
    await this.api.call(
      'setWebhook',
      {
        url: telegramWebhookUrl,
        secret_token: telegramWebhookSecret,
        max_connections: MAX_CONNECTIONS,
        allowed_updates: ALLOWED_UPDATES,
      },
      { signal },
    );
  }
}
