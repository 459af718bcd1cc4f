import { Injectable } from '@nestjs/common';
import type { ReplyKeyboardMarkup } from 'telegraf/types';
import { type NewItem, QueueUnavailableError } from '../../queue/durable-queue';
import { Handover } from '../../queue/handover';
import { Outbox, type OutboxMessage } from '../../queue/outbox';
import { storedAfterAll } from '../../queue/stored-after-all';
import { menuButtons } from '../../replies';
import { SupportedOperations } from '../answers/supported-operations';
import { inRows } from '../keyboards/in-rows';
import { type Button, InlineKeyboards } from '../keyboards/inline-keyboards';
import { UpdateScope } from '../reception/update-scope';
import { OutboxWorker } from '../telegram/outbox-worker';
import { changedMessage, documentMessage, newMessages } from '../telegram/outgoing';
import type { Answer, Asker } from './question';

/** Buttons of the menu in a row. */
const MENU_COLUMNS = 3;

/** Says the answers of one question: as one message where they fit into one, files after it. */
@Injectable()
export class AnswerDelivery {
  constructor(
    private readonly handover: Handover,
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly keyboards: InlineKeyboards,
    private readonly supported: SupportedOperations,
    private readonly scope: UpdateScope,
  ) {}

  /**
   * Resolves when the answers are stored, and with them that the update is answered; a single message may be on its way
   * to Telegram instead, which the update then waits for. Their ids follow from the update's, so that a second try of the
   * same update says nothing twice.
   *
   * @param messageId the message of the bot that the answer replaces; a new one is sent without it
   * @returns how many messages there are
   */
  async deliver(asker: Asker, answers: Answer[], messageId?: number): Promise<number> {
    const messages = await this.itemsOf(asker, answers, String(asker.updateId), messageId);
    const [message, ...more] = messages;
    const store = () => this.orNow(messages, () => this.handover.finish(String(asker.updateId), messages));
    if (message && more.length === 0 && this.mayGoAhead(message)) {
      await this.scope.leave(asker.updateId, this.sayAtOnce(message, store));
    } else {
      await store();
    }
    return messages.length;
  }

  /** The same for an update that was answered before, with a promise. */
  async deliverLate(asker: Asker, answers: Answer[]): Promise<number> {
    const messages = await this.itemsOf(asker, answers, `promised:${asker.updateId}`);
    await this.orNow(messages, () => this.outbox.add(messages));
    return messages.length;
  }

  /** A single message is not stored where nothing hinders it: its update is, until the message is said. */
  private mayGoAhead({ lane, body }: NewItem<OutboxMessage>): boolean {
    return !body.document && this.handover.mayGoAhead(lane);
  }

  private async sayAtOnce(message: NewItem<OutboxMessage>, store: () => Promise<void>): Promise<void> {
    if (!(await this.worker.sayAtOnce(message))) await store();
  }

  /**
   * A supplier need not wait for a store: an answer that cannot be stored is said at once, and noted later. It does not
   * overtake an earlier one that was stored, where the store answers again soon.
   */
  private async orNow(messages: NewItem<OutboxMessage>[], store: () => Promise<unknown>): Promise<void> {
    try {
      await store();
    } catch (error) {
      if (!(error instanceof QueueUnavailableError)) throw error;
      const lane = messages[0]?.lane;
      if (lane !== undefined && (await storedAfterAll(this.outbox, lane, store))) return;
      await this.worker.sendNow(messages);
      // What the store may have taken before it fell silent must not be said again when it is back.
      for (const { id } of messages) void this.outbox.done(id).catch(() => undefined);
    }
  }

  private async itemsOf(
    asker: Asker,
    answers: Answer[],
    id: string,
    messageId?: number,
  ): Promise<NewItem<OutboxMessage>[]> {
    const lane = String(asker.chatId);
    const messages = await this.messagesOf(asker, answers, messageId);
    return messages.map((body, index) => ({ id: `${id}:${index}`, lane, body }));
  }

  private async messagesOf(asker: Asker, answers: Answer[], messageId?: number): Promise<OutboxMessage[]> {
    const { chatId } = asker;
    const html = textsOf(answers).join('\n\n');
    const inline = await this.keyboards.build(chatId, buttonsOf(answers));
    const menu = answers.some((answer) => answer.menu) ? this.menu(asker) : undefined;
    const texts =
      messageId === undefined
        ? newMessages(chatId, html, inline ?? menu)
        : changedMessage(chatId, messageId, html, inline);
    const documents = answers.flatMap(({ document }) => (document ? [documentMessage(chatId, document)] : []));
    return [...(html ? texts : []), ...documents];
  }

  private menu({ language }: Asker): ReplyKeyboardMarkup {
    const labels = menuButtons(language, this.supported.current()).map(({ label }) => ({ text: label }));
    return { keyboard: inRows(labels, MENU_COLUMNS), resize_keyboard: true, is_persistent: true };
  }
}

/** Two topics may fail for one reason, which is said once. */
function textsOf(answers: Answer[]): string[] {
  return [...new Set(answers.map(({ html }) => html).filter(Boolean))];
}

/** Of several answers in one message none can be refreshed or turned over in its place: the others would go with it. */
function buttonsOf(answers: Answer[]): Button[][] {
  const rows = answers.flatMap(({ buttons }) => buttons);
  if (textsOf(answers).length <= 1) return rows;
  return rows
    .map((row) => row.filter(({ action }) => !action.fresh))
    .filter((row) => row.length > 0)
    .map((row) => row.map(({ label, action }) => ({ label, action: { ...action, inPlace: false } })));
}
