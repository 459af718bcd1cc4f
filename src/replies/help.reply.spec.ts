import type { Operation } from '../onec/contract';
import { renderGoodbye, renderHelp, renderStart, renderThanks } from './help.reply';
import { renderManager } from './manager.reply';

const ru = { language: 'ru' } as const;
const en = { language: 'en' } as const;
const all: ReadonlySet<Operation> = new Set([
  'ping',
  'identify',
  'stock',
  'prices',
  'orders',
  'payments',
  'products',
  'reconciliation',
]);
const manager = { name: 'Ольга Петрова', phone: '+7 495 123-45-67', email: 'olga@example.ru', telegram: 'olga_p' };

describe('renderManager', () => {
  it('names the manager and every way to reach them', () => {
    expect(renderManager({ manager, managerContact: 'отдел закупок' }, ru)).toBe(
      [
        'Ваш менеджер: <b>Ольга Петрова</b>',
        'Телефон: +7 495 123-45-67',
        'Telegram: @olga_p',
        'Почта: olga@example.ru',
      ].join('\n'),
    );
    expect(renderManager({ manager: { name: 'Olga <1>' } }, en)).toBe('Your manager: <b>Olga &lt;1&gt;</b>');
  });

  it.each(['olga_p', '@olga_p', 't.me/olga_p', 'https://t.me/olga_p', 'https://telegram.me/olga_p/'])(
    'makes a mention of %s',
    (telegram) => {
      expect(renderManager({ manager: { name: 'О', telegram } }, ru)).toContain('Telegram: @olga_p');
    },
  );

  it('leaves a contact that is no name as it stands', () => {
    expect(renderManager({ manager: { name: 'О', telegram: '+7 916 000-00-00' } }, ru)).toContain(
      'Telegram: +7 916 000-00-00',
    );
  });

  it("shows the setting's text where the accounting system names nobody", () => {
    expect(renderManager({ manager: null, managerContact: 'Отдел закупок <+7>' }, ru)).toBe(
      'Контакт менеджера: Отдел закупок &lt;+7&gt;',
    );
  });

  it('says whom to ask where nobody is named', () => {
    expect(renderManager({}, ru)).toBe(
      'Контакт менеджера пока не указан. Обратитесь, пожалуйста, к сотруднику, с которым вы обычно работаете.',
    );
    expect(renderManager({ managerContact: ' ' }, en)).toContain("The manager's contact is not given yet.");
  });
});

describe('renderHelp', () => {
  it('greets, shows examples and names the manager', () => {
    expect(renderHelp({ contactName: 'Анна', operations: all, manager }, ru)).toBe(
      [
        'Здравствуйте, Анна!',
        '',
        'Отвечаю сразу, по данным учётной системы. Спрашивайте своими словами, например:',
        '• остатки: «есть BP-4500/2?»',
        '• цены: «почём BP-4500/2?»',
        '• заказы: «что с заказом 123?»',
        '• оплаты: «когда будет оплата?»',
        '• товары: «найди светильник уличный»',
        '• акт сверки: «акт сверки за прошлый месяц»',
        '',
        'Можно прислать сразу несколько артикулов и спросить об остатке и цене вместе.',
        '',
        'Ваш менеджер: <b>Ольга Петрова</b>, +7 495 123-45-67, @olga_p, olga@example.ru',
      ].join('\n'),
    );
    expect(renderHelp({ contactName: 'Mei', operations: all }, en)).toBe(
      [
        'Hello, Mei!',
        '',
        'I answer at once from the accounting system. Just ask in your own words, for example:',
        '• stock: “is BP-4500/2 in stock?”',
        '• prices: “how much is BP-4500/2?”',
        '• orders: “what about order 123?”',
        '• payments: “when will we be paid?”',
        '• products: “find outdoor lamp”',
        '• reconciliation statement: “reconciliation statement for last month”',
        '',
        'You can send several articles at once and ask for stock and price together.',
      ].join('\n'),
    );
  });

  it('offers only what the accounting system serves', () => {
    expect(
      renderHelp({ operations: new Set<Operation>(['ping', 'orders', 'stock']), exampleArticle: 'Л<1>' }, ru),
    ).toBe(
      [
        'Здравствуйте!',
        '',
        'Отвечаю сразу, по данным учётной системы. Спрашивайте своими словами, например:',
        '• остатки: «есть Л&lt;1&gt;?»',
        '• заказы: «что с заказом 123?»',
      ].join('\n'),
    );
  });

  it('sends to the manager where nothing is served', () => {
    expect(renderHelp({ operations: new Set<Operation>(['ping']), managerContact: '+7' }, ru)).toBe(
      'Здравствуйте!\n\nСейчас учётная система не отвечает на вопросы через бота. ' +
        'По всем вопросам обращайтесь, пожалуйста, к менеджеру.\n\nКонтакт менеджера: +7',
    );
  });
});

describe('renderStart', () => {
  it('says who the supplier is to us', () => {
    const answer = renderStart({ contactName: 'Анна', supplierName: 'ООО «Свет & Ко»', operations: all }, ru);
    expect(
      answer.startsWith('Здравствуйте, Анна!\nВы подключены как <b>ООО «Свет &amp; Ко»</b>.\n\nОтвечаю сразу'),
    ).toBe(true);
  });
});

describe('courtesies', () => {
  it('are short', () => {
    expect(renderThanks(ru)).toBe('Пожалуйста! Если понадобится что-то ещё, пишите.');
    expect(renderGoodbye(ru)).toBe('До свидания! Хорошего вам дня.');
    expect(renderThanks(en)).toBe('You are welcome! Write whenever you need anything.');
    expect(renderGoodbye(en)).toBe('Goodbye! Have a nice day.');
  });
});
