import { RecentIds } from './recent-ids';

describe(RecentIds.name, () => {
  it('forgets the oldest where there are too many', () => {
    const ids = new RecentIds<number>(3);
    for (const id of [1, 2, 2, 3, 4]) ids.add(id);
    expect([1, 2, 3, 4].map((id) => ids.has(id))).toEqual([false, true, true, true]);
  });

  it('knows the last ones however many there were', () => {
    const ids = new RecentIds<string>(10);
    for (let id = 0; id < 1000; id += 1) ids.add(String(id));
    const known = Array.from({ length: 1000 }, (_, id) => String(id)).filter((id) => ids.has(id));
    expect(known).toEqual(['990', '991', '992', '993', '994', '995', '996', '997', '998', '999']);
  });
});
