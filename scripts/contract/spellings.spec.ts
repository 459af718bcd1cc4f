import { articleKey } from '../../src/onec/article-key';
import { mostTelling, shortNumber, spellingsOf } from './spellings';

describe('spellings of an article', () => {
  it.each(['BP-4500/2', 'GX 53 6W/4K', 'Лампа-E27.9', '12345', 'А', 'M8x40'])(
    'of %s differ from it and are the same to the contract',
    (article) => {
      const spellings = spellingsOf(article);

      expect(spellings.map(({ spelling }) => spelling)).not.toContain(article);
      expect(new Set(spellings.map(({ spelling }) => articleKey(spelling)))).toEqual(new Set([articleKey(article)]));
    },
  );

  it('are written in each way that changes it', () => {
    expect(spellingsOf('BP-4500/2')).toEqual([
      { name: 'lower-case', spelling: 'bp-4500/2' },
      { name: 'spaces', spelling: 'BP 4500 2' },
      { name: 'hyphens', spelling: 'BP-4500-2' },
      { name: 'dots', spelling: 'BP.4500.2' },
      { name: 'slashes', spelling: 'BP/4500/2' },
      { name: 'no-separators', spelling: 'BP45002' },
      { name: 'look-alikes', spelling: 'ВР-4500/2' },
    ]);
  });

  it('tell the most of an article with letters and separators', () => {
    expect(mostTelling(['12345', 'BP-4500/2', 'QWZ'])).toBe('BP-4500/2');
    expect(mostTelling([])).toBeUndefined();
  });
});

it.each([
  ['00-00000123', '123'],
  ['НФ-000012/25', '12'],
  ['ЗП-0102', '102'],
  ['ТД00-000100', '100'],
  ['123', undefined],
  ['без номера', undefined],
])('the short form of the number %s is %s', (number, short) => {
  expect(shortNumber(number)).toBe(short);
});
