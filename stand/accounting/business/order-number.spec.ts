import { findByNumber } from './order-number';

const documents = (...numbers: string[]) => numbers.map((number, index) => ({ number, day: `2026-0${index + 1}-12` }));
const found = (asked: string, ...numbers: string[]) =>
  findByNumber(asked, documents(...numbers)).map(({ number }) => number);

describe('one document', () => {
  const KNOWN = [
    '00-00000123',
    'НФ-000012',
    'ЗП-0102',
    'ЦБ-45',
    '1234/25',
    '00-00001234',
    '4500123',
    '77-К',
    'INV-2025-17',
  ];

  it.each([
    ['as it is written', '00-00000123', '00-00000123'],
    ['without zeros and prefix', '123', '00-00000123'],
    ['with some of the zeros', '000123', '00-00000123'],
    ['in small letters', 'нф-000012', 'НФ-000012'],
    ['without the hyphen', 'НФ000012', 'НФ-000012'],
    ['without zeros', 'НФ-12', 'НФ-000012'],
    ['with a Latin look-alike', 'HФ-000012', 'НФ-000012'],
    ['with blanks', ' цб 45 ', 'ЦБ-45'],
    ['without its letters', '45', 'ЦБ-45'],
    ['with another number of zeros after letters', 'зп-102', 'ЗП-0102'],
    ['with a year after the slash', '1234/25', '1234/25'],
    ['without the year, where another has the whole number', '1234', '00-00001234'],
    ['with the sign of a number', '№ 123', '00-00000123'],
    ['with N for the sign', 'N 123', '00-00000123'],
    ['with the date behind', '123 от 12.01', '00-00000123'],
    ['with the date in words behind', '123 от 12 января', '00-00000123'],
    ['with another date behind', '123 от 30.12.2019', '00-00000123'],
    ['with letters behind', '77-к', '77-К'],
    ['without the letters behind', '77', '77-К'],
    ['by the last of several numbers', '17', 'INV-2025-17'],
    ['long', '4500123', '4500123'],
  ])('is found %s', (_, asked, number) => {
    expect(found(asked, ...KNOWN)).toEqual([number]);
  });

  it.each([['12 34'], ['124'], ['НФ-123'], ['00-00000123/25'], [''], ['№'], ['тысяча двести'], ['0']])(
    'is not found by "%s"',
    (asked) => {
      expect(found(asked, '00-00000123', 'НФ-000012')).toEqual([]);
    },
  );
});

it('finds a number without its year where no other has it', () => {
  expect(found('1234', '1234/25', '00-00000099')).toEqual(['1234/25']);
});

it('tells the slash of a year from a longer number', () => {
  expect(found('1234/25', '00-00123425', '1234/25')).toEqual(['1234/25']);
});

describe('several documents', () => {
  const SAME = ['НФ-000012', 'ЗП-0012', 'ЦБ-12'];

  it('are all meant where the number does not tell', () => {
    expect(found('12', ...SAME)).toEqual(SAME);
  });

  it.each([
    '12 от 12.02',
    '12 от 12.2.26',
    '12 от 12.02.2026',
    '12 от 2026-02-12',
    '12 от 12 февраля',
    '12 from 12/02',
  ])('are told apart by the date in "%s"', (asked) => {
    expect(found(asked, ...SAME)).toEqual(['ЗП-0012']);
  });

  it('stay all where the date fits none', () => {
    expect(found('12 от 13.02', ...SAME)).toEqual(SAME);
  });
});
