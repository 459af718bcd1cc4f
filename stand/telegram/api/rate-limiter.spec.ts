import { RateLimiter } from './rate-limiter';

describe('RateLimiter', () => {
  let now = 0;
  const limiter = (): RateLimiter => new RateLimiter({ perSecond: 30, perChatPerSecond: 1, chatBurst: 5 }, () => now);
  const waitOf = (run: () => void): number => {
    try {
      run();
      return 0;
    } catch (error) {
      return (error as { parameters: { retry_after: number } }).parameters.retry_after;
    }
  };

  beforeEach(() => {
    now = 1_000_000;
  });

  it('lets a burst into a quiet chat, then one a second', () => {
    const limits = limiter();
    const waits = Array.from({ length: 6 }, () => waitOf(() => limits.count(77)));
    expect(waits).toEqual([0, 0, 0, 0, 0, 1]);
    now += 999;
    expect(waitOf(() => limits.count(77))).toBe(1);
    now += 1;
    expect(waitOf(() => limits.count(77))).toBe(0);
    expect(waitOf(() => limits.count(77))).toBe(1);
  });

  it('counts chats apart, and all of them together', () => {
    const limits = limiter();
    const waits = Array.from({ length: 31 }, (_, chat) => waitOf(() => limits.count(chat)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
    expect(waits.at(-1)).toBe(1);
    now += 100;
    expect(waitOf(() => limits.count(500))).toBe(0);
  });
});
