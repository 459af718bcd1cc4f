import { formatPer, formatQuantity, formatUnit } from './units';

const NBSP = '\u00A0';
const quantity = (value: number, unit: string | null | undefined, language: 'ru' | 'en') =>
  formatQuantity(value, unit, language).replaceAll(NBSP, ' ');

describe('formatQuantity', () => {
  it('holds the number and its unit together', () => {
    expect(formatQuantity(1250, 'шт', 'ru')).toBe(`1${NBSP}250${NBSP}штук`);
  });

  it.each([
    [0, '0 штук', '0 пар', '0 pcs'],
    [1, '1 штука', '1 пара', '1 pc'],
    [2, '2 штуки', '2 пары', '2 pcs'],
    [5, '5 штук', '5 пар', '5 pcs'],
    [11, '11 штук', '11 пар', '11 pcs'],
    [14, '14 штук', '14 пар', '14 pcs'],
    [21, '21 штука', '21 пара', '21 pcs'],
    [22, '22 штуки', '22 пары', '22 pcs'],
    [100, '100 штук', '100 пар', '100 pcs'],
    [111, '111 штук', '111 пар', '111 pcs'],
    [1_000_000, '1 000 000 штук', '1 000 000 пар', '1,000,000 pcs'],
    [1.5, '1,5 штуки', '1,5 пары', '1.5 pcs'],
    [-1, '\u22121 штука', '\u22121 пара', '\u22121 pc'],
    [-3, '\u22123 штуки', '\u22123 пары', '\u22123 pcs'],
    [-5, '\u22125 штук', '\u22125 пар', '\u22125 pcs'],
  ])('declines the unit of %d', (value, pieces, pairs, english) => {
    expect(quantity(value, 'шт', 'ru')).toBe(pieces);
    expect(quantity(value, 'пар', 'ru')).toBe(pairs);
    expect(quantity(value, 'шт', 'en')).toBe(english);
  });

  it('takes the form of the number as it is written', () => {
    expect(quantity(1.0001, 'шт', 'ru')).toBe('1 штука');
    expect(quantity(4.9999, 'шт', 'ru')).toBe('5 штук');
    expect(quantity(-0.0001, 'шт', 'ru')).toBe('0 штук');
  });

  it.each([
    ['шт.', '2 штуки', '2 pcs'],
    ['ШТ', '2 штуки', '2 pcs'],
    ['штука', '2 штуки', '2 pcs'],
    ['PCE', '2 штуки', '2 pcs'],
    ['пара', '2 пары', '2 pairs'],
    ['уп', '2 упаковки', '2 packs'],
    ['упак.', '2 упаковки', '2 packs'],
    ['рул', '2 рулона', '2 rolls'],
    ['компл', '2 комплекта', '2 sets'],
    ['кор', '2 коробки', '2 boxes'],
    ['лист', '2 листа', '2 sheets'],
    ['м', '2 м', '2 m'],
    ['кг', '2 кг', '2 kg'],
    ['кв. м', '2 м²', '2 m²'],
    ['м3', '2 м³', '2 m³'],
    ['MTR', '2 м', '2 m'],
  ])('knows the spelling %s', (unit, russian, english) => {
    expect(quantity(2, unit, 'ru')).toBe(russian);
    expect(quantity(2, unit, 'en')).toBe(english);
  });

  it('does not decline measures', () => {
    expect(quantity(1.5, 'м', 'ru')).toBe('1,5 м');
    expect(quantity(1.5, 'м', 'en')).toBe('1.5 m');
    expect(quantity(5, 'кг', 'ru')).toBe('5 кг');
  });

  it.each(['усл. ед.', 'тыс. шт', 'чел/ч'])('leaves the unknown unit %s as it stands', (unit) => {
    expect(quantity(5, unit, 'ru')).toBe(`5 ${unit}`);
    expect(quantity(5, ` ${unit} `, 'en')).toBe(`5 ${unit}`);
  });

  it('does not mistake a word of the language for a unit', () => {
    expect(quantity(5, 'constructor', 'ru')).toBe('5 constructor');
  });

  it.each([undefined, null, '', ' '])('writes the number alone where the unit is %p', (unit) => {
    expect(quantity(5, unit, 'ru')).toBe('5');
  });
});

describe('formatUnit', () => {
  it('names the unit', () => {
    expect(formatUnit('шт.', 'ru')).toBe('штука');
    expect(formatUnit('пар', 'ru')).toBe('пара');
    expect(formatUnit('пар', 'en')).toBe('pair');
    expect(formatUnit('усл. ед.', 'ru')).toBe('усл. ед.');
  });
});

describe('formatPer', () => {
  it.each([
    ['шт', 'за штуку', 'per piece'],
    ['пара', 'за пару', 'per pair'],
    ['упак', 'за упаковку', 'per pack'],
    ['м', 'за метр', 'per metre'],
    ['усл. ед.', 'за усл. ед.', 'per усл. ед.'],
  ])('says what a price is for: %s', (unit, russian, english) => {
    expect(formatPer(unit, 'ru')).toBe(russian);
    expect(formatPer(unit, 'en')).toBe(english);
  });

  it('gives plain text', () => {
    expect(formatPer('<м&м>', 'ru')).toBe('за <м&м>');
  });
});
