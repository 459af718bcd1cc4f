import type { TelegramCallResult } from '../../metrics/telegram.metrics';
import type { Refusal } from './telegram-api';

/** Sums the refusal of a call up in one of a few words (Bot API, "Making requests"). */
export function resultOfRefusal({ code, description }: Refusal): TelegramCallResult {
  if (code === 429) return 'too_many_requests';
  if (code === 403) return 'blocked';
  if (code >= 500) return 'server_error';
  return description.includes('message is not modified') ? 'unchanged' : 'refused';
}
