import { type Priority } from '../durable-queue';
import { type SendRates, SPREAD_MS, WINDOW_MS } from '../send-limits';
import { EmbeddedSendLimits } from './embedded-send-limits';

const RATES: SendRates = { perSecond: 30, perChatPerSecond: 1 };

describe(EmbeddedSendLimits.name, () => {
  let limits: EmbeddedSendLimits;

  beforeEach(() => {
    jest.useFakeTimers();
    limits = new EmbeddedSendLimits(RATES);
  });

  afterEach(() => jest.useRealTimers());

  const take = (chatId: number, priority: Priority = 'answer') => limits.take(chatId, priority);
  const takeMany = async (chats: number[], priority?: Priority) => {
    const waits: number[] = [];
    for (const chat of chats) waits.push(await take(chat, priority));
    return waits;
  };
  const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
  const granted = (waits: number[]) => waits.filter((wait) => wait === 0).length;

  /** Every asker comes back when it was told to, until all have sent; returns when, in milliseconds. */
  const sendAll = async (askers: { chat: number; priority?: Priority }[]) => {
    const startedAt = performance.now();
    const pending = askers.map((asker) => ({ ...asker, at: startedAt }));
    const sent: { chat: number; priority?: Priority; at: number }[] = [];
    let asked = 0;
    while (pending.length > 0) {
      pending.sort((a, b) => a.at - b.at);
      const next = pending[0]!;
      jest.advanceTimersByTime(Math.max(0, next.at - performance.now()));
      const wait = await take(next.chat, next.priority);
      asked += 1;
      if (wait === 0) sent.push({ ...pending.shift()!, at: performance.now() - startedAt });
      else next.at = performance.now() + wait;
    }
    return { sent, asked };
  };
  const mostWithin = (times: number[], ms: number) =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

  it('gives a chat five at once, then one a second', async () => {
    expect(await takeMany([1, 1, 1, 1, 1, 1])).toEqual([0, 0, 0, 0, 0, 1000]);
    jest.advanceTimersByTime(999);
    expect(await take(1)).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await takeMany([1, 1])).toEqual([0, 1000]);
    jest.advanceTimersByTime(60_000);
    expect(granted(await takeMany([1, 1, 1, 1, 1, 1, 1]))).toBe(5);
  });

  it('gives all chats no more in any second than the limit', async () => {
    const { sent } = await sendAll(range(300).map((chat) => ({ chat })));
    const times = sent.map(({ at }) => at);
    expect(mostWithin(times, 1000)).toBe(30);
    // 300 messages are nine full windows after the first one.
    expect(times.at(-1)).toBeLessThan(9 * WINDOW_MS + SPREAD_MS);
  });

  it('does not ask everybody back at the same time', async () => {
    const { asked } = await sendAll(range(1000).map((chat) => ({ chat })));
    expect(asked).toBeLessThan(1000 * 30);
    const waits = await takeMany(range(50, 5000));
    expect(new Set(waits.filter((wait) => wait > 0)).size).toBeGreaterThan(15);
    expect(Math.max(...waits)).toBeLessThanOrEqual(WINDOW_MS + SPREAD_MS + 50);
  });

  it('sends broadcasts evenly and leaves room for answers', async () => {
    const broadcasts = range(100).map((chat) => ({ chat, priority: 'broadcast' as const }));
    const sending = await sendAll(broadcasts);
    const gaps = sending.sent.slice(1).map(({ at }, index) => at - sending.sent[index]!.at);
    expect(Math.min(...gaps)).toBeGreaterThan(40);
    expect(granted(await takeMany(range(6, 1000), 'answer'))).toBe(6);
  });

  it('holds a pause of all and of one chat, the longer one', async () => {
    await limits.pauseChat(1, 5000);
    await limits.pauseChat(1, 10);
    expect(await takeMany([1, 2])).toEqual([5000, 0]);
    await limits.pauseAll(2000);
    expect(await takeMany([1, 2])).toEqual([5000, 2000]);
    jest.advanceTimersByTime(2000);
    expect(await takeMany([1, 2])).toEqual([3000, 0]);
    jest.advanceTimersByTime(3000);
    expect(await take(1)).toBe(0);
  });

  it('knows no limit that is switched off, but pauses', async () => {
    limits = new EmbeddedSendLimits({ perSecond: 0, perChatPerSecond: 0 });
    expect(granted(await takeMany(range(500).map(() => 1)))).toBe(500);
    await limits.pauseAll(1000);
    expect(await take(1)).toBe(1000);
    limits = new EmbeddedSendLimits({ perSecond: 0, perChatPerSecond: 1 });
    expect(granted(await takeMany([1, 1, 1, 1, 1, 1]))).toBe(5);
    limits = new EmbeddedSendLimits({ perSecond: 2, perChatPerSecond: 0 });
    expect(granted(await takeMany([1, 1, 1]))).toBe(2);
  });

  it('lets one broadcast through with the lowest limit', async () => {
    limits = new EmbeddedSendLimits({ perSecond: 1, perChatPerSecond: 0 });
    expect(await takeMany([1, 2], 'broadcast')).toEqual([0, WINDOW_MS]);
  });

  it('takes nothing from the others for a chat that has to wait', async () => {
    await takeMany(range(35).map(() => 1));
    expect(granted(await takeMany(range(25, 2)))).toBe(25);
  });

  it('forgets the chats that were sent to least recently', async () => {
    limits = new EmbeddedSendLimits({ perSecond: 0, perChatPerSecond: 1 });
    for (let chat = 0; chat < 50_000; chat += 1) await take(chat);
    const { chats } = limits as unknown as { chats: Map<number, unknown> };
    expect(chats.size).toBe(20_000);
  });
});
