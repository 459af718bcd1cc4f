/** Lets pieces of work of one chat follow one another in the order in which they came; chats go side by side. */
export class ChatTurns {
  /** Who waits, by the chat in which somebody has the turn. */
  private readonly waiting = new Map<number, (() => void)[]>();

  /** Runs the work when all that came before it in the chat has ended, however it ended. */
  async run<T>(chatId: number, work: () => Promise<T>): Promise<T> {
    const queue = this.waiting.get(chatId);
    if (queue) await new Promise<void>((begin) => queue.push(begin));
    else this.waiting.set(chatId, []);
    try {
      return await work();
    } finally {
      this.pass(chatId);
    }
  }

  private pass(chatId: number): void {
    const next = this.waiting.get(chatId)?.shift();
    if (next) next();
    else this.waiting.delete(chatId);
  }
}
