import { conflict } from '../../bot-api-error';
import { LIMITS } from '../../limits';
import { type LongPoll } from '../../updates/long-poll';
import { type UpdateQueue } from '../../updates/update-queue';
import { type Webhook } from '../../updates/webhook';
import { checkSecretToken, checkWebhookUrl } from '../../updates/webhook-settings';
import { DescribedResult, JsonResult, type Methods } from '../method';
import { type RequestParams } from '../request-params';

const DEFAULT_CONNECTIONS = 40;

/** Getting updates: https://core.telegram.org/bots/api#getting-updates */
export function updateMethods(queue: UpdateQueue, longPoll: LongPoll, webhook: Webhook): Methods {
  const drop = (params: RequestParams): void => {
    if (params.flag('drop_pending_updates')) {
      queue.clear();
    }
  };
  const deleteWebhook = (params: RequestParams): DescribedResult => {
    const was = webhook.settings !== undefined;
    webhook.remove();
    drop(params);
    return new DescribedResult(true, was ? 'Webhook was deleted' : 'Webhook is already deleted');
  };
  return {
    async getUpdates(params, context) {
      if (webhook.settings !== undefined) {
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      allowUpdates(queue, params);
      const updates = await longPoll.poll({
        offset: params.integer('offset'),
        limit: params.integerBetween('limit', 1, LIMITS.updatesBatch, LIMITS.updatesBatch),
        timeoutMs: params.integerBetween('timeout', 0, LIMITS.longPollSeconds, 0) * 1000,
        onHangUp: (listener) => context.onHangUp(listener),
      });
      return new JsonResult(`[${updates.map((update) => update.json).join(',')}]`);
    },
    setWebhook(params) {
      const url = params.text('url');
      if (url === '') {
        return deleteWebhook(params);
      }
      const secretToken = params.text('secret_token');
      checkWebhookUrl(url);
      checkSecretToken(secretToken);
      allowUpdates(queue, params);
      drop(params);
      longPoll.interrupt('terminated by setWebhook request');
      const certificate = params.file('certificate')?.content;
      webhook.set({
        url,
        secretToken,
        maxConnections: params.integerBetween('max_connections', 1, LIMITS.webhookConnections, DEFAULT_CONNECTIONS),
        ...(certificate !== undefined && { certificate }),
      });
      return new DescribedResult(true, 'Webhook was set');
    },
    deleteWebhook,
    getWebhookInfo() {
      const { settings, lastError } = webhook;
      return {
        url: settings?.url ?? '',
        has_custom_certificate: settings?.certificate !== undefined,
        pending_update_count: queue.size,
        ...(lastError !== undefined && {
          last_error_date: lastError.date,
          last_error_message: lastError.message,
        }),
        ...(settings !== undefined && { max_connections: settings.maxConnections, ip_address: '127.0.0.1' }),
        ...(queue.allowedUpdates.length > 0 && { allowed_updates: queue.allowedUpdates }),
      };
    },
  };
}

/** The list holds until the next one; what is no list of names is passed over, as at Telegram. */
function allowUpdates(queue: UpdateQueue, params: RequestParams): void {
  const types = params.json('allowed_updates', 'allowed updates');
  if (Array.isArray(types) && types.every((type) => typeof type === 'string')) {
    queue.allow(types.map((type) => type.toLowerCase()));
  }
}
