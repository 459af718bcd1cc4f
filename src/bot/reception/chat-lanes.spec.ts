import { setImmediate as turn } from 'node:timers/promises';
import { ChatLanes } from './chat-lanes';

function held(): { promise: Promise<void>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
}

describe(ChatLanes.name, () => {
  it('keeps the order of one chat and lets another pass', async () => {
    const lanes = new ChatLanes();
    const seen: string[] = [];
    const slow = held();
    const first = lanes.run(77, async () => {
      await slow.promise;
      seen.push('77 first');
    });
    const second = lanes.run(77, async () => void seen.push('77 second'));
    await lanes.run(78, async () => void seen.push('78'));
    expect(seen).toEqual(['78']);
    slow.release();
    await Promise.all([first, second]);
    expect(seen).toEqual(['78', '77 first', '77 second']);
  });

  it('goes on after a failure', async () => {
    const lanes = new ChatLanes();
    const seen: string[] = [];
    await lanes.run(77, () => Promise.reject(new Error('broken')));
    await lanes.run(77, async () => void seen.push('next'));
    expect(seen).toEqual(['next']);
  });

  it('forgets a chat that has no work left', async () => {
    const lanes = new ChatLanes();
    const slow = held();
    void lanes.run(77, () => slow.promise);
    expect(lanes.size).toBe(1);
    slow.release();
    await lanes.idle();
    await turn();
    expect(lanes.size).toBe(0);
  });

  it('is idle only after what was added meanwhile', async () => {
    const lanes = new ChatLanes();
    const seen: string[] = [];
    void lanes.run(77, async () => {
      void lanes.run(77, async () => void seen.push('added'));
    });
    await lanes.idle();
    expect(seen).toEqual(['added']);
  });
});
