import { EventEmitter } from 'node:events';
import { type Person } from '../../people';
import { type Chat, type ChatMessage, type Message, type ReplyMarkup, type User } from '../bot-api.types';
import { pushBounded } from '../bounded';
import { type ChatEvents, type TelegramEvents } from '../events';

export interface SeenAction {
  action: string;
  /** Unix time, milliseconds. */
  at: number;
}

/** A message before the chat gave it a number and a date. */
export type NewMessage = Omit<ChatMessage, 'message_id' | 'date' | 'chat'>;

export const unixTime = (): number => Math.floor(Date.now() / 1000);

/** The private chat of one person with the bot. */
export class Conversation extends EventEmitter<ChatEvents> {
  readonly user: User;
  readonly chat: Chat;
  /** Whether the person ever wrote: before that a bot cannot. */
  started = false;
  blocked = false;
  /** Whether the bot has heard of the account, by a contact that somebody shared. */
  mentioned = false;
  /** The newest last, bounded. */
  readonly actions: SeenAction[] = [];
  /** The message whose reply keyboard is open. */
  keyboardMessage: ChatMessage | undefined;

  private readonly messages = new Map<number, ChatMessage>();
  private lastId = 0;
  private oldestId = 1;

  constructor(
    readonly person: Person,
    private readonly hub: EventEmitter<TelegramEvents>,
    private readonly historyLimit: number,
  ) {
    super();
    const names = {
      first_name: person.firstName,
      ...(person.lastName !== undefined && { last_name: person.lastName }),
      ...(person.username !== undefined && { username: person.username }),
    };
    this.user = { id: person.id, is_bot: false, ...names, language_code: person.languageCode };
    this.chat = { id: person.id, ...names, type: 'private' };
  }

  /** As the person sees them now, the oldest first. */
  get history(): ChatMessage[] {
    return [...this.messages.values()];
  }

  find(messageId: number): ChatMessage | undefined {
    return this.messages.get(messageId);
  }

  add({ from, ...content }: NewMessage): ChatMessage {
    this.lastId += 1;
    const message: ChatMessage = { message_id: this.lastId, from, chat: this.chat, date: unixTime(), ...content };
    this.messages.set(message.message_id, message);
    while (this.messages.size > this.historyLimit) {
      this.messages.delete(this.oldestId);
      this.oldestId += 1;
    }
    this.followKeyboard(message);
    this.tell('message', { chatId: this.chat.id, message });
    return message;
  }

  /** Puts a changed message in the place of the one with its number. */
  replace(message: ChatMessage): void {
    this.messages.set(message.message_id, message);
    this.tell('edit', { chatId: this.chat.id, message });
  }

  delete(messageId: number): void {
    if (this.messages.delete(messageId)) {
      this.tell('delete', { chatId: this.chat.id, messageId });
    }
  }

  clear(): void {
    this.messages.clear();
    this.oldestId = this.lastId + 1;
    this.keyboardMessage = undefined;
    this.actions.length = 0;
    this.tell('cleared', { chatId: this.chat.id });
  }

  act(action: string): void {
    pushBounded(this.actions, { action, at: Date.now() }, this.historyLimit);
    this.tell('chat_action', { chatId: this.chat.id, action });
  }

  /** Tells the listeners of this chat and those of all chats. */
  tell<K extends keyof ChatEvents>(name: K, ...[event]: ChatEvents[K]): void {
    // The emitter's own types do not follow a generic name.
    (this as EventEmitter).emit(name, event);
    (this.hub as EventEmitter).emit(name, event);
  }

  private followKeyboard(message: ChatMessage): void {
    const { keyboard, remove_keyboard: removed } = message.reply_markup ?? {};
    if (keyboard !== undefined) {
      this.keyboardMessage = message;
    } else if (removed === true) {
      this.keyboardMessage = undefined;
    }
  }
}

/** A message as the bot gets it: without what only the person's side knows, and of keyboards the inline ones. */
export function toBotView(message: ChatMessage): Message {
  const { html: _html, reply_markup: markup, ...seen } = message;
  const inline: ReplyMarkup | undefined = markup?.inline_keyboard && { inline_keyboard: markup.inline_keyboard };
  return inline === undefined ? seen : { ...seen, reply_markup: inline };
}
