import type { OneCPayment } from '../onec/contract';
import { renderPayments } from './payments.reply';
import { renderReconciliationCaption } from './reconciliation.reply';

const ru = { language: 'ru', timeZone: 'Europe/Moscow' } as const;
const en = { ...ru, language: 'en' } as const;
const spaces = (html: string) => html.replaceAll('\u00A0', ' ');

const payment = (more: Partial<OneCPayment> = {}): OneCPayment => ({
  document: 'Поступление 00-1',
  date: '2026-11-01',
  amount: 50000,
  currency: 'RUB',
  status: 'planned',
  ...more,
});

describe('renderPayments, the balance', () => {
  const balance = (amount: number, overdue?: number) =>
    spaces(renderPayments({ balance: { amount, overdue, currency: 'RUB' }, items: [payment()] }, ru)).split('\n\n')[1];

  it('owed to the supplier', () => {
    expect(balance(125000)).toBe('Мы должны вам: <b>125 000,00 ₽</b>');
    expect(balance(125000, 0)).toBe('Мы должны вам: <b>125 000,00 ₽</b>');
    expect(balance(125000, 20000)).toBe('Мы должны вам: <b>125 000,00 ₽</b>\nИз них просрочено: 20 000,00 ₽');
  });

  it('owed to the company where it is negative', () => {
    expect(balance(-125000)).toBe('Баланс в нашу пользу: <b>125 000,00 ₽</b>');
  });

  it('settled at nought', () => {
    expect(balance(0)).toBe('Взаиморасчёты закрыты: задолженности нет.');
  });
});

describe('renderPayments, the list', () => {
  it('shows every payment with its state and dates', () => {
    const items = [
      payment({ dueDate: '2026-11-30' }),
      payment({ document: 'Накладная <2>', status: 'paid', paidDate: '2026-11-20', dueDate: '2026-11-15' }),
      payment({ status: 'overdue', dueDate: '2026-11-10' }),
      payment({ status: 'partial', dueDate: '2026-12-05' }),
    ];
    expect(spaces(renderPayments({ items, total: 21, offset: 0 }, ru))).toBe(
      [
        '<b>Оплаты</b>',
        '',
        '<b>50 000,00 ₽</b> запланировано на 30.11.2026',
        'Поступление 00-1 от 01.11.2026',
        '',
        '<b>50 000,00 ₽</b> оплачено 20.11.2026',
        'Накладная &lt;2&gt; от 01.11.2026',
        '',
        '<b>50 000,00 ₽</b> просрочено, срок был 10.11.2026',
        'Поступление 00-1 от 01.11.2026',
        '',
        '<b>50 000,00 ₽</b> оплачено частично, срок 05.12.2026',
        'Поступление 00-1 от 01.11.2026',
        '',
        '<i>Показано 1–4 из 21</i>',
      ].join('\n'),
    );
  });

  it.each([
    ['planned', 'запланировано', 'planned'],
    ['paid', 'оплачено', 'paid'],
    ['overdue', 'просрочено', 'overdue'],
    ['partial', 'оплачено частично', 'partly paid'],
  ] as const)('shows the state %s without a date where none is given', (status, russian, english) => {
    expect(spaces(renderPayments({ items: [payment({ status })] }, ru))).toContain(`<b>50 000,00 ₽</b> ${russian}\n`);
    expect(spaces(renderPayments({ items: [payment({ status })] }, en))).toContain(`<b>₽50,000.00</b> ${english}\n`);
  });

  it('tells the balance once, on the first page', () => {
    const data = { balance: { amount: 1, currency: 'RUB' }, items: [payment()], total: 12 };
    expect(renderPayments({ ...data, offset: 0 }, ru)).toContain('Мы должны вам');
    expect(renderPayments({ ...data, offset: 10 }, ru)).not.toContain('Мы должны вам');
  });

  it('says that there are none', () => {
    expect(renderPayments({ items: [] }, ru)).toBe('Платежей пока нет.');
    expect(renderPayments({ items: [], offset: 10 }, ru)).toBe('Больше платежей нет.');
    expect(spaces(renderPayments({ balance: { amount: 5, currency: 'CNY' }, items: [] }, en))).toBe(
      'We owe you: <b>¥5.00</b>\n\nThere are no payments yet.',
    );
  });
});

describe('renderPayments, one document', () => {
  it('shows a card', () => {
    const items = [payment({ status: 'paid', dueDate: '2026-11-30', paidDate: '2026-11-20' })];
    expect(spaces(renderPayments({ items, document: '1', balance: { amount: 5, currency: 'RUB' } }, ru))).toBe(
      [
        '<b>Поступление 00-1</b> от 1 ноября 2026',
        '',
        'Сумма: 50 000,00 ₽',
        'Оплата: <b>оплачено</b>',
        'Срок оплаты: 30 ноября 2026',
        'Дата оплаты: 20 ноября 2026',
      ].join('\n'),
    );
  });

  it('lists the several payments of a document', () => {
    const items = [payment({ status: 'paid' }), payment()];
    expect(renderPayments({ items, document: '1' }, ru)).toMatch(/^<b>Оплаты<\/b>\n\n<b>50.000,00.₽<\/b> оплачено\n/);
  });

  it('names the document that was not found', () => {
    expect(renderPayments({ items: [], document: '<77>' }, ru)).toBe(
      'Оплаты по документу <code>&lt;77&gt;</code> не найдены. Проверьте, пожалуйста, номер или откройте список оплат.',
    );
  });
});

describe('renderReconciliationCaption', () => {
  it('names the period', () => {
    expect(renderReconciliationCaption({ from: '2026-01-01', to: '2026-11-24' }, ru)).toBe(
      'Акт сверки с 1 января 2026 по 24 ноября 2026',
    );
    expect(renderReconciliationCaption({ from: '2026-01-01', to: '2026-11-24' }, en)).toBe(
      'Reconciliation statement from 1 January 2026 to 24 November 2026',
    );
  });

  it('names the one day', () => {
    expect(renderReconciliationCaption({ from: '2026-11-24', to: '2026-11-24' }, ru)).toBe(
      'Акт сверки за 24 ноября 2026',
    );
  });
});
