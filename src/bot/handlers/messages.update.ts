import { Ctx, On, Update } from 'nestjs-telegraf';
import { Context } from 'telegraf';
import type { Intent } from '../../classifier/understanding';
import { type MenuButton, menuButtonOf, type UnreadableKind } from '../../replies';
import { DialogueService } from '../dialogue/dialogue.service';
import { understood } from '../dialogue/wish';
import { askerOf } from './asker';
import { textOf } from './message-text';

const INTENT_OF_MENU: Record<MenuButton, Intent> = {
  menuStock: 'stock',
  menuPrices: 'price',
  menuOrders: 'order',
  menuPayments: 'payment',
  menuProducts: 'product',
  menuReconciliation: 'reconciliation',
  menuManager: 'manager',
  menuHelp: 'help',
};

/** Everything that is written to the bot and is no command. An edited message is asked anew. */
@Update()
export class MessagesUpdate {
  constructor(private readonly dialogue: DialogueService) {}

  @On(['message', 'edited_message'])
  async message(@Ctx() context: Context): Promise<void> {
    const asker = askerOf(context);
    if (!asker) return;
    const text = textOf(context);
    if (text === '') {
      const kind = unreadableKindOf(context);
      if (kind) await this.dialogue.unreadable(asker, kind);
      return;
    }
    const entry = menuButtonOf(text);
    if (entry) await this.dialogue.choose(asker, understood([INTENT_OF_MENU[entry]]));
    else await this.dialogue.ask(asker, text);
  }
}

/** @returns null for what Telegram itself says in a chat, such as a pinned message, and for what was edited */
function unreadableKindOf({ message }: Context): UnreadableKind | null {
  if (!message) return null;
  if ('photo' in message) return 'photo';
  if ('voice' in message || 'audio' in message || 'video_note' in message) return 'voice';
  if ('sticker' in message) return 'sticker';
  if ('document' in message) return 'document';
  if ('contact' in message || 'location' in message || 'video' in message || 'poll' in message) return 'other';
  return null;
}
