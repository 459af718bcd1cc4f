import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CatalogueItem } from './catalogue-item';
import { loadCatalogue, loadSampleCatalogue } from './load-catalogue';

const folder = mkdtempSync(path.join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(content: string): string {
  const file = path.join(folder, `${++files}.xml`);
  writeFileSync(file, `<КоммерческаяИнформация ВерсияСхемы="2.07">${content}</КоммерческаяИнформация>`);
  return file;
}

const catalogueOf = (products: string) => write(`<Каталог><Товары>${products}</Товары></Каталог>`);
const packageOf = (offers: string, before = '') =>
  write(`<ПакетПредложений>${before}<Предложения>${offers}</Предложения></ПакетПредложений>`);
const price = (value: string, type = 't', currency = 'RUB') =>
  `<Цена><ИдТипаЦены>${type}</ИдТипаЦены><ЦенаЗаЕдиницу>${value}</ЦенаЗаЕдиницу><Валюта>${currency}</Валюта></Цена>`;

async function load(importFiles: string[], offersFiles: string[] = []) {
  const { catalogue, report } = await loadCatalogue({ importFiles, offersFiles });
  return { catalogue, report, items: catalogue.items };
}

const summary = ({ article, name, quantity, prices }: CatalogueItem) => [article, name, quantity, prices[0]?.value];

it('puts products, prices, rests, warehouses and groups together', async () => {
  const products =
    write(`<Классификатор><Группы><Группа><Ид>g</Ид><Наименование>Лампы</Наименование></Группа></Группы></Классификатор>
    <Каталог><Товары><Товар><Ид>1</Ид><Артикул>A-1</Артикул><Наименование>Лампа</Наименование><Группы><Ид>g</Ид></Группы></Товар></Товары></Каталог>`);
  const offers = packageOf(
    `<Предложение><Ид>1</Ид><Цены>${price('10.5', 't', 'руб')}</Цены><Количество>7</Количество>
     <Склад ИдСклада="w" КоличествоНаСкладе="7"/><Склад ИдСклада="v" КоличествоНаСкладе="0"/></Предложение>`,
    `<ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Закупочная</Наименование><Налог><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены></ТипыЦен>
     <Склады><Склад><Ид>w</Ид><Наименование>Основной</Наименование></Склад></Склады>`,
  );
  const { items, report } = await load([products], [offers]);
  expect(items).toEqual([
    {
      id: '1',
      article: 'A-1',
      name: 'Лампа',
      unit: 'шт',
      barcode: undefined,
      category: 'Лампы',
      prices: [{ priceType: 'Закупочная', value: 10.5, currency: 'RUB', unit: undefined, vatIncluded: true }],
      quantity: 7,
      warehouses: [{ name: 'Основной', quantity: 7 }],
      discontinued: false,
    },
  ]);
  expect(report).toMatchObject({
    groups: 1,
    products: 1,
    offers: 1,
    items: 1,
    prices: 1,
    priceTypes: 1,
    warehouses: 1,
  });
});

it('makes an item of each variant, with the article of its product', async () => {
  const { items } = await load(
    [catalogueOf('<Товар><Ид>p</Ид><Артикул>Б- 130005</Артикул><Наименование>Ботинки</Наименование></Товар>')],
    [
      packageOf(`<Предложение><Ид>p#1</Ид><Наименование>Ботинки (37)</Наименование><Количество>1</Количество></Предложение>
        <Предложение><Ид>p#2</Ид><Артикул>Б-38</Артикул><Наименование>Ботинки</Наименование>
          <ХарактеристикиТовара><ХарактеристикаТовара><Значение>38</Значение></ХарактеристикаТовара></ХарактеристикиТовара><Количество>2</Количество></Предложение>`),
    ],
  );
  expect(items.map(summary)).toEqual([
    ['Б- 130005', 'Ботинки (37)', 1, undefined],
    ['Б-38', 'Ботинки (38)', 2, undefined],
  ]);
});

it('adds prices and rests that come in files of their own, the later one winning', async () => {
  const { items } = await load(
    [catalogueOf('<Товар><Ид>1</Ид><Артикул>A</Артикул></Товар>')],
    [
      packageOf(`<Предложение><Ид>1</Ид><Цены>${price('10')}</Цены></Предложение>`),
      packageOf('<Предложение><Ид>1</Ид><Количество>5</Количество></Предложение>'),
      packageOf(`<Предложение><Ид>1</Ид><Цены>${price('12')}${price('20', 'other')}</Цены></Предложение>`),
    ],
  );
  expect(items[0]).toMatchObject({ quantity: 5, prices: [{ value: 12 }, { value: 20 }] });
});

it('gives a product without an article its code, else its barcode, else its Ид', async () => {
  const code =
    '<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Код</Наименование><Значение>00-77</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>';
  const { catalogue, report } = await load([
    catalogueOf(`<Товар><Ид>1</Ид><Артикул/><Наименование>С кодом</Наименование>${code}</Товар>
      <Товар><Ид>2</Ид><Штрихкод>4601234567893</Штрихкод><Наименование>Со штрихкодом</Наименование></Товар>
      <Товар><Ид>guid</Ид><Наименование>Доставка</Наименование></Товар><Товар><Ид>4</Ид><Артикул>A-4</Артикул></Товар>`),
  ]);
  expect(catalogue.items.map(({ article, name }) => [article, name])).toEqual([
    ['00-77', 'С кодом'],
    ['4601234567893', 'Со штрихкодом'],
    ['guid', 'Доставка'],
    ['A-4', 'A-4'],
  ]);
  expect(report.notes).toContain('items without article, code and barcode (their Ид stands for it): 1');
});

it('makes items of offers whose product is not in the files', async () => {
  const { items, report } = await load(
    [],
    [packageOf('<Предложение><Ид>9</Ид><Артикул>X-9</Артикул><Наименование>Без товара</Наименование></Предложение>')],
  );
  expect(items.map(summary)).toEqual([['X-9', 'Без товара', 0, undefined]]);
  expect(report.notes).toContain('offers of no known product (each is an item of its own): 1');
});

it('keeps products that are marked as deleted apart, and leaves deleted offers out', async () => {
  const { items, report } = await load(
    [
      catalogueOf(
        '<Товар Статус="Удален"><Ид>1</Ид><Артикул>A</Артикул></Товар><Товар><Ид>2</Ид><Артикул>B</Артикул></Товар>',
      ),
    ],
    [
      packageOf(
        '<Предложение><Ид>2</Ид><ПометкаУдаления>true</ПометкаУдаления><Количество>5</Количество></Предложение>',
      ),
    ],
  );
  expect(items).toMatchObject([
    { article: 'A', discontinued: true },
    { article: 'B', discontinued: false, quantity: 0 },
  ]);
  expect(report.skipped).toEqual([{ reason: 'offers marked as deleted', count: 1, examples: ['2'] }]);
});

it('says which file is no catalogue, and why', async () => {
  const orders = write('<Документ><Ид>1</Ид></Документ>');
  await expect(load([orders])).rejects.toThrow(
    /this is a file of orders \(1 <Документ>\), not of products\. Name an import/,
  );
  await expect(load([write('')])).rejects.toThrow(/no products and no offers in it/);
});

it('reports what could not be used, with its place', async () => {
  const file = catalogueOf('<Товар><Артикул>A</Артикул></Товар>');
  const { report } = await load([file]);
  expect(report.skipped).toEqual([{ reason: 'Товар without Ид', count: 1, examples: [`${file}, line 1`] }]);
});

it.each([
  ['руб.', 'RUB'],
  ['643', 'RUB'],
  ['usd', 'USD'],
  ['юань', 'CNY'],
  ['тугрики', 'RUB'],
])('reads the currency %s as %s', async (written, code) => {
  const { items } = await load(
    [],
    [packageOf(`<Предложение><Ид>1</Ид><Цены>${price('1', 't', written)}</Цены></Предложение>`)],
  );
  expect(items[0]?.prices[0]?.currency).toBe(code);
});

it('loads the sample once, and quickly', async () => {
  const catalogue = await loadSampleCatalogue();
  expect(await loadSampleCatalogue()).toBe(catalogue);
  expect(catalogue.items.length).toBeGreaterThan(300);
});

const REAL = path.resolve(__dirname, '..', '..', '..', 'shared', 'data', 'commerceml');
const onRealFiles = existsSync(REAL) ? describe : describe.skip;

onRealFiles('files exported from real 1C (skipped where ../shared/data/commerceml is absent)', () => {
  const file = (...parts: string[]) => path.join(REAL, ...parts);
  const carpets = file('dobromyslov+commerceml-parser', 'data');
  const lamps = file('bogutski+1C-CommerceML-to-JSON', 'in_xml');
  const shoes = file('carono+php-commerceml', 'tests', 'xml');

  it.each([
    ['36 carpets', [`${carpets}/import0_1.xml`], [`${carpets}/offers0_1.xml`], 36, 44, 'PM-421-WP'],
    ['283 carpets', [`${carpets}/import0_1_with_nested_groups.xml`], [], 283, 283, 'IF-050-PBS-B'],
    ['540 lamps', [`${lamps}/import.xml`], [`${lamps}/offers.xml`], 540, 540, 'B/2LF32T8UNV/G X 10'],
    ['2 pairs of shoes', [`${shoes}/import.xml`], [`${shoes}/offers.xml`], 2, 5, 'Б- 130005'],
    ['2 pairs of shoes without groups', [`${shoes}/import_wo_classifier.xml`], [], 2, 2, 'Б-130001'],
  ])('loads all of %s', async (_, importFiles, offersFiles, products, items, article) => {
    const { catalogue, report } = await load(importFiles, offersFiles);
    expect(report).toMatchObject({ products, items, skipped: [] });
    expect(
      catalogue.items.filter((item) => !catalogue.find(item.article).some((found) => found.article === item.article)),
    ).toEqual([]);
    expect(catalogue.find(article.toLowerCase().replace(/[\s/-]/g, ''))[0]?.article).toBe(article);
  });

  it('refuses the file of orders with a clear word', async () => {
    await expect(load([`${shoes}/orders.xml`])).rejects.toThrow(/this is a file of orders/);
  });

  it('takes prices and rests as they stand in the file', async () => {
    const { catalogue } = await load([`${carpets}/import0_1.xml`], [`${carpets}/offers0_1.xml`]);
    expect(catalogue.find('PM-421-WP')).toMatchObject([
      {
        unit: 'шт',
        category: 'Коврики для дома',
        quantity: 377,
        prices: [{ value: 100, currency: 'RUB', priceType: 'BASE', vatIncluded: true }],
        warehouses: [
          { name: 'Владивосток', quantity: 1 },
          { name: 'Москва', quantity: 376 },
        ],
      },
    ]);
  });
});
