import { contactLine, type ManagerContact } from './manager.reply';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { blocks } from './text';

/** A chat that the accounting system does not know: how to get connected, with the chat's id to pass on. Telegram HTML. */
export function renderNotLinked(
  { chatId, ...contact }: ManagerContact & { chatId: number },
  { language }: ReplyOptions,
): string {
  return blocks(
    message(language, 'access.notLinked'),
    message(language, 'access.howToConnect', { chatId }),
    contactLine(contact, language),
  );
}

/** A supplier whom a manager has not approved yet. Telegram HTML. */
export function renderPending(contact: ManagerContact, { language }: ReplyOptions): string {
  return blocks(message(language, 'access.pending'), contactLine(contact, language));
}

/** A supplier who may not ask any more. Telegram HTML. */
export function renderBlocked(contact: ManagerContact, { language }: ReplyOptions): string {
  return blocks(message(language, 'access.blocked'), contactLine(contact, language));
}
