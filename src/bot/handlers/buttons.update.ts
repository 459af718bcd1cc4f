import { Ctx, On, Update } from 'nestjs-telegraf';
import { Context } from 'telegraf';
import { renderStaleButton } from '../../replies';
import { DialogueService } from '../dialogue/dialogue.service';
import { InlineKeyboards } from '../keyboards/inline-keyboards';
import { TelegramSigns } from '../telegram/telegram-signs';
import { askerOf } from './asker';

/** Pressed buttons. */
@Update()
export class ButtonsUpdate {
  constructor(
    private readonly dialogue: DialogueService,
    private readonly keyboards: InlineKeyboards,
    private readonly signs: TelegramSigns,
  ) {}

  @On('callback_query')
  async press(@Ctx() context: Context): Promise<void> {
    const query = context.callbackQuery;
    const asker = askerOf(context);
    if (!query || !asker) return;
    const action = 'data' in query ? this.keyboards.read(asker.chatId, query.data) : null;
    // The waiting sign on the button ends at once: Telegram forgets the press while 1C is still being asked.
    void this.signs.answerPress(query.id, action ? undefined : renderStaleButton({ language: asker.language }));
    if (action) await this.dialogue.press(asker, action, query.message?.message_id);
  }
}
