import { Injectable } from '@nestjs/common';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types';
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
    const keyboard: InlineKeyboardButton[][] = [];
    for (const row of rows) {
      const buttons: InlineKeyboardButton[] = [];
      for (const { label, action } of row) {
        const text = formatAction(action);
        buttons.push({ text: label, callback_data: fitsCallbackData(text) ? text : await this.keep(chatId, text) });
      }
      keyboard.push(buttons);
    }
    return { inline_keyboard: keyboard };
  }

  /** @returns null where the button is older than what the bot remembers */
  async read(chatId: number, data: string): Promise<ButtonAction | null> {
    const text = data.startsWith(KEPT) ? await this.memory.findAction(chatId, data.slice(KEPT.length)) : data;
    return text === undefined ? null : parseAction(text);
  }

  private async keep(chatId: number, text: string): Promise<string> {
    return KEPT + (await this.memory.keepAction(chatId, text));
  }
}
