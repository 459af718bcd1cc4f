import type { Operation } from '../onec/contract';
import { contactLine, type ManagerContact } from './manager.reply';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { articleList, blocks } from './text';

/** Kinds of messages that the bot cannot read; others are `other`. */
export const UNREADABLE_KINDS = ['photo', 'voice', 'sticker', 'document', 'other'] as const;
export type UnreadableKind = (typeof UNREADABLE_KINDS)[number];

/** The accounting system has not answered after all attempts, or refuses the bot (contract, Errors). Telegram HTML. */
export function renderSystemAway(contact: ManagerContact, { language }: ReplyOptions): string {
  return blocks(message(language, 'trouble.systemAway'), contactLine(contact, language));
}

/** As `renderSystemAway`, for a question that is kept and will be answered without being asked again. Telegram HTML. */
export function renderSystemAwayPromised(contact: ManagerContact, { language }: ReplyOptions): string {
  return blocks(message(language, 'trouble.systemAwayPromised'), contactLine(contact, language));
}

/** Stands under an older answer that a fresh one will follow. Telegram HTML. */
export const renderPromise = ({ language }: ReplyOptions): string => message(language, 'trouble.promised');

/** Articles of a question for which nothing is known while the accounting system is away. Telegram HTML. */
export function renderUnanswered(articles: string[], { language }: ReplyOptions): string {
  return message(language, 'trouble.unanswered', { articles: articleList(articles) });
}

/** The bot's own fault, such as a bad request (contract, Errors). Telegram HTML. */
export function renderOwnFault(contact: ManagerContact, { language }: ReplyOptions): string {
  return blocks(message(language, 'trouble.ownFault'), contactLine(contact, language));
}

/** The accounting system lacks the operation (contract, Errors, `not_supported`). Telegram HTML. */
export function renderNotSupported(
  { operation, ...contact }: ManagerContact & { operation?: Operation },
  { language }: ReplyOptions,
): string {
  const topic =
    operation && operation !== 'ping' && operation !== 'identify' && operation !== 'link' && operation !== 'unlink'
      ? message(language, `help.topics.${operation}`)
      : null;
  return blocks(
    topic ? message(language, 'trouble.notSupportedTopic', { topic }) : message(language, 'trouble.notSupported'),
    contactLine(contact, language),
  );
}

/**
 * More questions than `CHAT_RATE_LIMIT` allows.
 * @param data.retryAfterSeconds how long to wait, where it is known
 */
export function renderTooManyQuestions(
  { retryAfterSeconds }: { retryAfterSeconds?: number },
  { language }: ReplyOptions,
): string {
  if (retryAfterSeconds === undefined) return message(language, 'trouble.tooManyQuestions');
  const count = Math.max(1, Math.ceil(retryAfterSeconds));
  return message(language, 'trouble.tooManyQuestionsWait', { count });
}

/** A message that is not text. Telegram HTML. */
export function renderUnreadable({ kind }: { kind: UnreadableKind }, { language }: ReplyOptions): string {
  return message(language, `trouble.unreadable.${kind}`);
}
