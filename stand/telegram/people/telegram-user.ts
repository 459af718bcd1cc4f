import { type EventEmitter } from 'node:events';
import { type Person } from '../../people';
import { type ChatMessage, type KeyboardButton } from '../bot-api.types';
import { type Conversation, type SeenAction } from '../chats/conversation';
import { type CallbackAnswer, type ChatEvents } from '../events';
import { PersonError } from './person-error';
import { type ContactCard, type PersonSide } from './person-side';
import { TakeQueue } from './take-queue';

export interface NextMessageOptions {
  /** 5000 without it. */
  timeoutMs?: number;
  /** A part of the text or caption, a pattern for it, or a condition; messages before the first match are passed over. */
  match?: string | RegExp | ((message: ChatMessage) => boolean);
}

/** A photo of one pixel, for where the picture does not matter. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const SILENCE = Buffer.from('OggS');
const NEXT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 15_000;

/** One person with a Telegram application, for tests: writes, presses and waits for what the bot says. */
export class TelegramUser {
  private readonly incoming: TakeQueue<ChatMessage>;
  private readonly edits: TakeQueue<ChatMessage>;
  private readonly presses = new Map<string, (outcome: CallbackAnswer | Error) => void>();

  constructor(
    private readonly conversation: Conversation,
    private readonly side: PersonSide,
    historyLimit: number,
  ) {
    this.incoming = new TakeQueue(historyLimit, describe);
    this.edits = new TakeQueue(historyLimit, describe);
    for (const message of this.messages.filter(fromBot)) {
      this.incoming.push(message);
    }
    this.listen('message', ({ message }) => fromBot(message) && this.incoming.push(message));
    this.listen('edit', ({ message }) => fromBot(message) && this.edits.push(message));
    this.listen('callback_answer', (answer) => this.presses.get(answer.callbackQueryId)?.(answer));
    this.listen('cleared', () => this.forgetUntaken());
  }

  get person(): Person {
    return this.conversation.person;
  }

  get id(): number {
    return this.person.id;
  }

  /** All messages of the chat as the person sees them now, the oldest first. */
  get messages(): ChatMessage[] {
    return this.conversation.history;
  }

  /** The bot's "typing…" and the like, the oldest first. */
  get actions(): SeenAction[] {
    return this.conversation.actions;
  }

  /** The buttons of the reply keyboard that is open; none where there is no keyboard. */
  get keyboard(): KeyboardButton[] {
    return this.conversation.keyboardMessage?.reply_markup?.keyboard?.flat() ?? [];
  }

  /** @returns the message; the last one of a text that had to be cut at 4096 characters */
  send(text: string): ChatMessage {
    return this.side.sendText(this.conversation, text);
  }

  /** @param name with or without the slash */
  command(name: string, argument?: string): ChatMessage {
    return this.send([`/${name.replace(/^\//, '')}`, argument].filter((part) => part !== undefined).join(' '));
  }

  /** @param card somebody else's contact; the person's own without it */
  sendContact(card?: ContactCard): ChatMessage {
    return this.side.sendContact(this.conversation, card);
  }

  sendDocument(name: string, content: Buffer | string, caption?: string): ChatMessage {
    return this.side.sendDocument(this.conversation, {
      name,
      content: Buffer.from(content as Buffer),
      ...(caption !== undefined && { caption }),
    });
  }

  /** @param content PNG or JPEG; one pixel without it */
  sendPhoto(caption?: string, content: Buffer = PIXEL): ChatMessage {
    return this.side.sendPhoto(this.conversation, {
      name: 'photo.png',
      content,
      ...(caption !== undefined && { caption }),
    });
  }

  sendVoice(seconds = 3, content: Buffer = SILENCE): ChatMessage {
    return this.side.sendVoice(this.conversation, content, seconds);
  }

  sendSticker(emoji = '👍', content: Buffer = PIXEL): ChatMessage {
    return this.side.sendSticker(this.conversation, content, emoji);
  }

  /** Forwards a message, of this chat or of another, to the bot. */
  forward(message: ChatMessage): ChatMessage {
    return this.side.forward(this.conversation, message);
  }

  /** Changes the text of one of the person's own messages. */
  edit(message: ChatMessage | number, text: string): ChatMessage {
    return this.side.edit(this.conversation, idOf(message), text);
  }

