import type { WebhookInfo } from 'telegraf/types';
import type { ReceptionSnapshot } from '../../health/reception-state';

/** A way on which updates come from Telegram. */
export abstract class UpdateSource {
  abstract start(): void;

  /** Takes no more updates; what was stored already is kept. */
  abstract stop(): Promise<void>;

  /** Called when everything under way has ended. */
  abstract confirm(): Promise<void>;

  abstract snapshot(): ReceptionSnapshot;

  /** Called with what Telegram says of the way from time to time (Bot API, `getWebhookInfo`). */
  learn(_info: WebhookInfo): Promise<void> {
    return Promise.resolve();
  }
}
