import { RecentIds } from './recent-ids';

describe(RecentIds.name, () => {
  it('forgets the oldest where there are too many', () => {
    const ids = new RecentIds<number>(3);
    for (const id of [1, 2, 2, 3, 4]) ids.add(id);
    expect([1, 2, 3, 4].map((id) => ids.has(id))).toEqual([false, true, true, true]);
  });
});
