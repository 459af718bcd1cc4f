import { BslArray, BslDate, BslMap, type BslFunction, BslStructure, HostObject, type Value } from './values';

export interface BookItem {
  article: string;
  name: string;
  unit?: string;
  barcode?: string;
  category?: string;
  available?: number;
  price?: number;
}

export interface BookOrder {
  number: string;
  date: string;
  status: string;
  amount: number;
}

export interface BookPayment {
  number: string;
  order?: string;
  date: string;
  amount: number;
  status: string;
}

export interface BookSupplier {
  id: string;
  name: string;
  inn: string;
  active: boolean;
  phone: string;
}

export interface BookChat {
  supplierId: string;
  status: 'active' | 'pending' | 'blocked';
  contact: string;
}

/** What the stand-ins for the modules of queries answer from. */
export interface Books {
  suppliers: BookSupplier[];
  chats: Map<string, BookChat>;
  /** By the hash of the code. */
  invites: Map<string, { supplierId: string; used: boolean; expired: boolean }>;
  items: BookItem[];
  orders: BookOrder[];
  payments: BookPayment[];
  /** The parts of the configuration that are missing: names of modules of queries. */
  missing: Set<string>;
  /** Of acts of reconciliation, noted down as they are asked for. */
  askedPeriods: string[];
  keyHash: string;
  previousKeyHash: string;
}

/** Stand-ins for the modules that hold queries, constants and registers, by the names of the modules. */
export function standInModules(books: Books): Record<string, HostObject> {
  const has = (part: string): BslFunction => {
    return () => !books.missing.has(part);
  };
  return {
    тгп_Настройки: new HostObject('ОбщийМодуль', {
      ХешКлюча: () => books.keyHash,
      ХешПредыдущегоКлюча: () => books.previousKeyHash,
      СекундХранения: () => 300,
    }),
    тгп_ДанныеПартнеров: new HostObject('ОбщийМодуль', {
      Доступны: has('partners'),
      Поставщик: ([id]) => supplierValue(books.suppliers.find((one) => one.id === id)),
      ПоТелефону: ([digits]) => {
        return new BslArray(books.suppliers.filter(({ phone }) => phone === digits).map(supplierValue));
      },
    }),
    тгп_ДанныеТоваров: new HostObject('ОбщийМодуль', {
      ТоварыДоступны: has('products'),
      ОстаткиДоступны: has('stock'),
      ЦеныДоступны: has('prices'),
      // All of them: the operations have to choose.
      ПоАртикулам: () => new BslArray(books.items.map(itemValue)),
      ПоСтроке: ([query]) => {
        return new BslArray(books.items.filter(({ name }) => name.includes(String(query))).map(itemValue));
      },
      ДополнитьШтрихкодами: () => undefined,
      Остатки: () => stockValue(books.items),
      Цены: () => pricesValue(books.items),
    }),
    тгп_ДанныеЗаказов: new HostObject('ОбщийМодуль', {
      Доступны: has('orders'),
      Заказы: () => new BslArray(books.orders.map(orderValue)),
      Строки: () => new BslArray([lineValue()]),
    }),
    тгп_ДанныеРасчетов: new HostObject('ОбщийМодуль', {
      Доступны: has('settlements'),
      Платежи: () => paymentsValue(books.payments),
      Взаиморасчеты: ([, from, to]) => {
        books.askedPeriods.push(`${String(from)} - ${String(to)}`);
        return structure({ Организация: 'ООО «Полюс»', Разделы: new BslArray() });
      },
    }),
    тгп_АктСверки: new HostObject('ОбщийМодуль', {
      Файл: ([, , , , format]) => {
        return structure({ Имя: `Акт.${String(format)}`, ТипСодержимого: 'application/pdf', Содержимое: 'JVBERi0=' });
      },
    }),
    тгп_УчетЧатов: chatsModule(books),
    тгп_Приглашения: new HostObject('ОбщийМодуль', {
      Использовать: ([hash, chatId]) => useInvite(books, String(hash), String(chatId)),
    }),
  };
}

