import { type ApiCallRecord } from './api/api-call';
import { type ChatMessage } from './bot-api.types';

/** How the bot answered the press of a button. */
export interface CallbackAnswer {
  callbackQueryId: string;
  text?: string;
  /** Shown as a window to be closed, not as a line that goes by itself. */
  showAlert: boolean;
  url?: string;
}

/** What happens in one chat, as its person sees it. */
export interface ChatEvents {
  message: [{ chatId: number; message: ChatMessage }];
  edit: [{ chatId: number; message: ChatMessage }];
  delete: [{ chatId: number; messageId: number }];
  chat_action: [{ chatId: number; action: string }];
  callback_answer: [{ chatId: number } & CallbackAnswer];
  cleared: [{ chatId: number }];
}

/** What the local Telegram tells: the events of all chats, changes of the bot's commands, and calls of the Bot API. */
export interface TelegramEvents extends ChatEvents {
  commands: [Record<string, never>];
  call: [ApiCallRecord];
}
