import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import { splitHtml } from '../../replies';
import type { OutboxMessage } from '../../queue/outbox';

export type Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup;

/** `html` in as many messages as it takes; the keyboard stands under the last. */
export function newMessages(chatId: number, html: string, keyboard?: Keyboard): OutboxMessage[] {
  const parts = splitHtml(html);
  return parts.map((text, index) => ({
    method: 'sendMessage',
    payload: { chat_id: chatId, ...textOf(text), ...(index === parts.length - 1 ? markup(keyboard) : {}) },
  }));
}

/** A message of the bot that is changed; what does not fit into it follows in new messages. */
export function changedMessage(
  chatId: number,
  messageId: number,
  html: string,
  keyboard?: InlineKeyboardMarkup,
): OutboxMessage[] {
  const [first = '', ...rest] = splitHtml(html);
  const whole = rest.length === 0;
  return [
    {
      method: 'editMessageText',
      payload: { chat_id: chatId, message_id: messageId, ...textOf(first), ...(whole ? markup(keyboard) : {}) },
    },
    ...(whole ? [] : newMessages(chatId, rest.join('\n'), keyboard)),
  ];
}

export function documentMessage(
  chatId: number,
  document: { content: Buffer; fileName: string; captionHtml: string },
): OutboxMessage {
  return {
    method: 'sendDocument',
    payload: { chat_id: chatId, caption: document.captionHtml, parse_mode: 'HTML' },
    document: { name: document.fileName, base64: document.content.toString('base64') },
  };
}

function textOf(text: string) {
  return { text, parse_mode: 'HTML', link_preview_options: { is_disabled: true } };
}

function markup(keyboard: Keyboard | undefined) {
  return keyboard ? { reply_markup: keyboard } : {};
}
