import { Catalogue, type CatalogueItem } from '../accounting/catalogue';
import { loadSampleCatalogue } from '../accounting/load-catalogue';
import { exampleQuestions } from './example-questions';

const item = (article: string, more: Partial<CatalogueItem> = {}): CatalogueItem => ({
  id: article,
  article,
  name: article,
  unit: 'шт',
  prices: [],
  quantity: 0,
  warehouses: [],
  discontinued: false,
  ...more,
});

describe(exampleQuestions.name, () => {
  it('asks about articles that the sample catalogue has', async () => {
    expect(exampleQuestions(await loadSampleCatalogue(), '123')).toEqual([
      'есть BP-4500/2?',
      'скока щас 12345 и почём',
      'что с заказом 123',
      'когда деньги',
    ]);
  });

  it('prefers what is in stock and has a price in a catalogue of one’s own', () => {
    const prices = [{ priceType: 'Закупочная', value: 10, currency: 'RUB' }];
    const catalogue = new Catalogue([
      item('A-1'),
      item('OLD-1', { quantity: 9, prices, discontinued: true }),
      item('B-2', { quantity: 5, prices }),
      item('C-3', { quantity: 5 }),
    ]);
    expect(exampleQuestions(catalogue, undefined)).toEqual(['есть B-2?', 'скока щас C-3 и почём', 'когда деньги']);
  });

  it('finds something to ask where there are no articles', () => {
    expect(exampleQuestions(new Catalogue([]), undefined)).toEqual(['когда деньги']);
  });
});
