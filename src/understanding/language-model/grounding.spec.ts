import { grounded } from './grounding';

const suggestion = { intents: ['stock'], articles: [], order: null, product: null };

describe(grounded.name, () => {
  it('keeps known labels, each once, and drops the others', () => {
    const intents = ['price', 'drop_tables', 'stock', 'price', 'STOCK'];
    expect(grounded({ ...suggestion, intents }, 'скока').intents).toEqual(['stock', 'price']);
    expect(grounded({ ...suggestion, intents: ['joke'] }, 'скока').intents).toEqual([]);
  });

  it('leaves a greeting and `other` out beside a question', () => {
    expect(grounded({ ...suggestion, intents: ['help', 'other', 'price'] }, 'скока').intents).toEqual(['price']);
    expect(grounded({ ...suggestion, intents: ['other', 'help'] }, 'скока').intents).toEqual(['help']);
  });

  it.each([
    ['BP-4500/2', true],
    ['BP-4500', true],
    ['4500/2', true],
    ['P-4500/2', false],
    ['BP-4500/3', false],
    ['bp-4500/2', false],
    ['12345', true],
    ['1234', false],
    ['ALL', false],
    ['', false],
  ])('takes the article %j only where it stands in the message: %s', (article, stands) => {
    const { articles } = grounded({ ...suggestion, articles: [article] }, 'глянь BP-4500/2 и 12345, ALL');
    expect(articles).toEqual(stands ? [article] : []);
  });

  it('holds the number of the document to the same rule', () => {
    expect(grounded({ ...suggestion, order: ' 1234/25 ' }, 'чо с 1234/25?').order).toBe('1234/25');
    expect(grounded({ ...suggestion, order: '999' }, 'чо с 1234/25?').order).toBeNull();
    expect(grounded({ ...suggestion, articles: ['12345'], order: '12345' }, 'чо с 12345').order).toBeNull();
  });

  it('keeps the words of a product that stand in the message, as they stand there', () => {
    const message = 'Чо по перчаткам Нитриловым, размер М';
    expect(grounded({ ...suggestion, product: 'перчаткам нитриловым синим' }, message).product).toBe(
      'перчаткам Нитриловым',
    );
    expect(grounded({ ...suggestion, product: 'все товары' }, message).product).toBeNull();
  });
});
