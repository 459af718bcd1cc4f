import { type UpdateQueue } from './update-queue';
import { type ReplyRunner, WebhookDelivery, type WebhookError, type WebhookPace } from './webhook-delivery';
import { type WebhookSettings } from './webhook-settings';

/** The webhook of the bot, or that it has none. */
export class Webhook {
  private delivery: WebhookDelivery | undefined;

  constructor(
    private readonly queue: UpdateQueue,
    private readonly runReply: ReplyRunner,
    private readonly pace: WebhookPace,
  ) {}

  get settings(): WebhookSettings | undefined {
    return this.delivery?.settings;
  }

  get lastError(): WebhookError | undefined {
    return this.delivery?.lastError;
  }

  /** Begins to deliver, first what waits already. */
  set(settings: WebhookSettings): void {
    this.remove();
    this.delivery = new WebhookDelivery(settings, this.queue, this.runReply, this.pace);
  }

  /** Stops delivering at once; what is not confirmed waits on. */
  remove(): void {
    this.delivery?.close();
    this.delivery = undefined;
  }
}
