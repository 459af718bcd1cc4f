import { type EventEmitter } from 'node:events';
import { type Person } from '../../people';
import { badRequest, forbidden } from '../bot-api-error';
import { type User } from '../bot-api.types';
import { type TelegramEvents } from '../events';
import { Conversation } from './conversation';

/** All accounts that there are, each with its private chat with the bot. */
export class Conversations {
  private readonly byId = new Map<number, Conversation>();

  constructor(
    people: readonly Person[],
    private readonly hub: EventEmitter<TelegramEvents>,
    private readonly historyLimit: number,
  ) {
    for (const person of people) {
      this.add(person);
    }
  }

  get people(): Person[] {
    return [...this.byId.values()].map((conversation) => conversation.person);
  }

  add(person: Person): Conversation {
    const conversation = new Conversation(person, this.hub, this.historyLimit);
    this.byId.set(person.id, conversation);
    return conversation;
  }

  find(id: number): Conversation | undefined {
    return this.byId.get(id);
  }

  /** @returns the account where the bot has met it */
  findUser(id: number): User | undefined {
    const conversation = this.byId.get(id);
    return conversation?.started ? conversation.user : undefined;
  }

  /**
   * Finds the chat of a bot's call.
   *
   * @param chatId as the bot wrote it
   * @throws BotApiError 400 for a chat that the bot does not know, 403 for a person who never wrote to it
   */
  open(chatId: string): Conversation {
    if (chatId === '') {
      throw badRequest('chat_id is empty');
    }
    const conversation = /^\d{1,15}$/.test(chatId) ? this.byId.get(Number(chatId)) : undefined;
    if (conversation?.started) {
      return conversation;
    }
    throw conversation?.mentioned
      ? forbidden("bot can't initiate conversation with a user")
      : badRequest('chat not found');
  }

  /**
   * Finds the chat of a call that brings something to the person.
   * @throws BotApiError as `open`, and 403 where the person blocked the bot
   */
  openToWrite(chatId: string): Conversation {
    const conversation = this.open(chatId);
    if (conversation.blocked) {
      throw forbidden('bot was blocked by the user');
    }
    return conversation;
  }
}
