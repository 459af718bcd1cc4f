import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { InlineKeyboardMarkup, InputFile, Opts, ReplyKeyboardMarkup } from 'telegraf/types';
import { splitHtml } from '../../replies';
import { isNotConnected, refusalOf, TelegramApi, type TelegramMethod } from './telegram-api';

export type Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup;

/** How often a message is tried where Telegram is away or asks to wait. */
const SEND_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
/** A longer `retry_after` is not waited for: the chat would be stuck for so long. */
const LONGEST_WAIT_MS = 60_000;

/** What came of a message. `blocked`: the person stopped the bot; `refused`: Telegram will never take it. */
export type SendOutcome = 'sent' | 'unchanged' | 'blocked' | 'refused' | 'failed';

/**
 * Says things to a chat in Telegram HTML. Expected outcomes are values; a call is repeated only where Telegram did
 * not take it: 429 (after its `retry_after`), 5xx, and a connection that was never made. A call that timed out may
 * have been taken and is not repeated, since a message has no key against sending it twice.
 */
@Injectable()
export class TelegramSender {
  private readonly logger = new Logger(TelegramSender.name);

  constructor(private readonly api: TelegramApi) {}

  /** Sends `html` in as many messages as it takes; the keyboard stands under the last. */
  async send(chatId: number, html: string, keyboard?: Keyboard): Promise<SendOutcome> {
    const parts = splitHtml(html);
    for (const [index, text] of parts.entries()) {
      const last = index === parts.length - 1;
      const outcome = await this.attempt('sendMessage', chatId, {
        chat_id: chatId,
        text,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(last && keyboard ? { reply_markup: keyboard } : {}),
      });
      if (outcome !== 'sent') return outcome;
    }
    return 'sent';
  }

  /** Changes a message of the bot; what does not fit into it follows in new messages. */
  async edit(chatId: number, messageId: number, html: string, keyboard?: InlineKeyboardMarkup): Promise<SendOutcome> {
    const [text = '', ...rest] = splitHtml(html);
    const outcome = await this.attempt('editMessageText', chatId, {
      chat_id: chatId,
      message_id: messageId,
      text,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(rest.length === 0 && keyboard ? { reply_markup: keyboard } : {}),
    });
    // The message is too old to be changed, or was deleted: what it should say still has to be said.
    if (outcome === 'refused') return this.send(chatId, html, keyboard);
    return rest.length === 0 ? outcome : this.send(chatId, rest.join('\n'), keyboard);
  }

  async sendDocument(chatId: number, document: InputFile, captionHtml: string): Promise<SendOutcome> {
    return this.attempt('sendDocument', chatId, {
      chat_id: chatId,
      document,
      caption: captionHtml,
      parse_mode: 'HTML',
    });
  }

  /** Shows "typing" for some seconds. What comes of it is of no matter. */
  async typing(chatId: number): Promise<void> {
    await this.api.call('sendChatAction', { chat_id: chatId, action: 'typing' }).catch(() => undefined);
  }

  /** Ends the waiting sign on a pressed button, with a short text where there is one. */
  async answerPress(callbackQueryId: string, text?: string): Promise<void> {
    await this.api
      .call('answerCallbackQuery', { callback_query_id: callbackQueryId, ...(text ? { text } : {}) })
      .catch((error: unknown) => {
        const refusal = refusalOf(error);
        this.logger.warn({ msg: 'answerCallbackQuery failed', code: refusal?.code, reason: refusal?.description });
      });
  }

  private async attempt<M extends TelegramMethod>(method: M, chatId: number, payload: Opts<M>): Promise<SendOutcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.api.call(method, payload);
        return 'sent';
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal?.description.includes('message is not modified')) return 'unchanged';
        const wait = waitBeforeNext(error, attempt);
        const fields = {
          method,
          chatId,
          attempt,
          code: refusal?.code ?? (error instanceof Error ? error.name : 'unknown'),
          reason: refusal?.description,
        };
        if (wait === null) {
          const outcome = outcomeOf(refusal?.code);
          this.logger[outcome === 'blocked' ? 'log' : 'error']({ msg: `message not sent: ${outcome}`, ...fields });
          return outcome;
        }
        this.logger.warn({ msg: 'message is sent again', waitMs: wait, ...fields });
        await pause(wait);
      }
    }
  }
}

/** @returns milliseconds, or null where the call must not be repeated */
function waitBeforeNext(error: unknown, attempt: number): number | null {
  if (attempt >= SEND_ATTEMPTS) return null;
  const growing = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  const refusal = refusalOf(error);
  if (!refusal) return isNotConnected(error) ? growing : null;
  if (refusal.code === 429) {
    const wait = (refusal.retryAfter ?? 1) * 1000;
    return wait <= LONGEST_WAIT_MS ? wait : null;
  }
  return refusal.code >= 500 ? growing : null;
}

function outcomeOf(code: number | undefined): SendOutcome {
  if (code === 403) return 'blocked';
  return code === undefined || code === 429 || code >= 500 ? 'failed' : 'refused';
}
