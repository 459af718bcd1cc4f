import { renderFreshness, type ReplyOptions } from '../../replies';
import type { Question } from '../dialogue/question';

/** How answers to a question are written. */
export function replyOptions({ asker, now }: Pick<Question, 'asker' | 'now'>): ReplyOptions {
  return { language: asker.language, now };
}

/** An answer that has no age of its own says one where it is older than allowed, since 1C is away. */
export function withAge(
  html: string,
  { receivedAt, stale }: { receivedAt: number; stale?: boolean },
  question: Pick<Question, 'asker' | 'now'>,
): string {
  return stale ? `${html}\n\n${renderFreshness({ receivedAt, stale }, replyOptions(question))}` : html;
}
