import { daysAgo, formatAge, formatDate, formatDateTime, formatTime, instantOf } from './dates';

const MOSCOW = 'Europe/Moscow';
const now = Date.parse('2026-11-24T10:19:00+03:00');
const ru = { language: 'ru', timeZone: MOSCOW, now } as const;
const en = { language: 'en', timeZone: MOSCOW, now } as const;

describe('formatDate', () => {
  it('writes the date as the language does', () => {
    expect(formatDate('2026-11-24', ru)).toBe('24 ноября 2026');
    expect(formatDate('2026-11-04', ru, 'short')).toBe('04.11.2026');
    expect(formatDate('2026-11-24', en)).toBe('24 November 2026');
    expect(formatDate('2026-11-04', en, 'short')).toBe('4 Nov 2026');
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC', undefined])(
    'never shifts a date without a time, in the zone %p',
    (timeZone) => {
      expect(formatDate('2026-01-01', { language: 'ru', timeZone })).toBe('1 января 2026');
    },
  );

  it('shows the day that a moment has in the zone', () => {
    const late = '2026-11-24T22:30:00Z';
    expect(formatDate(late, { language: 'ru', timeZone: 'UTC' })).toBe('24 ноября 2026');
    expect(formatDate(late, ru)).toBe('25 ноября 2026');
  });

  it('takes a time without an offset for a time of the zone', () => {
    expect(formatDate('2026-11-24T23:59:00', { language: 'ru', timeZone: 'Asia/Vladivostok' })).toBe('24 ноября 2026');
  });

  it('leaves what is not a date as it stands', () => {
    expect(formatDate('завтра', ru)).toBe('завтра');
  });
});

describe('formatDateTime', () => {
  it('writes date and time', () => {
    expect(formatDateTime('2026-11-24T10:15:00+03:00', ru)).toBe('24 ноября 2026, 10:15');
    expect(formatDateTime('2026-11-24T10:15:00+03:00', en)).toBe('24 November 2026, 10:15');
    expect(formatDateTime('2026-11-24T10:15:00', ru)).toBe('24 ноября 2026, 10:15');
  });

  it('writes the date alone where no time is given', () => {
    expect(formatDateTime('2026-11-24', ru)).toBe('24 ноября 2026');
  });
});

describe('formatTime', () => {
  it('has 24 hours and no hour 24', () => {
    expect(formatTime(Date.parse('2026-11-24T15:05:00Z'), ru)).toBe('18:05');
    expect(formatTime(Date.parse('2026-11-24T21:00:00Z'), en)).toBe('00:00');
    expect(formatTime(Date.parse('1969-12-31T22:40:00Z'), { language: 'ru', timeZone: 'UTC' })).toBe('22:40');
    expect(formatTime(Date.parse('0001-01-01T00:00:00Z'), { language: 'ru', timeZone: 'UTC' })).toBe('00:00');
  });
});

describe('instantOf', () => {
  it('reads a moment with its offset', () => {
    expect(instantOf('2026-11-24T10:15:00+03:00')).toBe(Date.parse('2026-11-24T07:15:00Z'));
  });

  it('reads a time without an offset in the zone, also across a change of the clocks', () => {
    expect(instantOf('2026-11-24T10:15:00', MOSCOW)).toBe(Date.parse('2026-11-24T07:15:00Z'));
    expect(instantOf('2026-03-29T03:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(instantOf('2026-03-29T01:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T00:30:00Z'));
  });

  it('knows no moment of a day alone', () => {
    expect(instantOf('2026-11-24')).toBeNull();
    expect(instantOf('скоро')).toBeNull();
  });
});

describe('formatAge', () => {
  const ago = (minutes: number) => now - minutes * 60_000;

  it.each([
    [0, 'сейчас', 'now'],
    [0.9, 'сейчас', 'now'],
    [1, '1 минуту назад', '1 minute ago'],
    [2, '2 минуты назад', '2 minutes ago'],
    [5, '5 минут назад', '5 minutes ago'],
    [11, '11 минут назад', '11 minutes ago'],
    [21, '21 минуту назад', '21 minutes ago'],
    [59.9, '59 минут назад', '59 minutes ago'],
    [60, 'сегодня в 09:19', 'today at 09:19'],
    [10 * 60 + 19, 'сегодня в 00:00', 'today at 00:00'],
    [10 * 60 + 20, 'вчера в 23:59', 'yesterday at 23:59'],
    [15 * 60 + 39, 'вчера в 18:40', 'yesterday at 18:40'],
    [48 * 60, '22 ноября 2026 в 10:19', 'on 22 November 2026 at 10:19'],
  ])('%d minutes', (minutes, russian, english) => {
    expect(formatAge(ago(minutes), ru)).toBe(russian);
    expect(formatAge(ago(minutes), en)).toBe(english);
  });

  it('is never negative: clocks differ', () => {
    expect(formatAge(ago(-90), ru)).toBe('сейчас');
    expect(daysAgo(ago(-3 * 24 * 60), ru)).toBe(0);
  });

  it('counts minutes across midnight', () => {
    const midnight = Date.parse('2026-11-24T00:05:00+03:00');
    expect(formatAge(midnight - 10 * 60_000, { ...ru, now: midnight })).toBe('10 минут назад');
  });

  it('takes the clock where no time is given', () => {
    expect(formatAge(Date.now() - 2 * 60_000 - 1000, { language: 'ru' })).toBe('2 минуты назад');
  });
});
