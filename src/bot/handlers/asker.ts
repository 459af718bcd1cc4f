import type { Context } from 'telegraf';
import type { Asker } from '../dialogue/question';
import { languageOf } from '../../replies';

/** @returns null for an update without a chat, which is nobody's question */
export function askerOf(context: Context): Asker | null {
  if (!context.chat) return null;
  return {
    chatId: context.chat.id,
    updateId: context.update.update_id,
    language: languageOf(context.from?.language_code),
    firstName: context.from?.first_name,
  };
}
