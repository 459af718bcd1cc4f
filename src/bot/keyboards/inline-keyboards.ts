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

  build(chatId: number, rows: Button[][]): InlineKeyboardMarkup | undefined {
    if (rows.length === 0) return undefined;
    return {
      inline_keyboard: rows.map((row) =>
        row.map(({ label, action }) => ({ text: label, callback_data: this.dataOf(chatId, action) })),
      ),
    };
  }

  /** @returns null where the button is older than what the bot remembers */
  read(chatId: number, data: string): ButtonAction | null {
    const text = data.startsWith(KEPT) ? this.memory.findAction(chatId, data.slice(KEPT.length)) : data;
    return text === undefined ? null : parseAction(text);
  }

  private dataOf(chatId: number, action: ButtonAction): string {
    const text = formatAction(action);
    return fitsCallbackData(text) ? text : KEPT + this.memory.keepAction(chatId, text);
  }
}
