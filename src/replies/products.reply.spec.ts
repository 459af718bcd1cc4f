import { renderProducts } from './products.reply';

const ru = { language: 'ru' } as const;
const en = { language: 'en' } as const;
const lamp = { article: 'A-1', name: 'Лампа', unit: 'шт', barcode: '4601234567893', category: 'Свет / Лампы' };

describe('renderProducts', () => {
  it('shows one product as a card', () => {
    const data = { items: [lamp], total: 1, offset: 0, query: 'лампа', notFound: [] };
    expect(renderProducts(data, ru)).toBe(
      [
        '<b>Лампа</b>',
        'Артикул: <code>A-1</code>',
        '',
        'Единица измерения: штука',
        'Штрихкод: <code>4601234567893</code>',
        'Категория: Свет / Лампы',
      ].join('\n'),
    );
    expect(renderProducts(data, en)).toBe(
      [
        '<b>Лампа</b>',
        'Article: <code>A-1</code>',
        '',
        'Unit: pc',
        'Barcode: <code>4601234567893</code>',
        'Category: Свет / Лампы',
      ].join('\n'),
    );
  });

  it('shows of a card what is given', () => {
    expect(renderProducts({ items: [{ article: 'A-1', name: 'Лампа' }], notFound: [] }, ru)).toBe(
      '<b>Лампа</b>\nАртикул: <code>A-1</code>',
    );
  });

  it('shows a page of a list with its place', () => {
    const items = Array.from({ length: 10 }, (_, index) => ({ article: `A-${index}`, name: 'Лампа' }));
    const answer = renderProducts({ items, total: 57, offset: 0, query: 'лампа & свет', notFound: [] }, ru);
    expect(answer.startsWith('<b>Товары по запросу «лампа &amp; свет»</b>\n\n<code>A-0</code> Лампа\n')).toBe(true);
    expect(answer.endsWith('<code>A-9</code> Лампа\n\n<i>Показано 1–10 из 57</i>')).toBe(true);
  });

  it('shows the last product of a list as a list, not as a card', () => {
    expect(renderProducts({ items: [lamp], total: 21, offset: 20, notFound: [] }, en)).toBe(
      '<b>Products</b>\n\n<code>A-1</code> Лампа\n\n<i>Showing 21–21 of 21</i>',
    );
  });

  it('names the articles that were not found', () => {
    const notFound = [{ article: 'X', nearest: ['X-1'] }];
    expect(renderProducts({ items: [], notFound }, ru)).toBe(
      'Артикул <code>X</code> не найден.\nВозможно, вы ищете: <code>X-1</code>',
    );
    expect(renderProducts({ items: [lamp], notFound }, ru)).toContain(
      'Категория: Свет / Лампы\n\nАртикул <code>X</code>',
    );
  });

  it('says what to try where a search finds nothing', () => {
    expect(renderProducts({ items: [], total: 0, query: 'фонарь', notFound: [] }, ru)).toBe(
      'По запросу «фонарь» ничего не нашлось. Попробуйте назвать товар иначе или пришлите артикул.',
    );
    expect(renderProducts({ items: [], notFound: [] }, ru)).toBe('Товаров пока нет.');
  });
});
