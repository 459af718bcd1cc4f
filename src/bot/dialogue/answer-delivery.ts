import { Injectable } from '@nestjs/common';
import type { ReplyKeyboardMarkup } from 'telegraf/types';
import { menuButtons } from '../../replies';
import { SupportedOperations } from '../answers/supported-operations';
import { InlineKeyboards } from '../keyboards/inline-keyboards';
import { type SendOutcome, TelegramSender } from '../telegram/telegram-sender';
import type { Answer, Asker } from './question';

/** Buttons of the menu in a row. */
const MENU_COLUMNS = 2;

/** Says the answers of one question: as one message where they fit into one, files after it. */
@Injectable()
export class AnswerDelivery {
  constructor(
    private readonly sender: TelegramSender,
    private readonly keyboards: InlineKeyboards,
    private readonly supported: SupportedOperations,
  ) {}

  /** @param messageId the message of the bot that the answer replaces; a new one is sent without it */
  async deliver(asker: Asker, answers: Answer[], messageId?: number): Promise<SendOutcome> {
    // Two topics may fail for one reason, which is said once.
    const html = [...new Set(answers.map((answer) => answer.html).filter(Boolean))].join('\n\n');
    const rows = answers.flatMap(({ buttons }) => buttons);
    const inline = this.keyboards.build(asker.chatId, rows);
    let outcome: SendOutcome = 'sent';
    if (html && messageId !== undefined) {
      outcome = await this.sender.edit(asker.chatId, messageId, html, inline);
    } else if (html) {
      const menu = answers.some((answer) => answer.menu) ? this.menu(asker) : undefined;
      outcome = await this.sender.send(asker.chatId, html, inline ?? menu);
    }
    for (const { document } of answers) {
      if (!document) continue;
      const file = { source: document.content, filename: document.fileName };
      outcome = await this.sender.sendDocument(asker.chatId, file, document.captionHtml);
    }
    return outcome;
  }

  private menu({ language }: Asker): ReplyKeyboardMarkup {
    const labels = menuButtons(language, this.supported.current()).map(({ label }) => ({ text: label }));
    const rows: { text: string }[][] = [];
    for (let at = 0; at < labels.length; at += MENU_COLUMNS) rows.push(labels.slice(at, at + MENU_COLUMNS));
    return { keyboard: rows, resize_keyboard: true, is_persistent: true };
  }
}
