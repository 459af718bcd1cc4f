import type { OneCStockItem } from '../onec/contract';
import { renderStock } from './stock.reply';

const now = Date.parse('2026-11-24T10:19:00+03:00');
const ru = { language: 'ru', timeZone: 'Europe/Moscow', now } as const;
const en = { ...ru, language: 'en' } as const;
const fresh = { asOf: '2026-11-24T10:15:00+03:00', receivedAt: now };

const item = (article: string, more: Partial<OneCStockItem> = {}): OneCStockItem => ({
  article,
  name: `Лампа ${article}`,
  unit: 'шт',
  available: 12,
  ...more,
});

/** The answer with ordinary spaces, to be compared with what is written here. */
const stock = (...[data, options]: Parameters<typeof renderStock>) =>
  renderStock(data, options).replaceAll('\u00A0', ' ');

describe('renderStock, one item', () => {
  it('shows everything that is known', () => {
    const full = item('BP-4500/2', {
      name: 'Блок питания 45 Вт',
      available: 120,
      onHand: 131,
      reserved: 11,
      expected: 50,
      warehouses: [
        { name: 'Основной', available: 100 },
        { name: 'Химки', available: 20 },
      ],
    });
    expect(stock({ items: [full], notFound: [], ...fresh }, ru)).toBe(
      [
        '<b>Блок питания 45 Вт</b>',
        'Артикул: <code>BP-4500/2</code>',
        '',
        'В наличии: <b>120 штук</b>',
        'Ожидается: 50 штук',
        'В резерве: 11 штук',
        'Всего на складах: 131 штука',
        '',
        'По складам:',
        '• Основной: 100 штук',
        '• Химки: 20 штук',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
    expect(stock({ items: [full], notFound: [], ...fresh }, en)).toBe(
      [
        '<b>Блок питания 45 Вт</b>',
        'Article: <code>BP-4500/2</code>',
        '',
        'In stock: <b>120 pcs</b>',
        'Expected: 50 pcs',
        'Reserved: 11 pcs',
        'On hand in all: 131 pcs',
        '',
        'By warehouse:',
        '• Основной: 100 pcs',
        '• Химки: 20 pcs',
        '',
        '<i>Data as of 10:15</i>',
      ].join('\n'),
    );
  });

  it('leaves out what is not given, also where it is null', () => {
    const bare = { ...item('A-1'), expected: null, reserved: null, onHand: null, warehouses: null };
    expect(stock({ items: [bare as unknown as OneCStockItem], notFound: [], ...fresh }, ru)).toBe(
      '<b>Лампа A-1</b>\nАртикул: <code>A-1</code>\n\nВ наличии: <b>12 штук</b>\n\n<i>Данные на 10:15</i>',
    );
  });

  it.each([0, -3])('says that there is none at %d', (available) => {
    const answer = stock({ items: [item('A-1', { available, expected: 21 })], notFound: [], ...fresh }, ru);
    expect(answer).toContain('\n\n<b>Нет в наличии</b>\nОжидается: 21 штука\n\n');
  });

  it('holds number and unit together with no-break spaces', () => {
    expect(
      renderStock({ items: [item('A-1', { available: 1250.5, unit: 'м' })], notFound: [], ...fresh }, ru),
    ).toContain('<b>1\u00A0250,5\u00A0м</b>');
  });

  it('shows a very long name whole', () => {
    const name = 'Светильник '.repeat(30).trim();
    expect(stock({ items: [item('A-1', { name })], notFound: [], ...fresh }, ru)).toContain(`<b>${name}</b>`);
  });

  it('counts the warehouses that it does not name', () => {
    const warehouses = Array.from({ length: 22 }, (_, index) => ({ name: `Склад ${index + 1}`, available: 1 }));
    const answer = stock({ items: [item('A-1', { warehouses })], notFound: [], ...fresh }, ru);
    expect(answer).toContain('• Склад 20: 1 штука\n• и ещё 2 склада\n');
    expect(answer).not.toContain('Склад 21');
  });
});

describe('renderStock, several items', () => {
  it('is a compact list', () => {
    const items = [
      item('A-1', { expected: 3 }),
      item('A-2', { available: 0, unit: 'пар' }),
      item('A-3', { available: 2 }),
    ];
    expect(stock({ items, notFound: [], ...fresh }, ru)).toBe(
      [
        '<b>Остатки</b>',
        '',
        '<code>A-1</code> Лампа A-1',
        'В наличии: <b>12 штук</b> · ожидается 3 штуки',
        '',
        '<code>A-2</code> Лампа A-2',
        '<b>Нет в наличии</b>',
        '',
        '<code>A-3</code> Лампа A-3',
        'В наличии: <b>2 штуки</b>',
        '',
        '<i>Данные на 10:15</i>',
      ].join('\n'),
    );
  });

  it('shortens very long names', () => {
    const name = `Светильник ${'уличный '.repeat(20)}`;
    const answer = stock({ items: [item('A-1', { name }), item('A-2')], notFound: [], ...fresh }, ru);
    expect(answer).toMatch(/<code>A-1<\/code> Светильник (уличный )+уличный…\n/);
    expect(Math.max(...answer.split('\n').map((line) => line.length))).toBeLessThan(100);
  });
});

describe('renderStock, what was not found', () => {
  it('names the one article and offers the nearest, three at most', () => {
    const notFound = [{ article: 'bp 4501', nearest: ['BP-4500/1', 'BP-4500/2', 'BP-4510', 'BP-4511'] }];
    expect(stock({ items: [], notFound, ...fresh }, ru)).toBe(
      'Артикул <code>bp 4501</code> не найден.\n' +
        'Возможно, вы ищете: <code>BP-4500/1</code>, <code>BP-4500/2</code>, <code>BP-4510</code>',
    );
  });

  it('asks to check the spelling where nothing is near', () => {
    const notFound = [{ article: 'X', nearest: [] }];
    expect(stock({ items: [], notFound, ...fresh }, ru)).toBe(
      'Артикул <code>X</code> не найден.\nПроверьте, пожалуйста, написание.',
    );
    expect(stock({ items: [], notFound, ...fresh }, en)).toBe(
      'Article <code>X</code> was not found.\nPlease check the spelling.',
    );
  });

  it('lists several under what was found', () => {
    const notFound = [
      { article: 'X1', nearest: ['X-10'] },
      { article: 'Y<2', nearest: [] },
    ];
    expect(stock({ items: [item('A-1')], notFound, ...fresh }, ru)).toContain(
      '\n\n<b>Не найдены:</b>\n• <code>X1</code>, похожие: <code>X-10</code>\n• <code>Y&lt;2</code>\n\n<i>Данные на 10:15</i>',
    );
  });

  it('says so where there is nothing at all', () => {
    expect(stock({ items: [], notFound: [], ...fresh }, ru)).toBe('К сожалению, ничего не нашлось.');
  });
});
