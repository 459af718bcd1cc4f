import { createHash } from 'node:crypto';
import { CacheableMemory } from '@cacheable/memory';
import { Injectable } from '@nestjs/common';
import { CONTEXT_TTL_MS, type ConversationContext } from '../../classifier/understanding';
import type { OneCManager } from '../../onec/contract';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_CHATS = 10_000;
const MAX_ACTIONS = 50_000;

/**
 * What the bot remembers of its chats, and no longer than it is of use: the conversation, the buttons whose action
 * is too long for `callback_data`, and who looks after the supplier, to be named while 1C is away.
 */
@Injectable()
export class ChatMemory {
  private readonly contexts = new CacheableMemory({ ttl: CONTEXT_TTL_MS, lruSize: MAX_CHATS });
  private readonly managers = new CacheableMemory({ ttl: DAY_MS, lruSize: MAX_CHATS });
  private readonly actions = new CacheableMemory({ ttl: DAY_MS, lruSize: MAX_ACTIONS });

  context(chatId: number): ConversationContext | null {
    return this.contexts.get<ConversationContext>(String(chatId)) ?? null;
  }

  setContext(chatId: number, context: ConversationContext): void {
    this.contexts.set(String(chatId), context);
  }

  manager(chatId: number): OneCManager | undefined {
    return this.managers.get<OneCManager>(String(chatId));
  }

  setManager(chatId: number, manager: OneCManager | undefined): void {
    if (manager) this.managers.set(String(chatId), manager);
    else this.managers.delete(String(chatId));
  }

  /** @returns a short id under which this chat, and no other, finds the text again for a day */
  keepAction(chatId: number, text: string): string {
    const id = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    this.actions.set(`${chatId}:${id}`, text);
    return id;
  }

  findAction(chatId: number, id: string): string | undefined {
    return this.actions.get<string>(`${chatId}:${id}`);
  }
}
