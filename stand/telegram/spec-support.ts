import { type LocalTelegram } from './server';

/** An answer of the Bot API with its HTTP status. */
export interface BotAnswer<T = unknown> {
  status: number;
  ok: boolean;
  result: T;
  error_code?: number;
  description?: string;
  parameters?: { retry_after: number };
}

/** Calls a method as a bot does, with a JSON body. */
export function callBot<T>(
  telegram: Pick<LocalTelegram, 'url' | 'token'>,
  method: string,
  params: object = {},
): Promise<BotAnswer<T>> {
  return sendToBotApi(telegram, method, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
}

/** Calls a method in any way that fetch knows. */
export async function sendToBotApi<T>(
  telegram: Pick<LocalTelegram, 'url' | 'token'>,
  methodAndQuery: string,
  init?: RequestInit,
): Promise<BotAnswer<T>> {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${methodAndQuery}`, init);
  return { status: response.status, ...((await response.json()) as Omit<BotAnswer<T>, 'status'>) };
}
