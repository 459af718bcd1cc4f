import { articleKey } from '../../src/onec/article-key';
import { Catalogue } from './catalogue';
import { type CatalogueItem } from './catalogue-item';
import { loadSampleCatalogue } from './load-catalogue';

function item(article: string, name = article, more: Partial<CatalogueItem> = {}): CatalogueItem {
  return {
    id: `${article} ${name}`,
    article,
    name,
    unit: 'шт',
    prices: [],
    quantity: 1,
    warehouses: [],
    discontinued: false,
    ...more,
  };
}

const articles = (items: readonly CatalogueItem[]) => items.map(({ article }) => article);

describe('find', () => {
  const catalogue = new Catalogue([
    item('ТК-10/2', 'Кабель'),
    item('TK-102', 'Тестер'),
    item('A-1', 'Первый'),
    item('A-1', 'Второй'),
    item('B-1', 'Снят', { discontinued: true }),
    item('B-1', 'Живой'),
    item('C-1', 'Снят', { discontinued: true }),
    item('D-1', 'Со штрихкодом', { barcode: '4601234567893' }),
  ]);

  it.each([
    ['without regard to spelling', 'тк 10-2', ['ТК-10/2', 'TK-102']],
    ['by the exact spelling where two coincide', 'TK-102', ['TK-102']],
    ['with blanks around the exact spelling', ' ТК-10/2 ', ['ТК-10/2']],
    ['all that share one spelling', 'a1', ['A-1', 'A-1']],
    ['by barcode', '4601234567893', ['D-1']],
    ['by barcode with blanks', '4 601234 567893', ['D-1']],
    ['a discontinued item where there is no other', 'C1', ['C-1']],
    ['nothing by an unknown article', 'E-1', []],
    ['nothing by signs alone', '--', []],
  ])('finds %s', (_, asked, expected) => {
    expect(articles(catalogue.find(asked))).toEqual(expected);
  });

  it('prefers the live item to the discontinued one', () => {
    expect(catalogue.find('b1')).toMatchObject([{ name: 'Живой' }]);
  });
});

describe('search in the sample', () => {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await loadSampleCatalogue();
  });

  it.each([
    ['перчатки нитриловые M', ['НТ-100-M']],
    ['перчатки нитриловые М', ['НТ-100-M']],
    ['нитриловых перчаток L', ['НТ-100-L']],
    ['nitrile gloves, size S', ['НТ-100-S']],
    ['изолента хб', ['ИЗ-20/ХБ-2', 'ИЗ-20/ХБ']],
    ['ИЗОЛЕНТУ Х/Б', ['ИЗ-20/ХБ-2', 'ИЗ-20/ХБ']],
    ['кабелю ВВГнг 3х2.5', ['02.003.0044']],
    ['лампа Е27 11Вт тёплая', ['E27-11W']],
    ['лампа GX 53 11 ватт', ['GX 53 11W']],
    ['скотч прозрачный 48 мм', ['СК-48/66-П']],
    ['электродов МР-3', ['ЭЛ46-3', 'ЭЛ46-4']],
    ['халаты рабочие 52-54', ['Х- 5254']],
    ['ботинок 43', ['Б- 140005']],
    ['снеговые лопаты', ['00-00001243']],
    ['поддоны', ['00-00009001']],
    ['прочатки нитреловые M', ['НТ-100-M']],
  ])('finds "%s"', (query, expected) => {
    const found = articles(catalogue.search(query));
    expect(found.slice(0, expected.length)).toEqual(expected);
  });

  it.each(['обои флизелиновые', 'щебень', '', '   ', '???'])('finds nothing for "%s"', (query) => {
    expect(catalogue.search(query)).toEqual([]);
  });

  it('answers all that begin with a part of an article, then those that have it inside', () => {
    const found = articles(catalogue.search('BP-4500'));
    expect(found.slice(0, 4)).toEqual(['BP-4500/1', 'BP-4500/2', 'BP-4500/3', 'BP-4500/4']);
    expect(articles(catalogue.search('12345'))).toEqual(['12345', 'К.123.45']);
  });

  it('answers the exact article first', () => {
    expect(articles(catalogue.search('gx539w'))[0]).toBe('GX 53 9W');
  });

  it('finds a word beside the beginning of an article', () => {
    expect(articles(catalogue.search('светильник PL-220')).sort()).toEqual(['PL-220-B', 'PL-220-S', 'PL-220-W']);
  });

  it('answers the thing itself where one of the words is unknown', () => {
    const found = catalogue.search('изолента гранатовая');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ name }) => name.startsWith('Изолента'))).toBe(true);
  });

  it('answers the nearest articles where nothing fits', () => {
    const found = articles(catalogue.search('SKU-90971'));
    expect(found[0]).toBe('SKU-90871');
    expect(articles(catalogue.nearest('6205-2RZ', 1))).toEqual(['6205-2RS']);
    expect(catalogue.nearest('ничего похожего')).toEqual([]);
  });

  it('has the articles that the documentation names', () => {
    const named =
      'BP-4500/2|BP-4500/3|АРТ-100|АРТ-101|АРТ-204|АРТ-205|12345|12346|PL-220-W|К.123.45|6205-2RS|GX 53 9W|GX 53 11W|' +
      '02.003.0045|00-00001234|3M-9322+|SKU-90871|HB-3310|НТ-100-S|НТ-100-M|НТ-100-L';
    for (const article of named.split('|')) expect(articles(catalogue.find(article))).toEqual([article]);
  });

  it('has one pair of articles that coincide without being the same', () => {
    const spellings = new Map<string, Set<string>>();
    for (const { article } of catalogue.items) {
      const key = articleKey(article);
      spellings.set(key, (spellings.get(key) ?? new Set()).add(article));
    }
    expect([...spellings.values()].filter(({ size }) => size > 1)).toEqual([new Set(['ТК-10/2', 'TK-102'])]);
  });
});
