import { Injectable } from '@nestjs/common';

/**
 * One lane a chat: tasks of one chat run one after another in the order in which they came, those of different chats
 * side by side. A task that fails ends alone; the next one of its lane runs all the same.
 */
@Injectable()
export class ChatLanes {
  private readonly tails = new Map<number, Promise<void>>();

  /** Chats with work under way. */
  get size(): number {
    return this.tails.size;
  }

  /** @returns when the task has ended, also where it failed: what to do about a failure is the task's own matter */
  run(chatId: number, task: () => Promise<void>): Promise<void> {
    const before = this.tails.get(chatId) ?? Promise.resolve();
    const tail = before.then(task).catch(() => undefined);
    this.tails.set(chatId, tail);
    return tail.finally(() => {
      if (this.tails.get(chatId) === tail) this.tails.delete(chatId);
    });
  }

  /** Resolves once no chat has work under way. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }
}
