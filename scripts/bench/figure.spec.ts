import { atLeast, atMost, exactly, figure, timesFloor } from './figure';
import { table, targetsLine } from './report';

describe(figure.name, () => {
  it.each([
    ['at most', atMost(10), 10, 10.1],
    ['at least', atLeast(5000), 5000, 4999],
    ['exactly', exactly(1), 1, 2],
    ['a multiple of the floor', timesFloor(2.5), 5, 5.1],
  ])('holds the bot to its target: %s', (_, aim, good, bad) => {
    expect(figure('p50', 'ms', { bot: good, floor: 2 }, aim).target?.met).toBe(true);
    expect(figure('p50', 'ms', { bot: bad, floor: 2 }, aim).target?.met).toBe(false);
  });

  it('has no verdict where nothing was measured', () => {
    expect(figure('memory', 'MB', { bot: undefined }, atMost(120)).target).toBeUndefined();
  });
});

describe('the report', () => {
  const results = [
    {
      name: 'cached',
      title: 'A known answer',
      figures: [
        figure('p50', 'ms', { bot: 1.234, floor: 0.5 }, timesFloor(2.5)),
        figure('p99', 'ms', { bot: 12.34, floor: 1 }, atMost(10)),
        figure('CPU time', 'ms', { bot: undefined }),
      ],
    },
  ];

  it('shows each figure beside the floor and its target', () => {
    const lines = table(results).split('\n');
    expect(lines[2]).toMatch(/^ {2}p50, ms +1\.23 +0\.50 +2\.5x +<= 2\.5 floors +met +\d/);
    expect(lines[3]).toMatch(/^ {2}p99, ms +12\.3 +1 +12\.3x +<= 10 +MISSED +\d/);
    expect(lines[4]).toMatch(/^ {2}CPU time, ms +- +- +\d/);
  });

  it('counts the targets', () => {
    expect(targetsLine(results)).toBe('1 of 2 targets met');
  });
});
