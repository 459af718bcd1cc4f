import { ORDER_STATUSES, type OneCOrder } from '../onec/contract/orders';
import {
  ORDER_LINES_SHOWN,
  renderMatchingOrders,
  renderOrder,
  renderOrderNotFound,
  renderOrders,
} from './orders.reply';

const ru = { language: 'ru', timeZone: 'Europe/Moscow' } as const;
const en = { ...ru, language: 'en' } as const;
const spaces = (html: string) => html.replaceAll('\u00A0', ' ');

const order = (more: Partial<OneCOrder> = {}): OneCOrder => ({
  number: '00-00000123',
  date: '2026-11-12T23:30:00Z',
  status: 'partially_received',
  amount: 125000,
  currency: 'RUB',
  ...more,
});

const full = order({
  expectedDate: '2026-11-24',
  receivedPercent: 40,
  paidPercent: 12.5,
  comment: 'Срочно & <важно>',
  lines: [
    { article: 'A-1', name: 'Лампа', quantity: 10, received: 4, unit: 'шт', price: 12.5 },
    { article: 'A-2', name: 'Провод', quantity: 100.5, unit: 'м' },
  ],
});

describe('renderOrder', () => {
  it('shows the order with its lines', () => {
    expect(spaces(renderOrder({ order: full }, ru))).toBe(
      [
        '<b>Заказ 00-00000123</b> от 13 ноября 2026',
        '',
        'Статус: <b>принят частично</b>',
        'Сумма: 125 000,00 ₽',
        'Ожидаемая поставка: 24 ноября 2026',
        'Принято: 40 %',
        'Оплачено: 12,5 %',
        'Комментарий: Срочно &amp; &lt;важно&gt;',
        '',
        '<b>Состав: 2 позиции</b>',
        '1. <code>A-1</code> Лампа',
        '10 штук · по 12,50 ₽ · принято 4 штуки',
        '2. <code>A-2</code> Провод',
        '100,5 м',
      ].join('\n'),
    );
    expect(spaces(renderOrder({ order: full }, en))).toBe(
      [
        '<b>Order 00-00000123</b> of 13 November 2026',
        '',
        'Status: <b>partially received</b>',
        'Amount: ₽125,000.00',
        'Expected delivery: 24 November 2026',
        'Received: 40%',
        'Paid: 12.5%',
        'Comment: Срочно &amp; &lt;важно&gt;',
        '',
        '<b>Contents: 2 lines</b>',
        '1. <code>A-1</code> Лампа',
        '10 pcs · at ₽12.50 · received 4 pcs',
        '2. <code>A-2</code> Провод',
        '100.5 m',
      ].join('\n'),
    );
  });

  it('shows of an order what is given', () => {
    const bare = {
      ...order(),
      expectedDate: null,
      receivedPercent: null,
      paidPercent: null,
      comment: null,
      lines: null,
    };
    expect(spaces(renderOrder({ order: bare as unknown as OneCOrder }, ru))).toBe(
      '<b>Заказ 00-00000123</b> от 13 ноября 2026\n\nСтатус: <b>принят частично</b>\nСумма: 125 000,00 ₽',
    );
  });

  it("prefers the accounting system's own wording of the status", () => {
    expect(renderOrder({ order: order({ statusText: ' На <приёмке> ' }) }, ru)).toContain(
      'Статус: <b>На &lt;приёмке&gt;</b>',
    );
    expect(renderOrder({ order: order({ statusText: '' }) }, ru)).toContain('Статус: <b>принят частично</b>');
  });

  it.each(ORDER_STATUSES)('has words for the status %s', (status) => {
    expect(renderOrder({ order: order({ status }) }, ru)).toMatch(/Статус: <b>[а-яё ]+<\/b>/);
    expect(renderOrder({ order: order({ status }) }, en)).toMatch(/Status: <b>[a-z ]+<\/b>/);
  });

  it('counts the lines that it does not show', () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({ article: `A-${index + 1}`, name: 'Лампа', quantity: 1 }));
    const answer = spaces(renderOrder({ order: order({ lines }) }, ru));
    expect(answer).toContain('<b>Состав: 60 позиций</b>');
    expect(answer.match(/<code>/g)).toHaveLength(ORDER_LINES_SHOWN);
    expect(answer.endsWith('\n\n<i>…и ещё 35 позиций</i>')).toBe(true);
  });
});

describe('renderOrders', () => {
  it('shows a page of the list', () => {
    const items = [full, order({ number: '124', status: 'confirmed' })];
    expect(spaces(renderOrders({ items, total: 12, offset: 10, state: 'open' }, ru))).toBe(
      [
        '<b>Открытые заказы</b>',
        '',
        '<b>Заказ 00-00000123</b> от 13.11.2026',
        'принят частично · 125 000,00 ₽',
        'поставка 24.11.2026 · принято 40 % · оплачено 12,5 %',
        '',
        '<b>Заказ 124</b> от 13.11.2026',
        'подтверждён · 125 000,00 ₽',
        '',
        '<i>Показано 11–12 из 12</i>',
      ].join('\n'),
    );
    expect(spaces(renderOrders({ items, total: 2 }, en))).toBe(
      [
        '<b>Orders</b>',
        '',
        '<b>Order 00-00000123</b> of 13 Nov 2026',
        'partially received · ₽125,000.00',
        'delivery 24 Nov 2026 · received 40% · paid 12.5%',
        '',
        '<b>Order 124</b> of 13 Nov 2026',
        'confirmed · ₽125,000.00',
      ].join('\n'),
    );
  });

  it.each([
    [{ state: 'open' as const }, 'Открытых заказов сейчас нет.'],
    [{ state: 'all' as const }, 'Заказов пока нет.'],
    [{}, 'Заказов пока нет.'],
    [{ offset: 10 }, 'Больше заказов нет.'],
  ])('says that there are none: %p', (data, text) => {
    expect(renderOrders({ items: [], ...data }, ru)).toBe(text);
  });
});

describe('renderMatchingOrders', () => {
  it.each([
    [1, 'По номеру <code>123</code> нашёлся один заказ:'],
    [2, 'По номеру <code>123</code> нашлось 2 заказа. Уточните, пожалуйста, какой нужен:'],
    [5, 'По номеру <code>123</code> нашлось 5 заказов. Уточните, пожалуйста, какой нужен:'],
    [21, 'По номеру <code>123</code> нашёлся 21 заказ. Уточните, пожалуйста, какой нужен:'],
  ])('asks which of %d', (count, title) => {
    const items = Array.from({ length: count }, (_, index) => order({ number: `${index}-123` }));
    const answer = renderMatchingOrders({ number: '123', items }, ru);
    expect(answer.split('\n\n')[0]).toBe(title);
    expect(answer.match(/<b>Заказ /g)).toHaveLength(count);
  });

  it('tells how many there are in all', () => {
    const answer = renderMatchingOrders({ number: '<1>', items: [order(), order()], total: 7 }, en);
    expect(answer).toMatch(/^7 orders match <code>&lt;1&gt;<\/code>\. Which one do you need\?\n\n/);
    expect(answer).toMatch(/\n\n<i>Showing 1–2 of 7<\/i>$/);
  });
});

describe('renderOrderNotFound', () => {
  it('names the number and says what to do', () => {
    expect(renderOrderNotFound({ number: '12<3' }, ru)).toBe(
      'Заказ <code>12&lt;3</code> не найден. Проверьте, пожалуйста, номер или откройте список заказов.',
    );
  });
});
