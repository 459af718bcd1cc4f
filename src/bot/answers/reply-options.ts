import type { ReplyOptions } from '../../replies';
import type { Question } from '../dialogue/question';

/** How answers to a question are written. */
export function replyOptions({ asker, now }: Pick<Question, 'asker' | 'now'>): ReplyOptions {
  return { language: asker.language, now };
}
