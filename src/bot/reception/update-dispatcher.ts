import { Injectable, Logger } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import type { Update } from 'telegraf/types';
import { ChatLanes } from './chat-lanes';

/** The kinds of updates that the bot asks Telegram for (Bot API, `allowed_updates`). */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query'] as const;

/** Hands each update to its chat's lane, and from there to the handlers. */
@Injectable()
export class UpdateDispatcher {
  private readonly logger = new Logger(UpdateDispatcher.name);

  constructor(
    @InjectBot() private readonly bot: Telegraf,
    private readonly lanes: ChatLanes,
  ) {
    // nestjs-telegraf presets a handler that logs the whole error, with the person's message in it.
    bot.catch((error, context) => {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      this.logger.error({ msg: `update failed: ${message}`, name, updateId: context.update.update_id, stack });
    });
  }

  /** @returns when the update has been handled, also where that failed */
  dispatch(update: Update): Promise<void> {
    return this.lanes.run(chatOf(update), () => this.bot.handleUpdate(update));
  }
}

/** The chat in whose order an update stands; 0 for the rare update that has none. */
function chatOf(update: Update): number {
  if ('message' in update) return update.message.chat.id;
  if ('edited_message' in update) return update.edited_message.chat.id;
  if ('callback_query' in update) return update.callback_query.message?.chat.id ?? update.callback_query.from.id;
  return 0;
}
