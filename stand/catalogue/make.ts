/**
 * Makes the sample catalogue, the pair of exchange files that the stand serves when it is given none:
 *
 *     npx tsx stand/catalogue/make.ts
 *
 * The same goods and the same seed make the same bytes, so that a change of `goods.ts` shows as a small difference.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type SeededRandom, seededRandom } from '../accounting/seeded-random';
import { DEPARTMENTS, type SampleProduct } from './goods';

const SEED = 'sample catalogue';
const MADE_AT = '2026-11-02T08:00:00';
const CATALOGUE_ID = guid('catalogue');

const WAREHOUSES = ['Основной склад (Подольск)', 'Склад Екатеринбург', 'Склад Новосибирск'];

/** Name and share of the catalogue's price. */
const PRICE_TYPES: readonly [name: string, share: number][] = [
  ['Закупочная', 1],
  ['Оптовая', 1.18],
];

/** Names and OKEI codes of the units (ОК 015-94). */
const UNITS: Readonly<Record<string, readonly [code: string, name: string]>> = {
  шт: ['796', 'Штука'],
  пар: ['715', 'Пара (2 шт.)'],
  м: ['006', 'Метр'],
  'м²': ['055', 'Квадратный метр'],
  уп: ['778', 'Упаковка'],
  кг: ['166', 'Килограмм'],
  л: ['112', 'Литр'],
  рул: ['736', 'Рулон'],
  компл: ['839', 'Комплект'],
};

interface SampleOffer {
  product: SampleProduct;
  id: string;
  size?: string;
  quantities: readonly number[];
}

/** @returns the text of the two exchange files */
export function makeSample(): { importXml: string; offersXml: string } {
  const random = seededRandom(SEED);
  const products = DEPARTMENTS.flatMap(({ groups }) =>
    groups.flatMap((group) => group.products.map((product) => ({ product, group: group.name }))),
  );
  const offers = products.flatMap(({ product }) => offersOf(product, random));
  return {
    importXml: xml([classifier(), ...catalogueOf(products)]),
    offersXml: xml(packageOf(offers)),
  };
}

function offersOf(product: SampleProduct, random: SeededRandom): SampleOffer[] {
  const id = productId(product);
  return (product.sizes ?? [undefined]).map((size) => ({
    product,
    id: size === undefined ? id : `${id}#${guid(`${id} ${size}`)}`,
    size,
    quantities: quantitiesOf(product, random),
  }));
}

/** Dear goods are few; every twelfth item has run out; by metre and by weight there are broken quantities. */
function quantitiesOf({ price, unit }: SampleProduct, random: SeededRandom): number[] {
  if (random.integer(1, 12) === 1) return WAREHOUSES.map(() => 0);
  const most = price > 3000 ? 12 : price > 500 ? 90 : price > 100 ? 400 : 2500;
  return WAREHOUSES.map((_, index) => {
    if (index > 0 && random.integer(1, 3) === 1) return 0;
    const whole = random.integer(1, index === 0 ? most : Math.ceil(most / 3));
    return ['м', 'кг', 'л', 'м²'].includes(unit) ? whole + random.integer(0, 1) / 2 : whole;
  });
}

function classifier(): string {
  const groups = DEPARTMENTS.map((department) =>
    element('Группа', [
      element('Ид', guid(department.name)),
      element('Наименование', department.name),
      element(
        'Группы',
        department.groups.map(({ name }) =>
          element('Группа', [element('Ид', guid(name)), element('Наименование', name)]),
        ),
      ),
    ]),
  );
  return element('Классификатор', [
    element('Ид', CATALOGUE_ID),
    element('Наименование', 'Классификатор (Каталог товаров)'),
    element('Группы', groups),
  ]);
}

function catalogueOf(products: readonly { product: SampleProduct; group: string }[]): string[] {
  return [
    element(
      'Каталог',
      [
        element('Ид', CATALOGUE_ID),
        element('ИдКлассификатора', CATALOGUE_ID),
        element('Наименование', 'Каталог товаров'),
        element(
          'Товары',
          products.map(({ product, group }, index) =>
            element('Товар', [
              element('Ид', productId(product)),
              element('Штрихкод', ean13(`460${String(700_000 + index).padStart(9, '0')}`)),
              product.article === undefined ? '<Артикул/>' : element('Артикул', product.article),
              element('Наименование', product.name),
              baseUnit(product.unit),
              element('Группы', [element('Ид', guid(group))]),
              element('ЗначенияРеквизитов', [
                requisite('ВидНоменклатуры', 'Товар'),
                requisite('Полное наименование', product.name),
                ...(product.code === undefined ? [] : [requisite('Код', product.code)]),
              ]),
            ]),
          ),
        ),
      ],
      'СодержитТолькоИзменения="false"',
    ),
  ];
}

