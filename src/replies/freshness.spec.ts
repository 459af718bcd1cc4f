import { olderOf, renderFreshness } from './freshness';

const now = Date.parse('2026-11-24T10:19:00+03:00');
const ru = { language: 'ru', timeZone: 'Europe/Moscow', now } as const;
const en = { ...ru, language: 'en' } as const;
const minutes = (count: number) => count * 60_000;

describe('renderFreshness', () => {
  it.each([
    ['2026-11-24T10:15:00+03:00', 'Данные на 10:15', 'Data as of 10:15'],
    ['2026-11-24T07:15:00Z', 'Данные на 10:15', 'Data as of 10:15'],
    ['2026-11-24T10:15:00', 'Данные на 10:15', 'Data as of 10:15'],
    ['2026-11-23T18:40:00+03:00', 'Данные на вчера, 18:40', 'Data as of yesterday, 18:40'],
    ['2026-11-20T18:40:00+03:00', 'Данные на 20 ноября 2026, 18:40', 'Data as of 20 November 2026, 18:40'],
    ['2026-11-24', 'Данные на 24 ноября 2026', 'Data as of 24 November 2026'],
  ])('tells the moment of the data: %s', (asOf, russian, english) => {
    expect(renderFreshness({ asOf, receivedAt: now }, ru)).toBe(`<i>${russian}</i>`);
    expect(renderFreshness({ asOf, receivedAt: now }, en)).toBe(`<i>${english}</i>`);
  });

  it('does not speak of the future where the clock of the accounting system is ahead', () => {
    expect(renderFreshness({ asOf: '2026-11-24T10:25:00+03:00', receivedAt: now }, ru)).toBe('<i>Данные на 10:19</i>');
  });

  it('tells when the data came where their moment is not given', () => {
    expect(renderFreshness({ receivedAt: now }, ru)).toBe('<i>Данные получены только что</i>');
    expect(renderFreshness({ asOf: null, receivedAt: now - minutes(5) }, ru)).toBe(
      '<i>Данные получены 5 минут назад</i>',
    );
    expect(renderFreshness({ receivedAt: now - minutes(2) }, en)).toBe('<i>Data received 2 minutes ago</i>');
    expect(renderFreshness({ receivedAt: now + minutes(3) }, ru)).toBe('<i>Данные получены только что</i>');
  });

  it('warns of stale data with their age', () => {
    expect(renderFreshness({ asOf: '2026-11-24T09:58:00+03:00', receivedAt: now, stale: true }, ru)).toBe(
      '⚠️ Учётная система сейчас не отвечает, показываю последнее, что известно. ' +
        'Данные получены 21 минуту назад и могли измениться.',
    );
    expect(renderFreshness({ receivedAt: now - minutes(15 * 60 + 39), stale: true }, en)).toContain(
      'received yesterday at 18:40 and may have changed',
    );
  });
});

describe('olderOf', () => {
  const older = { asOf: '2026-11-24T10:00:00+03:00', receivedAt: now };
  const newer = { receivedAt: now - minutes(5) };

  it('takes the older of two answers, whichever comes first', () => {
    expect(olderOf(older, newer, ru)).toEqual({ ...older, stale: false });
    expect(olderOf(newer, older, ru)).toEqual({ ...older, stale: false });
  });

  it('is stale where either is', () => {
    expect(olderOf(older, { ...newer, stale: true }, ru)).toEqual({ ...older, stale: true });
  });
});
