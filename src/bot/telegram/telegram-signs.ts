import { Injectable, Logger } from '@nestjs/common';
import { refusalOf, TelegramApi } from './telegram-api';

/** What is of use only at once, and therefore waits in no queue. */
@Injectable()
export class TelegramSigns {
  private readonly logger = new Logger(TelegramSigns.name);

  constructor(private readonly api: TelegramApi) {}

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
}
