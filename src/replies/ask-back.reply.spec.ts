import type { Operation } from '../onec/contract';
import { INTENTS } from '../classifier/understanding';
import { renderAskArticle, renderAskIntent, renderChooseProduct, renderNotUnderstood } from './ask-back.reply';

const ru = { language: 'ru' } as const;
const en = { language: 'en' } as const;

describe('renderAskIntent', () => {
  it('names the candidates', () => {
    expect(renderAskIntent({ candidates: ['stock', 'price'] }, ru)).toBe(
      'Уточните, пожалуйста: вы про остаток или про цену?',
    );
    expect(renderAskIntent({ candidates: ['stock', 'price', 'order', 'other'] }, ru)).toBe(
      'Уточните, пожалуйста: вы про остаток, про цену или про заказ?',
    );
    expect(renderAskIntent({ candidates: ['payment'] }, ru)).toBe('Уточните, пожалуйста: вы про оплату?');
    expect(renderAskIntent({ candidates: ['stock', 'price'] }, en)).toBe(
      'Could you clarify: are you asking about stock or price?',
    );
  });

  it('names the articles, unless they are many', () => {
    expect(renderAskIntent({ candidates: ['stock', 'price'], articles: ['A<1', 'B-2'] }, ru)).toBe(
      'Уточните, пожалуйста, по <code>A&lt;1</code>, <code>B-2</code>: вы про остаток или про цену?',
    );
    expect(renderAskIntent({ candidates: ['stock', 'price'], articles: ['1', '2', '3', '4'] }, ru)).toBe(
      'Уточните, пожалуйста: вы про остаток или про цену?',
    );
  });

  it('asks to say it in other words where there is nothing to choose from', () => {
    const text = 'Простите, не получилось понять вопрос. Попробуйте, пожалуйста, сказать иначе.';
    expect(renderAskIntent({ candidates: [] }, ru)).toBe(text);
    expect(renderAskIntent({ candidates: ['other'] }, ru)).toBe(text);
  });

  it.each(INTENTS.filter((intent) => intent !== 'other'))('has words for %s', (intent) => {
    expect(renderAskIntent({ candidates: [intent] }, ru)).toMatch(/: вы про [а-яё ]+\?$/);
    expect(renderAskIntent({ candidates: [intent] }, en)).toMatch(/ about [a-z' ]+\?$/);
  });
});

describe('renderAskArticle', () => {
  it('says what the article is needed for', () => {
    expect(renderAskArticle({ intents: ['stock'] }, ru)).toBe(
      'По какому товару подсказать остаток? Пришлите, пожалуйста, артикул, можно сразу несколько.',
    );
    expect(renderAskArticle({ intents: ['stock', 'price'] }, ru)).toContain('подсказать остаток и цену?');
    expect(renderAskArticle({ intents: ['stock', 'price'] }, en)).toContain('need the stock and price for?');
    expect(renderAskArticle({ intents: [] }, ru)).toBe('Пришлите, пожалуйста, артикул товара, можно сразу несколько.');
  });
});

describe('renderNotUnderstood', () => {
  it('says what to try and whom to ask', () => {
    const operations = new Set<Operation>(['stock', 'orders']);
    expect(renderNotUnderstood({ operations, managerContact: '+7' }, ru)).toBe(
      [
        'Простите, не получилось понять вопрос. Попробуйте спросить так:',
        '• есть BP-4500/2?',
        '• что с заказом 123?',
        '',
        'Контакт менеджера: +7',
      ].join('\n'),
    );
  });

  it('has nothing to try where nothing is served', () => {
    expect(renderNotUnderstood({ operations: new Set<Operation>() }, en)).toBe(
      'Sorry, I could not understand the question. Please try other words.',
    );
  });
});

describe('renderChooseProduct', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ article: `A-${index + 1}`, name: `Лампа ${index + 1}` }));

  it('lists the candidates with numbers', () => {
    expect(renderChooseProduct({ items: items(2), query: '<лампа>' }, ru)).toBe(
      [
        'По запросу «&lt;лампа&gt;» нашлось 2 товара. Уточните, пожалуйста, какой нужен:',
        '',
        '1. <code>A-1</code> Лампа 1',
        '2. <code>A-2</code> Лампа 2',
      ].join('\n'),
    );
  });

  it.each([
    [1, 'По запросу «лампа» нашёлся один товар. Вам нужен он?'],
    [5, 'По запросу «лампа» нашлось 5 товаров. Уточните, пожалуйста, какой нужен:'],
    [21, 'По запросу «лампа» нашёлся 21 товар. Уточните, пожалуйста, какой нужен:'],
  ])('counts %d', (total, title) => {
    expect(renderChooseProduct({ items: items(1), query: 'лампа', total }, ru).split('\n\n')[0]).toBe(title);
  });

  it('counts what it does not show', () => {
    const answer = renderChooseProduct({ items: items(12), query: 'лампа', total: 57 }, ru);
    expect(answer).toContain('10. <code>A-10</code> Лампа 10\n<i>…и ещё 47 товаров. Уточните название');
    expect(answer).not.toContain('A-11');
  });

  it('asks without a query too', () => {
    expect(renderChooseProduct({ items: items(2) }, en)).toMatch(/^Which product do you need\?\n\n1\. /);
  });
});
