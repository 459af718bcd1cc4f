import { plainText } from './html';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { given, shorten } from './text';

/** The head of an answer that was promised while the accounting system was away. Telegram HTML. */
export function renderPromiseKept({ question }: { question?: string | null }, { language }: ReplyOptions): string {
  return given(question)
    ? message(language, 'promise.keptQuestion', { question: shorten(question.trim().replace(/\s+/g, ' ')) })
    : message(language, 'promise.kept');
}

/** What a press on "no longer needed" says: plain text (Bot API, answerCallbackQuery). */
export const renderPromiseCancelled = ({ language }: ReplyOptions): string =>
  plainText(message(language, 'promise.cancelled'));

/** The same where there is nothing to cancel any more: plain text. */
export const renderPromiseTooLate = ({ language }: ReplyOptions): string =>
  plainText(message(language, 'promise.tooLate'));
