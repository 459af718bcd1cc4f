import { createHash } from 'node:crypto';
import { CacheableMemory } from '@cacheable/memory';
import { Injectable } from '@nestjs/common';
import { boundedMemory } from '../../cache/bounded-memory';
import { KeptValues } from '../../cache/kept-values';
import { CONTEXT_TTL_MS, type ConversationContext } from '../../classifier/understanding';
import type { OneCManager } from '../../onec/contract';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_CHATS = 10_000;

/**
 * What the bot remembers of its chats, and no longer than it is of use: the conversation and the buttons whose action
 * is too long for `callback_data` (shared by the replicas where there is Redis), and who looks after the supplier, to be
 * named while 1C is away.
 */
@Injectable()
export class ChatMemory {
  private readonly managers = new CacheableMemory({ ...boundedMemory(MAX_CHATS), ttl: DAY_MS, useClone: false });

  constructor(private readonly values: KeptValues) {}

  async context(chatId: number): Promise<ConversationContext | null> {
    return (await this.values.get<ConversationContext>(`context:${chatId}`)) ?? null;
  }

  setContext(chatId: number, context: ConversationContext): Promise<void> {
    return this.values.set(`context:${chatId}`, context, CONTEXT_TTL_MS);
  }

  manager(chatId: number): OneCManager | undefined {
    return this.managers.get<OneCManager>(String(chatId));
  }

  setManager(chatId: number, manager: OneCManager | undefined): void {
    if (manager) this.managers.set(String(chatId), manager);
    else this.managers.delete(String(chatId));
  }

  /** @returns a short id under which this chat, and no other, finds the text again for a day */
  async keepAction(chatId: number, text: string): Promise<string> {
    const id = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    await this.values.set(`action:${chatId}:${id}`, text, DAY_MS);
    return id;
  }

  findAction(chatId: number, id: string): Promise<string | undefined> {
    return this.values.get<string>(`action:${chatId}:${id}`);
  }
}
