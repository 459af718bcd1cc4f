import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { ChatMemory } from '../dialogue/chat-memory';
import { type ButtonAction, fitsCallbackData, formatAction, parseAction } from './callback-data';

export interface Button {
  label: string;
  action: ButtonAction;
}

/** Starts the `callback_data` of an action that is kept by the bot, since it does not fit. */
const KEPT = '~';

/** Turns buttons into Telegram's keyboard and presses back into what they ask for. */
@Injectable()
export class InlineKeyboards {
  constructor(private readonly memory: ChatMemory) {}

  async build(chatId: number, rows: Button[][]): Promise<InlineKeyboardMarkup | undefined> {
    if (rows.length === 0) return undefined;
    const keyboard = rows.map((row) =>
      Promise.all(
        row.map(async ({ label, action }) => ({ text: label, callback_data: await this.dataOf(chatId, action) })),
      ),
    );
    return { inline_keyboard: await Promise.all(keyboard) };
  }

  /** @returns null where the button is older than what the bot remembers */
  async read(chatId: number, data: string): Promise<ButtonAction | null> {
    const text = data.startsWith(KEPT) ? await this.memory.findAction(chatId, data.slice(KEPT.length)) : data;
    return text === undefined ? null : parseAction(text);
  }

  private async dataOf(chatId: number, action: ButtonAction): Promise<string> {
    const text = formatAction(action);
    return fitsCallbackData(text) ? text : KEPT + (await this.memory.keepAction(chatId, text));
  }
}
