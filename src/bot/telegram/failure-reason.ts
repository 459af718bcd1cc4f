import { refusalOf } from './telegram-api';

/** What an operator can do about the refusals that the reception of updates meets. */
const CURES: Record<number, string> = {
  401: 'Telegram does not know the token: check TELEGRAM_BOT_TOKEN',
  404: 'the Bot API is not at this address: check TELEGRAM_API_ROOT and TELEGRAM_BOT_TOKEN',
  409: 'somebody else receives the updates of this bot: stop the other process, or give each environment its own bot',
};

/** Why a call of the Bot API failed, for the log and for readiness. */
export function reasonOf(error: unknown): { code?: number | string; reason: string; cure?: string } {
  const refusal = refusalOf(error);
  if (refusal) return { code: refusal.code, reason: refusal.description, cure: CURES[refusal.code] };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { code: error instanceof Error && 'code' in error ? String(error.code) : name, reason: message };
}
