import { renderBlocked, renderNotLinked, renderPending } from './not-linked.reply';
import {
  renderNotSupported,
  renderOwnFault,
  renderSystemAway,
  renderTooManyQuestions,
  renderUnreadable,
  UNREADABLE_KINDS,
} from './trouble.reply';

const ru = { language: 'ru' } as const;
const en = { language: 'en' } as const;
const contact = { manager: { name: 'Ольга Петрова', phone: '+7 495 123-45-67' } };
const named = '\n\nВаш менеджер: <b>Ольга Петрова</b>, +7 495 123-45-67';

describe('trouble', () => {
  it('1C is away: says so and names the manager', () => {
    expect(renderSystemAway(contact, ru)).toBe(
      `Учётная система сейчас не отвечает, поэтому ответить пока не могу. Попробуйте, пожалуйста, чуть позже.${named}`,
    );
    expect(renderSystemAway({ managerContact: 'buying@example.ru' }, en)).toBe(
      'The accounting system is not answering right now, so I cannot reply. Please try again a little later.\n\n' +
        "Manager's contact: buying@example.ru",
    );
    expect(renderSystemAway({}, ru)).not.toContain('\n');
  });

  it('our own fault: apologises', () => {
    expect(renderOwnFault(contact, ru)).toBe(
      `Простите, что-то пошло не так на нашей стороне. Мы уже знаем об этом и разберёмся.${named}`,
    );
  });

  it('not supported: names what is not there', () => {
    expect(renderNotSupported({ operation: 'reconciliation', ...contact }, ru)).toBe(
      `К сожалению, раздел «акт сверки» через бота пока недоступен.${named}`,
    );
    expect(renderNotSupported({ operation: 'payments' }, en)).toBe(
      'Sorry, “payments” is not available through the bot yet.',
    );
    expect(renderNotSupported({ operation: 'link' }, ru)).toBe('К сожалению, через бота этого пока не узнать.');
    expect(renderNotSupported({}, ru)).toBe('К сожалению, через бота этого пока не узнать.');
  });

  it.each([
    [undefined, 'минуту'],
    [0, '1 секунду'],
    [20.2, '21 секунду'],
    [32, '32 секунды'],
    [45, '45 секунд'],
  ])('too many questions: wait %p', (retryAfterSeconds, wait) => {
    expect(renderTooManyQuestions({ retryAfterSeconds }, ru)).toBe(
      `Вопросов пришло очень много, не успеваю отвечать. Подождите, пожалуйста, ${wait} и спросите снова.`,
    );
  });

  it.each(UNREADABLE_KINDS)('cannot read a message of the kind %s and asks for text', (kind) => {
    expect(renderUnreadable({ kind }, ru)).toMatch(/текстом\.$/);
    expect(renderUnreadable({ kind }, en)).toMatch(/as text\.$/);
  });
});

describe('access', () => {
  it('an unknown chat learns how to get connected and which number to pass on', () => {
    expect(renderNotLinked({ chatId: 1234567890, managerContact: '+7 495 000-00-00' }, ru)).toBe(
      [
        'Здравствуйте! Это бот для поставщиков: здесь можно узнать об остатках, ценах, заказах и оплатах.',
        '',
        'Этот чат пока не подключён. Попросите, пожалуйста, менеджера компании подключить вас ' +
          'и передайте ему номер чата: <code>1234567890</code>',
        '',
        'Контакт менеджера: +7 495 000-00-00',
      ].join('\n'),
    );
    expect(renderNotLinked({ chatId: -5 }, en)).toMatch(/pass on this chat number: <code>-5<\/code>$/);
  });

  it('a pending supplier learns whom they wait for', () => {
    expect(renderPending(contact, ru)).toBe(
      `Ваша заявка у менеджера. Как только он её подтвердит, можно будет задавать вопросы.${named}`,
    );
  });

  it('a blocked supplier learns whom to turn to', () => {
    expect(renderBlocked(contact, ru)).toBe(
      `Доступ для этого чата закрыт. Если это ошибка, свяжитесь, пожалуйста, с менеджером.${named}`,
    );
  });
});
