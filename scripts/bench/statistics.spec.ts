import { median, percentile } from './statistics';

const shuffled = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6];

describe(percentile.name, () => {
  it.each([
    [0, 1],
    [0.5, 5],
    [0.95, 10],
    [0.99, 10],
    [1, 10],
  ])('takes the nearest rank: %p', (share, value) => {
    expect(percentile(shuffled, share)).toBe(value);
    expect(shuffled[0]).toBe(5);
  });

  it('compares numbers, not their digits', () => {
    expect(percentile([100, 9, 20], 0.5)).toBe(20);
  });

  it('has nothing to say of an empty sample', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