  /**
   * Presses an inline button, named by its text or by its `callback_data`.
   *
   * @returns the bot's answer to the press
   * @throws (rejects) without such a button, and where the bot does not answer in time (15 s)
   */
  press(
    message: ChatMessage | number,
    button: string,
    { timeoutMs = ANSWER_TIMEOUT_MS }: { timeoutMs?: number } = {},
  ): Promise<CallbackAnswer> {
    const answer = new Promise<CallbackAnswer>((resolve, reject) => {
      const data = this.dataOf(idOf(message), button);
      const id = this.side.press(this.conversation, idOf(message), data);
      const settle = (outcome: CallbackAnswer | Error): void => {
        clearTimeout(timer);
        this.presses.delete(id);
        if (outcome instanceof Error) {
          reject(outcome);
        } else {
          resolve(outcome);
        }
      };
      const timer = setTimeout(
        () => settle(new Error(`The bot did not answer the press of "${button}" within ${timeoutMs} ms`)),
        timeoutMs,
      );
      this.presses.set(id, settle);
    });
    // Who presses without waiting for the answer must not be failed by it later.
    answer.catch(() => undefined);
    return answer;
  }

  /**
   * Touches a button of the open reply keyboard: sends its text, or the person's contact where it asks for that.
   * @throws PersonError 404 without such a button
   */
  tap(text: string): ChatMessage {
    const button = this.keyboard.find((candidate) => candidate.text === text);
    if (button === undefined) {
      const there = this.keyboard.map((candidate) => `"${candidate.text}"`).join(', ');
      throw new PersonError(404, `The keyboard has no button "${text}"; it has: ${there || 'none, it is closed'}`);
    }
    return button.request_contact ? this.sendContact() : this.send(text);
  }

  block(): void {
    this.side.block(this.conversation);
  }

  unblock(): void {
    this.side.unblock(this.conversation);
  }

  /** Forgets the history of the chat. */
  clear(): void {
    this.conversation.clear();
    this.forgetUntaken();
  }

  /**
   * Waits for the next message of the bot that was not taken yet, in order, as it was when it came.
   * @throws (rejects) after the timeout, with what came instead
   */
  nextMessage(options: NextMessageOptions = {}): Promise<ChatMessage> {
    return this.incoming.take(takeOptions('message from the bot', options));
  }

  /** Waits for the next message that the bot changes, as `nextMessage` does for new ones. */
  nextEdit(options: NextMessageOptions = {}): Promise<ChatMessage> {
    return this.edits.take(takeOptions('edit by the bot', options));
  }

  /** Fails what still waits; for the end of the local Telegram. */
  close(): void {
    this.incoming.close();
    this.edits.close();
    for (const settle of [...this.presses.values()]) {
      settle(new Error('The local Telegram was closed before the bot answered the press'));
    }
  }

  private forgetUntaken(): void {
    this.incoming.clear();
    this.edits.clear();
  }

  /** A turn later: by then the bot has been answered and its call is on record, whatever the test looks at next. */
  private listen<K extends keyof ChatEvents>(name: K, listener: (event: ChatEvents[K][0]) => unknown): void {
    const later = (event: ChatEvents[K][0]): unknown => setImmediate(listener, event);
    // The emitter's own types do not follow a generic name.
    (this.conversation as EventEmitter).on(name, later);
  }

  private dataOf(messageId: number, button: string): string {
    const buttons = this.conversation.find(messageId)?.reply_markup?.inline_keyboard?.flat() ?? [];
    const found =
      buttons.find((candidate) => candidate.text === button) ??
      buttons.find((candidate) => candidate.callback_data === button);
    if (found?.callback_data === undefined) {
      const there = buttons.map((candidate) => `"${candidate.text}"`).join(', ');
      throw new PersonError(404, `Message ${messageId} has no button "${button}" to press; it has: ${there || 'none'}`);
    }
    return found.callback_data;
  }
}

const fromBot = (message: ChatMessage): boolean => message.from.is_bot;

const idOf = (message: ChatMessage | number): number => (typeof message === 'number' ? message : message.message_id);

const textOf = (message: ChatMessage): string => message.text ?? message.caption ?? '';

function describe(message: ChatMessage): string {
  const text = textOf(message);
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const file = message.document?.file_name ?? (message.photo && 'photo');
  return `${message.message_id}: ${JSON.stringify(shown)}${file === undefined ? '' : ` with ${file}`}`;
}

function takeOptions(
  what: string,
  { timeoutMs = NEXT_TIMEOUT_MS, match }: NextMessageOptions,
): { what: string; timeoutMs: number; match?: (message: ChatMessage) => boolean } {
  switch (typeof match) {
    case 'undefined':
      return { what, timeoutMs };
    case 'function':
      return { what: `matching ${what}`, timeoutMs, match };
    case 'string':
      return { what: `${what} with "${match}"`, timeoutMs, match: (message) => textOf(message).includes(match) };
    default:
      return {
        what: `${what} that matches ${String(match)}`,
        timeoutMs,
        match: (message) => textOf(message).search(match) >= 0,
      };
  }
}