function chatsModule(books: Books): HostObject {
  return new HostObject('ОбщийМодуль', {
    Чат: ([id]) => chatValue(books, String(id)),
    ЕстьДействующийЧат: ([id]) => {
      return [...books.chats.values()].some((chat) => chat.supplierId === id && chat.status === 'active');
    },
    ОтметитьОбращение: () => undefined,
    ДобавитьЗаявку: ([id, suppliers, , person]) => {
      const found = suppliers instanceof BslArray && suppliers.items.length === 1 ? suppliers.items[0] : undefined;
      const supplierId = found instanceof BslStructure ? String(found.get('Идентификатор')) : '';
      const contact = person instanceof BslStructure ? String(person.get('Контакт')) : '';
      books.chats.set(String(id), { supplierId, status: 'pending', contact });
      return chatValue(books, String(id));
    },
    УдалитьЧат: ([id]) => void books.chats.delete(String(id)),
  });
}

function useInvite(books: Books, hash: string, chatId: string): Value {
  const invite = books.invites.get(hash);
  if (!invite) return structure({ Итог: 'not_found', Чат: undefined });
  if (invite.used || invite.expired) return structure({ Итог: 'expired', Чат: undefined });
  invite.used = true;
  books.chats.set(chatId, { supplierId: invite.supplierId, status: 'active', contact: 'Денис' });
  return structure({ Итог: 'linked', Чат: chatValue(books, chatId) });
}

function chatValue(books: Books, id: string): Value {
  const chat = books.chats.get(id);
  if (!chat) return undefined;
  return structure({
    Идентификатор: id,
    Партнер: chat.supplierId,
    НаименованиеПартнера: '',
    ИНН: '',
    Контакт: chat.contact,
    Состояние: chat.status,
    ПоследнееОбращение: BslDate.EMPTY,
  });
}

function supplierValue(supplier: BookSupplier | undefined): Value {
  if (!supplier) return undefined;
  return structure({
    Идентификатор: supplier.id,
    Ссылка: supplier.id,
    Наименование: supplier.name,
    ИНН: supplier.inn,
    Действует: supplier.active,
    Менеджер: structure({ Наименование: 'Ковалева Марина', Телефон: '+7 495 120-45-01', Почта: '' }),
  });
}

function itemValue(item: BookItem): Value {
  return structure({
    Ссылка: item.name,
    Артикул: item.article,
    Наименование: item.name,
    Единица: item.unit ?? 'шт',
    Штрихкод: item.barcode ?? '',
    Категория: item.category ?? '',
  });
}

function stockValue(items: readonly BookItem[]): Value {
  const stock = new BslMap();
  for (const { name, available } of items) {
    if (available === undefined) continue;
    const warehouse = structure({ Наименование: 'Основной склад', Доступно: available });
    stock.entries.set(
      name,
      structure({ Доступно: available, ВНаличии: available, ВРезерве: 0, Ожидается: undefined, Склады: new BslArray([warehouse]) }),
    );
  }
  return stock;
}

function pricesValue(items: readonly BookItem[]): Value {
  const prices = new BslMap();
  for (const { name, price } of items) {
    if (price === undefined) continue;
    prices.entries.set(
      name,
      structure({
        Цена: price,
        Валюта: 'RUB',
        ВидЦены: 'Закупочная',
        ВключаетНДС: false,
        ДействуетС: dateValue('2026-11-01'),
        Единица: '',
      }),
    );
  }
  return prices;
}

function orderValue({ number, date, status, amount }: BookOrder): Value {
  return structure({
    Ссылка: number,
    Номер: number,
    Дата: dateValue(date),
    Статус: status,
    ПредставлениеСтатуса: '',
    Сумма: amount,
    Валюта: 'RUB',
    ОжидаемаяДата: BslDate.EMPTY,
    ПроцентПоступления: 0,
    ПроцентОплаты: undefined,
    Комментарий: '',
  });
}

function lineValue(): Value {
  return structure({ Артикул: 'BP-4500/2', Наименование: 'Насос', Количество: 70, Получено: 0, Единица: 'шт', Цена: undefined });
}

function paymentsValue(payments: readonly BookPayment[]): Value {
  const items = payments.map(({ number, order, date, amount, status }) =>
    structure({
      Номер: number,
      НомерЗаказа: order ?? '',
      НомерПоставщика: '',
      Дата: dateValue(date),
      Сумма: amount,
      Валюта: 'RUB',
      СрокОплаты: dateValue('2026-11-26'),
      ДатаОплаты: undefined,
      Статус: status,
    }),
  );
  return structure({ Сумма: 523000.25, Просрочено: 0, Валюта: 'RUB', Платежи: new BslArray(items) });
}

function structure(members: Record<string, Value>): BslStructure {
  return new BslStructure(Object.keys(members).join(','), Object.values(members));
}

function dateValue(day: string): BslDate {
  return new BslDate(Date.parse(`${day}T00:00:00Z`));
}
