import type { OneCPriceItem, OneCStockItem } from '../onec/contract';
import { renderStockAndPrices } from './combined.reply';
import { renderPrices } from './prices.reply';

const now = Date.parse('2026-11-24T10:19:00+03:00');
const ru = { language: 'ru', timeZone: 'Europe/Moscow', now } as const;
const en = { ...ru, language: 'en' } as const;
const fresh = { asOf: '2026-11-24T10:15:00+03:00', receivedAt: now };

const priced = (article: string, more: Partial<OneCPriceItem> = {}): OneCPriceItem => ({
  article,
  name: `Лампа ${article}`,
  unit: 'шт',
  price: 1250,
  currency: 'RUB',
  ...more,
});

const stocked = (article: string, more: Partial<OneCStockItem> = {}): OneCStockItem => ({
  article,
  name: `Лампа ${article}`,
  unit: 'шт',
  available: 12,
  ...more,
});

const spaces = (html: string) => html.replaceAll('\u00A0', ' ');

describe('renderPrices', () => {
  it('shows everything that is known of one price', () => {
    const full = priced('A-1', { unit: 'пар', vatIncluded: true, priceType: 'Закупочная', validFrom: '2026-11-01' });
    expect(spaces(renderPrices({ items: [full], notFound: [], ...fresh }, ru))).toBe(
      [
        '<b>Лампа A-1</b>',
        'Артикул: <code>A-1</code>',
        '',
        'Цена: <b>1 250,00 ₽</b> за пару, с НДС',
        'Вид цены: Закупочная',
        'Действует с 1 ноября 2026',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
    expect(spaces(renderPrices({ items: [full], notFound: [], ...fresh }, en))).toBe(
      [
        '<b>Лампа A-1</b>',
        'Article: <code>A-1</code>',
        '',
        'Price: <b>₽1,250.00</b> per pair, VAT included',
        'Price type: Закупочная',
        'Valid from 1 November 2026',
        '',
        '<i>Data as of 10:15</i>',
      ].join('\n'),
    );
  });

  it('says nothing of VAT and unit where they are not given', () => {
    const bare = { ...priced('A-1'), unit: null, vatIncluded: null } as unknown as OneCPriceItem;
    expect(spaces(renderPrices({ items: [bare], notFound: [], ...fresh }, ru))).toContain(
      '\n\nЦена: <b>1 250,00 ₽</b>\n\n',
    );
  });

  it('says that VAT comes on top', () => {
    const net = priced('A-1', { vatIncluded: false });
    expect(spaces(renderPrices({ items: [net], notFound: [], ...fresh }, ru))).toContain('</b> за штуку, без НДС\n');
  });

  it('lists several, and what was not found', () => {
    const items = [priced('A-1', { priceType: 'Опт', validFrom: '2026-11-01' }), priced('A-2', { price: 0.125 })];
    const notFound = [{ article: 'A-3', nearest: ['A-30'] }];
    expect(spaces(renderPrices({ items, notFound, ...fresh }, ru))).toBe(
      [
        '<b>Цены</b>',
        '',
        '<code>A-1</code> Лампа A-1',
        'Цена: <b>1 250,00 ₽</b> за штуку',
        'Вид цены: Опт · Действует с 1 ноября 2026',
        '',
        '<code>A-2</code> Лампа A-2',
        'Цена: <b>0,125 ₽</b> за штуку',
        '',
        'Артикул <code>A-3</code> не найден.',
        'Возможно, вы ищете: <code>A-30</code>',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
  });

  it('names what was not found where nothing was', () => {
    expect(renderPrices({ items: [], notFound: [{ article: 'X', nearest: [] }], ...fresh }, en)).toBe(
      'Article <code>X</code> was not found.\nPlease check the spelling.',
    );
    expect(renderPrices({ items: [], notFound: [], ...fresh }, en)).toBe('Sorry, nothing was found.');
  });
});

describe('renderStockAndPrices', () => {
  it('puts both facts of one article into one card', () => {
    const answer = renderStockAndPrices(
      {
        stock: { items: [stocked('A-1', { expected: 5, reserved: 2 })], notFound: [], ...fresh },
        prices: { items: [priced('A-1', { vatIncluded: true })], notFound: [], receivedAt: now },
      },
      ru,
    );
    expect(spaces(answer)).toBe(
      [
        '<b>Лампа A-1</b>',
        'Артикул: <code>A-1</code>',
        '',
        'В наличии: <b>12 штук</b>',
        'Ожидается: 5 штук',
        'В резерве: 2 штуки',
        '',
        'Цена: <b>1 250,00 ₽</b> за штуку, с НДС',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
  });

  it('lists one entry an article, and says which fact is not there', () => {
    const answer = renderStockAndPrices(
      {
        stock: {
          items: [stocked('A-1'), stocked('A-2', { available: 0 })],
          notFound: [
            { article: 'a3', nearest: [] },
            { article: 'X', nearest: ['X-1'] },
          ],
          ...fresh,
        },
        prices: {
          items: [priced('A-3'), priced('A-1'), priced('A-1', { price: 1100, priceType: 'Опт' })],
          notFound: [
            { article: 'a2', nearest: [] },
            { article: 'X', nearest: ['X-1'] },
          ],
          receivedAt: now,
        },
      },
      ru,
    );
    expect(spaces(answer)).toBe(
      [
        '<b>Остатки и цены</b>',
        '',
        '<code>A-1</code> Лампа A-1',
        'В наличии: <b>12 штук</b>',
        'Цена: <b>1 250,00 ₽</b> за штуку',
        'Цена: <b>1 100,00 ₽</b> за штуку',
        'Вид цены: Опт',
        '',
        '<code>A-2</code> Лампа A-2',
        '<b>Нет в наличии</b>',
        'Цена не указана',
        '',
        '<code>A-3</code> Лампа A-3',
        'Остаток не указан',
        'Цена: <b>1 250,00 ₽</b> за штуку',
        '',
        'Артикул <code>X</code> не найден.',
        'Возможно, вы ищете: <code>X-1</code>',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
  });

  it('warns where one of the two is stale, with the age of the older', () => {
    const answer = renderStockAndPrices(
      {
        stock: { items: [stocked('A-1')], notFound: [], receivedAt: now },
        prices: { items: [priced('A-1')], notFound: [], receivedAt: now - 20 * 60_000, stale: true },
      },
      en,
    );
    expect(answer).toContain('⚠️ The accounting system is not answering right now');
    expect(answer).toContain('received 20 minutes ago');
  });

  it('names what neither knows where nothing was found', () => {
    const nothing = { items: [], notFound: [{ article: 'X', nearest: [] }], ...fresh };
    expect(renderStockAndPrices({ stock: nothing, prices: nothing }, ru)).toBe(
      'Артикул <code>X</code> не найден.\nПроверьте, пожалуйста, написание.',
    );
  });
});
