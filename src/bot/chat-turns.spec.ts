import { setTimeout as pause } from 'node:timers/promises';
import { ChatTurns } from './chat-turns';

describe(ChatTurns.name, () => {
  it('keeps the order within a chat, whatever each takes and however it ends', async () => {
    const turns = new ChatTurns();
    const events: string[] = [];
    const work = (name: string, ms: number) => async () => {
      events.push(`${name} begins`);
      await pause(ms);
      events.push(`${name} ends`);
      if (name === 'second') throw new Error('second failed');
    };
    const ends = await Promise.allSettled([
      turns.run(1, work('first', 30)),
      turns.run(1, work('second', 10)),
      turns.run(1, work('third', 0)),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(events).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('lets no chat wait for another', async () => {
    const turns = new ChatTurns();
    let finish = () => {};
    const stuck = turns.run(1, () => new Promise<void>((resolve) => (finish = resolve)));
    const other = jest.fn(async () => undefined);
    await turns.run(2, other);
    expect(other).toHaveBeenCalledTimes(1);
    finish();
    await stuck;
  });
});