function packageOf(offers: readonly SampleOffer[]): string[] {
  return [
    element(
      'ПакетПредложений',
      [
        element('Ид', `${CATALOGUE_ID}#`),
        element('Наименование', 'Пакет предложений (Каталог товаров)'),
        element('ИдКаталога', CATALOGUE_ID),
        element('ИдКлассификатора', CATALOGUE_ID),
        element(
          'ТипыЦен',
          PRICE_TYPES.map(([name]) =>
            element('ТипЦены', [
              element('Ид', guid(name)),
              element('Наименование', name),
              element('Валюта', 'RUB'),
              element('Налог', [element('Наименование', 'НДС'), element('УчтеноВСумме', 'true')]),
            ]),
          ),
        ),
        element(
          'Склады',
          WAREHOUSES.map((name) => element('Склад', [element('Ид', guid(name)), element('Наименование', name)])),
        ),
        element('Предложения', offers.map(offer)),
      ],
      'СодержитТолькоИзменения="false"',
    ),
  ];
}

function offer({ product, id, size, quantities }: SampleOffer): string {
  return element('Предложение', [
    element('Ид', id),
    ...(product.article === undefined ? [] : [element('Артикул', product.article)]),
    element('Наименование', size === undefined ? product.name : `${product.name} (${size})`),
    baseUnit(product.unit),
    ...(size === undefined ? [] : [characteristic('Размер', size)]),
    element(
      'Цены',
      PRICE_TYPES.map(([type, share]) =>
        element('Цена', [
          element('ИдТипаЦены', guid(type)),
          element('ЦенаЗаЕдиницу', String(Math.round(product.price * share * 100) / 100)),
          element('Валюта', 'RUB'),
          element('Единица', product.unit),
          element('Коэффициент', '1'),
        ]),
      ),
    ),
    element('Количество', String(quantities.reduce((sum, quantity) => sum + quantity, 0))),
    ...WAREHOUSES.map(
      (name, index) => `<Склад ИдСклада="${guid(name)}" КоличествоНаСкладе="${quantities[index] ?? 0}"/>`,
    ),
  ]);
}

function productId(product: SampleProduct): string {
  return guid(`product ${product.article ?? product.code ?? product.name}`);
}

function characteristic(name: string, value: string): string {
  return element('ХарактеристикиТовара', [
    element('ХарактеристикаТовара', [element('Наименование', name), element('Значение', value)]),
  ]);
}

function requisite(name: string, value: string): string {
  return element('ЗначениеРеквизита', [element('Наименование', name), element('Значение', value)]);
}

function baseUnit(unit: string): string {
  const [code, name] = UNITS[unit] ?? [];
  if (code === undefined || name === undefined) throw new Error(`The unit "${unit}" has no OKEI code in UNITS`);
  return element('БазоваяЕдиница', unit, `Код="${code}" НаименованиеПолное="${name}"`);
}

/** The check digit brings the sum, every second digit taken three times, to a multiple of ten (GS1). */
export function ean13(twelveDigits: string): string {
  const sum = [...twelveDigits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return twelveDigits + String((10 - (sum % 10)) % 10);
}

/** An identifier that stays the same as long as the name does, in the shape of a version 4 UUID. */
function guid(name: string): string {
  const hex = createHash('sha256').update(`${SEED} ${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function element(name: string, content: string | readonly string[], attributes = ''): string {
  const opening = attributes === '' ? name : `${name} ${attributes}`;
  if (typeof content === 'string') return `<${opening}>${escaped(content)}</${name}>`;
  const lines = content.flatMap((part) => part.split('\n')).map((line) => `\t${line}`);
  return [`<${opening}>`, ...lines, `</${name}>`].join('\n');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function xml(content: readonly string[]): string {
  const root = element(
    'КоммерческаяИнформация',
    content,
    `xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07" ДатаФормирования="${MADE_AT}"`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

if (require.main === module) {
  const { importXml, offersXml } = makeSample();
  writeFileSync(path.join(__dirname, 'import.xml'), importXml);
  writeFileSync(path.join(__dirname, 'offers.xml'), offersXml);
  console.log(`Wrote import.xml and offers.xml to ${path.relative(process.cwd(), __dirname)}`);
}
