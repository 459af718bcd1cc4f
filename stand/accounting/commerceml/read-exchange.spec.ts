import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommerceMLError } from './commerceml-error';
import { type ExchangeRecord } from './exchange-records';
import { readExchange } from './read-exchange';

const folder = mkdtempSync(path.join(tmpdir(), 'exchange-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: string | Buffer, name = 'import.xml'): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function read(file: string): Promise<ExchangeRecord[]> {
  const records: ExchangeRecord[] = [];
  for await (const record of readExchange(file)) records.push(record);
  return records;
}

async function failure(content: string | Buffer): Promise<CommerceMLError> {
  const error: unknown = await read(write(content)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CommerceMLError);
  return error as CommerceMLError;
}

function exchange(content: string, declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'): string {
  return `${declaration}<КоммерческаяИнформация ВерсияСхемы="2.08" ДатаФормирования="2026-11-24T10:00:00">
${content}
</КоммерческаяИнформация>`;
}

const products = (...list: string[]) => exchange(`<Каталог><Товары>${list.join('\n')}</Товары></Каталог>`);
const offers = (...list: string[]) =>
  exchange(`<ПакетПредложений><Предложения>${list.join('\n')}</Предложения></ПакетПредложений>`);

/** Windows-1251, as far as the tests need it. */
function windows1251(text: string): Buffer {
  return Buffer.from(
    [...text].map((character) => {
      const code = character.charCodeAt(0);
      if (character === 'ё') return 0xb8;
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
    }),
  );
}

const ENCODED =
  '<Каталог><Товары><Товар><Ид>1</Ид><Наименование>Щётка ёлочная</Наименование></Товар></Товары></Каталог>';
const declared = (encoding: string) => exchange(ENCODED, `<?xml version="1.0" encoding="${encoding}"?>\n`);
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('encodings', () => {
  it.each<[string, string, Buffer]>([
    ['UTF-8', 'utf-8', Buffer.from(declared('UTF-8'))],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${declared('UTF-8')}`)],
    ['UTF-8 without a declaration', 'utf-8', Buffer.from(exchange(ENCODED, ''))],
    ['a mark against a wrong declaration', 'utf-8', Buffer.from(`\ufeff${declared('windows-1251')}`)],
    ['UTF-8 that says it is UTF-16', 'utf-8', Buffer.from(declared('utf-16'))],
    ['windows-1251', 'windows-1251', windows1251(declared('windows-1251'))],
    ['UTF-16 LE by its mark', 'utf-16le', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le')],
    ['UTF-16 BE by its mark', 'utf-16be', utf16be(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16 LE without a mark', 'utf-16le', Buffer.from(declared('UTF-16LE'), 'utf16le')],
    ['UTF-16 BE without a mark', 'utf-16be', utf16be(declared('UTF-16BE'))],
  ])('reads %s', async (_, encoding, bytes) => {
    const [header, product] = await read(write(bytes));
    expect(header).toMatchObject({ kind: 'header', encoding, schemaVersion: '2.08' });
    expect(product).toMatchObject({ kind: 'product', id: '1', name: 'Щётка ёлочная' });
  });

  it('puts characters together that lie across two pieces of the file', async () => {
    const name = 'Щ'.repeat(600_000);
    const records = await read(write(products(`<Товар><Ид>1</Ид><Наименование>${name}</Наименование></Товар>`)));
    expect(records[1]).toMatchObject({ name });
  });

  it('names an encoding that nobody knows', async () => {
    const error = await failure(declared('koi-7'));
    expect(error.message).toMatch(/import\.xml, line 1: .*"koi-7".*Save the file as UTF-8/);
  });

  it('says so where the bytes are of another encoding than the file says', async () => {
    const error = await failure(windows1251(declared('UTF-8')));
    expect(error.message).toMatch(/bytes that are not utf-8.*correct its XML declaration/);
  });
});

describe('products', () => {
  it('takes what a product has, and leaves descriptions, pictures and properties', async () => {
    const [, product] = await read(
      write(
        products(`<Товар>
          <Ид>p1</Ид><Штрихкод>4601234567893</Штрихкод><Артикул> B/2LF32T8UNV/G X 10 </Артикул>
          <Наименование>Лампа &quot;36&quot; &amp; <![CDATA[<ещё>]]></Наименование>
          <БазоваяЕдиница Код="796 " НаименованиеПолное="Штука" МеждународноеСокращение="PCE"><Пересчет><Единица>796</Единица></Пересчет></БазоваяЕдиница>
          <Группы><Ид>g1</Ид></Группы><Категория>c1</Категория><Описание>длинно</Описание><Картинка>1.jpg</Картинка>
          <ЗначенияСвойств><ЗначенияСвойства><Ид>x</Ид><Значение>y</Значение></ЗначенияСвойства></ЗначенияСвойств>
          <ЗначенияРеквизитов>
            <ЗначениеРеквизита><Наименование>Код</Наименование><Значение>00-00000007</Значение></ЗначениеРеквизита>
            <ЗначениеРеквизита><Наименование>ВидНоменклатуры</Наименование><Значение>Лампы</Значение></ЗначениеРеквизита>
          </ЗначенияРеквизитов>
        </Товар>`),
      ),
    );
    expect(product).toEqual({
      kind: 'product',
      id: 'p1',
      article: 'B/2LF32T8UNV/G X 10',
      code: '00-00000007',
      barcode: '4601234567893',
      name: 'Лампа "36" & <ещё>',
      unit: 'шт',
      groups: ['g1', 'c1'],
      itemKind: 'Лампы',
      deleted: false,
    });
  });

  it.each([
    ['<БазоваяЕдиница Код="796">шт.</БазоваяЕдиница>', 'шт'],
    ['<БазоваяЕдиница>166</БазоваяЕдиница>', 'кг'],
    ['<БазоваяЕдиница Код="6" НаименованиеПолное="Метр"/>', 'м'],
    ['<БазоваяЕдиница Код="9999" НаименованиеПолное="Бухта"/>', 'Бухта'],
    ['<БазоваяЕдиница/>', undefined],
  ])('reads the unit %s', async (unit, expected) => {
    const [, product] = await read(write(products(`<Товар><Ид>1</Ид>${unit}</Товар>`)));
    expect(product).toMatchObject({ unit: expected });
  });

  it.each([
    ['<Товар Статус="Удален"><Ид>1</Ид></Товар>'],
    ['<Товар><Ид>1</Ид><Статус>Удалён</Статус></Товар>'],
    ['<Товар><Ид>1</Ид><ПометкаУдаления>true</ПометкаУдаления></Товар>'],
  ])('sees the mark of deletion in %s', async (product) => {
    expect((await read(write(products(product))))[1]).toMatchObject({ deleted: true });
  });

  it('reports a product without Ид with its line instead of failing', async () => {
    const records = await read(write(products('<Товар><Артикул>A-1</Артикул></Товар>', '<Товар><Ид>2</Ид></Товар>')));
    expect(records.slice(1)).toMatchObject([
      { kind: 'unusable', element: 'Товар', reason: 'without Ид', line: 3 },
      { kind: 'product', id: '2' },
    ]);
  });

  it('flattens nested groups', async () => {
    const file = write(
      exchange(`<Классификатор><Группы><Группа><Ид>1</Ид><Наименование>Свет</Наименование>
        <Группы><Группа><Ид>2</Ид><Наименование>Лампы</Наименование></Группа></Группы></Группа></Группы></Классификатор>`),
    );
    expect((await read(file)).slice(1)).toEqual([
      { kind: 'group', id: '1', name: 'Свет', parent: undefined },
      { kind: 'group', id: '2', name: 'Лампы', parent: '1' },
    ]);
  });

  it('reads elements with a namespace prefix', async () => {
    const file = write(
      '<c:КоммерческаяИнформация xmlns:c="urn:1C.ru:commerceml_2"><c:Каталог><c:Товары><c:Товар><c:Ид>1</c:Ид></c:Товар></c:Товары></c:Каталог></c:КоммерческаяИнформация>',
    );
    expect((await read(file))[1]).toMatchObject({ kind: 'product', id: '1' });
  });
});

describe('offers', () => {
  it('takes prices, quantities and characteristics', async () => {
    const [, offer] = await read(
      write(
        offers(`<Предложение><Ид>p1#c1</Ид><Артикул>Б- 130005</Артикул><Наименование>Ботинки (38)</Наименование>
          <ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>38</Значение></ХарактеристикаТовара></ХарактеристикиТовара>
          <Цены><Цена><ИдТипаЦены>t1</ИдТипаЦены><ЦенаЗаЕдиницу>1\u00a0719,50</ЦенаЗаЕдиницу><Валюта>руб</Валюта><Единица>уп</Единица><Коэффициент>12</Коэффициент></Цена>
          <Цена><ИдТипаЦены>t2</ИдТипаЦены><ЦенаЗаЕдиницу>0</ЦенаЗаЕдиницу></Цена></Цены>
          <Количество>20</Количество><Склад ИдСклада="w1" КоличествоНаСкладе="15.5"/><Склад ИдСклада="w2" КоличествоНаСкладе="4,5"/></Предложение>`),
      ),
    );
    expect(offer).toMatchObject({
      kind: 'offer',
      id: 'p1#c1',
      article: 'Б- 130005',
      characteristics: ['38'],
      prices: [{ typeId: 't1', value: 1719.5, currency: 'руб', unit: 'уп', factor: 12 }],
      quantity: 20,
      warehouses: [
        { warehouseId: 'w1', quantity: 15.5 },
        { warehouseId: 'w2', quantity: 4.5 },
      ],
    });
  });

  it.each([
    [
      'of each warehouse',
      '<Остатки><Остаток><Склад><Ид>w1</Ид><Количество>3</Количество></Склад></Остаток><Остаток><Склад><Ид>w2</Ид><Количество>4</Количество></Склад></Остаток></Остатки>',
      7,
      2,
    ],
    ['in all', '<Остатки><Остаток><Количество>9</Количество></Остаток></Остатки>', 9, 0],
    [
      'in the oldest form',
      '<КоличествоНаСкладах><КоличествоНаСкладе><ИдСклада>w1</ИдСклада><Количество>5</Количество></КоличествоНаСкладе></КоличествоНаСкладах>',
      5,
      1,
    ],
    ['that are not told', '', undefined, 0],
  ])('reads rests %s', async (_, rests, quantity, warehouses) => {
    const [, offer] = await read(write(offers(`<Предложение><Ид>1</Ид>${rests}</Предложение>`)));
    expect(offer).toMatchObject({ quantity });
    expect((offer as { warehouses: unknown[] }).warehouses).toHaveLength(warehouses);
  });

  it('reads price types with their currency and whether they include VAT', async () => {
    const file = write(
      exchange(`<ПакетПредложений><ТипыЦен>
        <ТипЦены><Ид>1</Ид><Наименование>Оптовая</Наименование><Валюта>руб.</Валюта><Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены>
        <ТипЦены><Ид>2</Ид><Наименование>Экспорт</Наименование><Валюта>USD</Валюта><Налог><Наименование>НДС</Наименование><УчтеноВСумме>false</УчтеноВСумме></Налог></ТипЦены>
        <ТипЦены><Ид>3</Ид></ТипЦены></ТипыЦен></ПакетПредложений>`),
    );
    expect((await read(file)).slice(1)).toMatchObject([
      { kind: 'priceType', name: 'Оптовая', currency: 'руб.', vatIncluded: true },
      { kind: 'priceType', name: 'Экспорт', currency: 'USD', vatIncluded: false },
      { kind: 'priceType', name: '3', currency: undefined, vatIncluded: undefined },
    ]);
  });
});

describe('files that cannot be taken', () => {
  it('names the file and the line of malformed XML', async () => {
    const error = await failure(products('<Товар><Ид>1</Ид>', '<Наименование>Лампа</Название></Товар>'));
    expect(error).toMatchObject({ line: 4, file: path.join(folder, 'import.xml') });
    expect(error.message).toMatch(/import\.xml, line 4: malformed XML: .*Export the file from 1C again, or repair it/);
  });

  it('names the line where a file is cut off', async () => {
    const whole = products('<Товар><Ид>1</Ид></Товар>', '<Товар><Ид>2</Ид></Товар>');
    const error = await failure(whole.slice(0, whole.lastIndexOf('<Ид>2')));
    expect(error.message).toMatch(/line 4: malformed XML: unclosed tag/);
  });

  it.each([
    ['an empty file', '', /the file is empty/],
    ['a text', 'Артикул;Наименование\n1;Лампа', /this is not XML.*Name the import and offers files/],
    ['another XML', '<?xml version="1.0"?><yml_catalog/>', /root element is <yml_catalog>/],
    ['an archive', Buffer.from('PK\u0003\u0004'), /ZIP archive\. Unpack it/],
  ])('refuses %s', async (_, content, message) => {
    expect((await failure(content)).message).toMatch(message);
  });

  it.each([
    ['a file that does not exist', path.join(folder, 'none.xml'), /no such file\. Check the path/],
    ['a folder', folder, /this is a folder/],
  ])('refuses %s', async (_, file, message) => {
    await expect(read(file)).rejects.toThrow(message);
  });

  it('expands no entities of its own', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${exchange('<Каталог><Ид>&b;</Ид></Каталог>', '')}`;
    expect((await failure(bomb)).message).toMatch(/undefined entity/);
  });

  it('counts orders and reads nothing out of them', async () => {
    const file = write(exchange('<Документ><Товары><Товар><Ид>1</Ид></Товар></Товары></Документ>'));
    expect((await read(file)).map(({ kind }) => kind)).toEqual(['header', 'document']);
  });
});
