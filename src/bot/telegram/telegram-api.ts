import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf, TelegramError } from 'telegraf';
import type { Opts, Telegram } from 'telegraf/types';
import { Settings } from '../../config/settings';
import { TelegramMetrics, type TelegramCallResult } from '../../metrics/telegram.metrics';
import { BotApiClient } from './bot-api.client';

/** Telegraf itself would wait 500 s for an answer. */
const CALL_DEADLINE_MS = 10_000;

export type TelegramMethod = keyof Telegram;

export interface CallOptions {
  /** Milliseconds after which the call is given up; 10 s unless told. */
  deadlineMs?: number;
  /** Ends the call early. */
  signal?: AbortSignal;
  /** What Telegram made of the call is of no use: it is not read, and nothing is returned. */
  unread?: boolean;
}

/** What Telegram answers to a call that it refuses (Bot API, "Making requests"). */
export interface Refusal {
  code: number;
  description: string;
  /** Seconds to wait before the next call (Bot API, ResponseParameters). */
  retryAfter?: number;
}

/** Calls of the Bot API, each with a deadline. Errors are Telegraf's; `refusalOf` reads them. */
@Injectable()
export class TelegramApi implements OnApplicationShutdown {
  private readonly client: BotApiClient;

  constructor(
    @InjectBot() private readonly bot: Telegraf,
    settings: Settings,
    private readonly metrics: TelegramMetrics,
  ) {
    this.client = new BotApiClient(settings.telegramApiRoot, settings.telegramBotToken);
  }

  async call<M extends TelegramMethod>(
    method: M,
    payload: Opts<M>,
    { deadlineMs = CALL_DEADLINE_MS, signal, unread }: CallOptions = {},
  ): Promise<ReturnType<Telegram[M]>> {
    const startedAt = performance.now();
    let result: TelegramCallResult = 'ok';
    try {
      const answer = holdsFile(payload)
        ? await this.upload(method, payload, deadlineMs, signal)
        : await this.client.call(method, payload, { deadlineMs, signal, unread });
      return answer as ReturnType<Telegram[M]>;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) result = resultOf(refusal);
      else if (signal?.aborted) result = 'abandoned';
      else result = performance.now() - startedAt >= deadlineMs ? 'timeout' : 'connection';
      throw error;
    } finally {
      this.metrics.called(method, result, (performance.now() - startedAt) / 1000);
    }
  }

  onApplicationShutdown(): void {
    this.client.close();
  }

  /** As multipart/form-data (Bot API, "Sending files"), which Telegraf knows how to write. */
  private upload<M extends TelegramMethod>(method: M, payload: Opts<M>, deadlineMs: number, signal?: AbortSignal) {
    const deadline = AbortSignal.timeout(deadlineMs);
    const either = signal ? AbortSignal.any([deadline, signal]) : deadline;
    // Telegraf declares the signal of the abort-controller package, which lacks newer members of the platform's.
    return this.bot.telegram.callApi(method, payload, { signal: either as never });
  }
}

function holdsFile(payload: object): boolean {
  return Object.values(payload).some((value) => typeof value === 'object' && value !== null && 'source' in value);
}

/** @returns what Telegram refused, or null where it could not be reached or gave no answer in time */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof TelegramError)) return null;
  const retryAfter = error.parameters?.retry_after;
  return { code: error.code, description: error.description, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** Sums a refusal up in one of a few words. */
function resultOf({ code, description }: Refusal): TelegramCallResult {
  if (code === 429) return 'too_many_requests';
  if (code === 403) return 'blocked';
  if (code >= 500) return 'server_error';
  return description.includes('message is not modified') ? 'unchanged' : 'refused';
}

/** Node's code of a connection that was not made, so that nothing of the call reached Telegram. */
export function isNotConnected(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    typeof code === 'string' && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].includes(code)
  );
}
