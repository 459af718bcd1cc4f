import { pauseMs, retryAfterMs } from './retry-policy';

describe(pauseMs.name, () => {
  it.each([
    [1, 0, 150],
    [1, 0.5, 200],
    [1, 1, 250],
    [2, 0.5, 400],
    [3, 0.5, 800],
    [3, 0, 600],
  ])('after attempt %i with the dice at %d is %i ms', (attempt, dice, pause) => {
    expect(pauseMs(attempt, () => dice)).toBe(pause);
  });
});

describe(retryAfterMs.name, () => {
  const now = Date.parse('2026-11-24T10:00:00Z');

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 10:00:30 GMT', 30_000],
    ['Tuesday, 24-Nov-26 10:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %p as %p ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
