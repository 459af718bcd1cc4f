import { formatList, formatMoney, formatNumber, formatPercent, formatPrice } from './format';

const NBSP = '\u00A0';
const MINUS = '\u2212';

describe('formatNumber', () => {
  it.each([
    [0, '0', '0'],
    [5, '5', '5'],
    [1250.5, `1${NBSP}250,5`, '1,250.5'],
    [1234567, `1${NBSP}234${NBSP}567`, '1,234,567'],
    [0.1 + 0.2, '0,3', '0.3'],
    [1.23456, '1,235', '1.235'],
    [-3, `${MINUS}3`, `${MINUS}3`],
    [-0, '0', '0'],
    [-0.0001, '0', '0'],
  ])('writes %d as %s and %s', (value, russian, english) => {
    expect(formatNumber(value, 'ru')).toBe(russian);
    expect(formatNumber(value, 'en')).toBe(english);
  });
});

describe('formatMoney', () => {
  it.each([
    [12345.6, 'RUB', `12${NBSP}345,60${NBSP}₽`, '₽12,345.60'],
    [1234.5, 'CNY', `1${NBSP}234,50${NBSP}¥`, '¥1,234.50'],
    [0, 'EUR', `0,00${NBSP}€`, '€0.00'],
    [99.999, 'USD', `100,00${NBSP}$`, '$100.00'],
    [-50, 'RUB', `${MINUS}50,00${NBSP}₽`, `${MINUS}₽50.00`],
  ])('writes %d %s', (value, currency, russian, english) => {
    expect(formatMoney(value, currency, 'ru')).toBe(russian);
    expect(formatMoney(value, currency, 'en')).toBe(english);
  });

  it('writes the letters of a currency whose sign belongs to another one, or which has none', () => {
    expect(formatMoney(1234.5, 'CAD', 'ru')).toBe(`1${NBSP}234,50${NBSP}CAD`);
    expect(formatMoney(1234.5, 'CAD', 'en')).toBe(`CAD${NBSP}1,234.50`);
    expect(formatMoney(1234, 'JPY', 'ru')).toBe(`1${NBSP}234${NBSP}JPY`);
    expect(formatMoney(5, 'XYZ', 'ru')).toBe(`5,00${NBSP}XYZ`);
  });
});

describe('formatPrice', () => {
  it('keeps what is finer than the smallest coin', () => {
    expect(formatPrice(0.1275, 'RUB', 'ru')).toBe(`0,1275${NBSP}₽`);
    expect(formatPrice(0.1275, 'RUB', 'en')).toBe('₽0.1275');
  });

  it('shows two decimals at least', () => {
    expect(formatPrice(1250, 'RUB', 'ru')).toBe(`1${NBSP}250,00${NBSP}₽`);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, `0${NBSP}%`, '0%'],
    [40, `40${NBSP}%`, '40%'],
    [33.333, `33,3${NBSP}%`, '33.3%'],
    [100, `100${NBSP}%`, '100%'],
    [104.5, `104,5${NBSP}%`, '104.5%'],
  ])('writes %d', (value, russian, english) => {
    expect(formatPercent(value, 'ru')).toBe(russian);
    expect(formatPercent(value, 'en')).toBe(english);
  });
});

describe('formatList', () => {
  it('joins as the language does', () => {
    expect(formatList(['остаток', 'цену', 'заказ'], 'disjunction', 'ru')).toBe('остаток, цену или заказ');
    expect(formatList(['остаток', 'цену'], 'conjunction', 'ru')).toBe('остаток и цену');
    expect(formatList(['stock', 'price'], 'disjunction', 'en')).toBe('stock or price');
    expect(formatList(['stock'], 'disjunction', 'en')).toBe('stock');
  });
});
