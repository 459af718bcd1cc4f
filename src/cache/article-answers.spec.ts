import { byArticleKey, entriesOf, knownOf } from './article-answers';

const item = (article: string, barcode?: string) => ({ article, name: article, ...(barcode ? { barcode } : {}) });
const keysOf = (...articles: string[]) => [...byArticleKey(articles).wanted.keys()];

describe(byArticleKey.name, () => {
  it('joins spellings of one article in the order asked', () => {
    const { wanted } = byArticleKey(['BP-4500/2', 'LED 7', 'вр4500.2', 'led-7']);
    expect([...wanted.values()]).toEqual(['BP-4500/2', 'LED 7']);
  });

  it('sets apart what has nothing to compare', () => {
    expect(byArticleKey(['--', 'A', '. /', '--'])).toEqual({ wanted: new Map([['A', 'A']]), void: ['--', '. /'] });
  });
});

describe(entriesOf.name, () => {
  it('finds the items of an article by its key, in any spelling and order', () => {
    const body = { items: [item('LED-7'), item('BP-4500/2')], notFound: ['x1'], asOf: '2026-11-24' };
    const entries = entriesOf(keysOf('вр 4500 2', 'led7', 'x1'), body, 5);
    expect([...entries.values()]).toEqual([
      { items: [item('BP-4500/2')], asOf: '2026-11-24', receivedAt: 5 },
      { items: [item('LED-7')], asOf: '2026-11-24', receivedAt: 5 },
      { items: [], asOf: '2026-11-24', receivedAt: 5 },
    ]);
  });

  it('keeps all items that coincide', () => {
    const [entry] = entriesOf(keysOf('ab1'), { items: [item('AB-1'), item('A-B1')] }, 5).values();
    expect(entry?.items).toEqual([item('AB-1'), item('A-B1')]);
  });

  it('finds a product by its barcode', () => {
    const entries = entriesOf(keysOf('4600000000017', 'B'), { items: [item('A', '4600000000017'), item('B')] }, 5);
    expect(Array.from(entries.values(), ({ items }) => items)).toEqual([[item('A', '4600000000017')], [item('B')]]);
  });

  it('takes an item under another name for the one article without an answer', () => {
    const entries = entriesOf(keysOf('OLD-1', 'B', 'C'), { items: [item('NEW-1'), item('B')], notFound: ['C'] }, 5);
    expect(Array.from(entries.values(), ({ items }) => items)).toEqual([[item('NEW-1')], [item('B')], []]);
  });

  it('leaves out an item that nobody asked for where it could be anybody’s', () => {
    const entries = entriesOf(keysOf('A', 'B'), { items: [item('X')] }, 5);
    expect(Array.from(entries.values(), ({ items }) => items)).toEqual([[], []]);
    const denied = entriesOf(keysOf('A'), { items: [item('X')], notFound: ['a'] }, 5);
    expect(Array.from(denied.values(), ({ items }) => items)).toEqual([[]]);
  });
});

describe(knownOf.name, () => {
  const known = (
    asked: string[],
    parts: [string, { items: ReturnType<typeof item>[]; asOf?: string; receivedAt: number }][],
    unanswered: string[] = [],
  ) => {
    const stale = unanswered.length > 0;
    return knownOf(byArticleKey(asked), { values: new Map(parts), stale, unanswered }, 1000);
  };

  it('answers in the order of the question and names what is missing as it was written', () => {
    const parts: Parameters<typeof known>[1] = [
      ['A', { items: [item('A')], receivedAt: 30 }],
      ['X1', { items: [], receivedAt: 20 }],
      ['B', { items: [item('B')], receivedAt: 40 }],
    ];
    expect(known(['b', 'x-1', 'a', '--'], parts)).toMatchObject({
      items: [item('B'), item('A')],
      notFound: ['x-1', '--'],
      receivedAt: 20,
    });
  });

  it('tells the age of the oldest part', () => {
    const parts: Parameters<typeof known>[1] = [
      ['A', { items: [item('A')], receivedAt: 30, asOf: '2026-11-24T10:00:00+03:00' }],
      ['B', { items: [item('B')], receivedAt: 40, asOf: '2026-11-24T08:00:00Z' }],
      ['C', { items: [item('C')], receivedAt: 50 }],
    ];
    expect(known(['A', 'B', 'C'], parts)).toMatchObject({ asOf: '2026-11-24T10:00:00+03:00', receivedAt: 30 });
  });

  it('lets exact spelling win where items coincide, and answers all of them otherwise', () => {
    const parts: Parameters<typeof known>[1] = [['AB1', { items: [item('AB-1'), item('A-B1')], receivedAt: 30 }]];
    expect(known(['A-B1'], parts).items).toEqual([item('A-B1')]);
    expect(known(['ab1'], parts).items).toEqual([item('AB-1'), item('A-B1')]);
  });

  it('of nothing asked knows nothing', () => {
    expect(known([], [])).toEqual({ items: [], notFound: [], stale: false, unanswered: [], receivedAt: 1000 });
  });

  it('tells what 1C could not be asked for from what it does not know', () => {
    const parts: Parameters<typeof known>[1] = [
      ['A', { items: [item('A')], receivedAt: 30 }],
      ['B', { items: [], receivedAt: 40 }],
    ];
    expect(known(['a', 'b', 'c-1'], parts, ['C1'])).toMatchObject({
      items: [item('A')],
      notFound: ['b'],
      stale: true,
      unanswered: ['c-1'],
    });
  });
});
