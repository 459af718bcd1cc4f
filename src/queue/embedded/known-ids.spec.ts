import { KnownIds } from './known-ids';

const DAY_MS = 24 * 3_600_000;

describe(KnownIds.name, () => {
  it('lets go of those that ended a day ago, the oldest first', () => {
    const known = new KnownIds();
    ['a', 'b', 'c'].forEach((id, at) => known.add(id, at * 1000));
    expect(known.expired(DAY_MS - 1, 10)).toBe(0);
    expect(known.expired(DAY_MS + 1500, 10)).toBe(2);
    expect(known.expired(DAY_MS + 1500, 1)).toBe(1);
    known.forget(2);
    expect(['a', 'b', 'c'].map((id) => known.has(id))).toEqual([false, false, true]);
  });

  it('holds a hundred thousand at most', () => {
    const known = new KnownIds();
    for (let at = 0; at < 100_500; at += 1) known.add(String(at), 0);
    expect(known.expired(0, 2000)).toBe(500);
    known.forget(500);
    expect(known.expired(0, 2000)).toBe(0);
    expect([known.has('499'), known.has('500')]).toEqual([false, true]);
  });
});
