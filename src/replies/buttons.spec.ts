import { INTENTS } from '../classifier/understanding';
import type { Operation } from '../onec/contract';
import {
  ANSWER_BUTTONS,
  botCommands,
  buttonLabel,
  intentLabel,
  MENU_BUTTONS,
  menuButtonOf,
  menuButtons,
  renderStaleButton,
} from './buttons';

const labels = (...parameters: Parameters<typeof menuButtons>) => menuButtons(...parameters).map(({ label }) => label);

describe('menuButtons', () => {
  it('has every button in its order', () => {
    expect(labels('ru')).toEqual(['Остатки', 'Цены', 'Заказы', 'Оплаты', 'Товары', 'Акт сверки', 'Менеджер', 'Помощь']);
    expect(labels('en')).toEqual([
      'Stock',
      'Prices',
      'Orders',
      'Payments',
      'Products',
      'Reconciliation',
      'Manager',
      'Help',
    ]);
  });

  it('hides what the accounting system does not serve', () => {
    expect(labels('ru', new Set<Operation>(['stock', 'orders']))).toEqual(['Остатки', 'Заказы', 'Менеджер', 'Помощь']);
  });
});

describe('menuButtonOf', () => {
  it('knows a pressed button in either language', () => {
    for (const language of ['ru', 'en'] as const) {
      for (const button of MENU_BUTTONS) expect(menuButtonOf(` ${buttonLabel(button, language)} `)).toBe(button);
    }
    expect(menuButtonOf('акт сверки')).toBe('menuReconciliation');
  });

  it('does not take a question for a button', () => {
    expect(menuButtonOf('Остатки BP-4500/2')).toBeNull();
    expect(menuButtonOf('')).toBeNull();
  });
});

describe('buttonLabel', () => {
  it('is short plain text in both languages', () => {
    for (const button of [...MENU_BUTTONS, ...ANSWER_BUTTONS]) {
      expect(buttonLabel(button, 'ru')).toMatch(/^[А-ЯЁ][а-яё ]{2,19}$/);
      expect(buttonLabel(button, 'en')).toMatch(/^[A-Z][a-z ]{2,19}$/);
    }
  });

  it('stands for every intent that can be asked back', () => {
    const asked = INTENTS.filter((intent) => intent !== 'other');
    expect(asked.map((intent) => intentLabel(intent, 'ru'))).toEqual([
      'Остаток',
      'Цена',
      'Заказ',
      'О товаре',
      'Оплата',
      'Акт сверки',
      'Менеджер',
      'Помощь',
    ]);
  });
});

describe('renderStaleButton', () => {
  it('is plain text that fits an answer to a press, 200 characters', () => {
    expect(renderStaleButton({ language: 'ru' })).toBe('Эта кнопка устарела. Напишите, пожалуйста, вопрос ещё раз.');
    expect(renderStaleButton({ language: 'en' })).toBe('This button has expired. Please type your question again.');
  });
});

describe('botCommands', () => {
  it('fit the limits of setMyCommands: lower-case names, descriptions of 1 to 256 characters', () => {
    for (const language of ['ru', 'en'] as const) {
      const commands = botCommands(language);
      expect(commands.map(({ command }) => command)).toEqual([
        'start',
        'help',
        'stock',
        'price',
        'orders',
        'payments',
        'products',
        'manager',
      ]);
      for (const { command, description } of commands) {
        expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
        expect(description.length).toBeGreaterThan(3);
        expect(description.length).toBeLessThanOrEqual(256);
      }
    }
    expect(botCommands('ru')[2]).toEqual({ command: 'stock', description: 'Остатки по артикулу' });
    expect(botCommands('en')[2]).toEqual({ command: 'stock', description: 'Stock by article' });
  });

  it('hide what the accounting system does not serve', () => {
    expect(botCommands('ru', new Set<Operation>(['prices'])).map(({ command }) => command)).toEqual([
      'start',
      'help',
      'price',
      'manager',
    ]);
  });
});
