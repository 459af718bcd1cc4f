import { Ctx, On, Update } from 'nestjs-telegraf';
import { Context } from 'telegraf';
import { renderPromiseCancelled, renderPromiseTooLate, renderStaleButton } from '../../replies';
import { DialogueService } from '../dialogue/dialogue.service';
import type { Asker } from '../dialogue/question';
import { isAnswerAction } from '../dialogue/wish';
import { InlineKeyboards } from '../keyboards/inline-keyboards';
import { PromisesService } from '../promises/promises.service';
import { TelegramSigns } from '../telegram/telegram-signs';
import { askerOf } from './asker';

/** Pressed buttons. */
@Update()
export class ButtonsUpdate {
  constructor(
    private readonly dialogue: DialogueService,
    private readonly keyboards: InlineKeyboards,
    private readonly signs: TelegramSigns,
    private readonly promises: PromisesService,
  ) {}

  @On('callback_query')
  async press(@Ctx() context: Context): Promise<void> {
    const query = context.callbackQuery;
    const asker = askerOf(context);
    if (!query || !asker) return;
    const action = 'data' in query ? await this.keyboards.read(asker.chatId, query.data) : null;
    if (action && !isAnswerAction(action)) return this.cancel(query.id, action.words[0] ?? '', asker);
    // The waiting sign on the button ends at once: Telegram forgets the press while 1C is still being asked.
    void this.signs.answerPress(query.id, action ? undefined : renderStaleButton({ language: asker.language }));
    if (action) await this.dialogue.press(asker, action, query.message?.message_id);
  }

  private async cancel(queryId: string, promiseId: string, { language }: Asker): Promise<void> {
    const cancelled = await this.promises.cancel(promiseId);
    await this.signs.answerPress(queryId, (cancelled ? renderPromiseCancelled : renderPromiseTooLate)({ language }));
  }
}
