/** A table of УТ 11, КА 2 or ERP 2: the fields that queries may name. */
interface Table {
  fields: string;
  /** Resources of a register of balances, from which the fields of its virtual tables are made. */
  resources?: string;
}

const CONTACTS = 'Ссылка НомерСтроки Тип Вид Представление НомерТелефона НомерТелефонаБезКодов АдресЭП';

/**
 * What the queries of the extension rest on: names read in a dump of «Управление торговлей» 11.4.8 and, for release 2.5, in
 * public texts. Barcodes, contact persons and the contacts of users are general knowledge: no dump of them was at hand.
 * What follows a second dot (`Валюта.Код`) is not checked.
 */
export const BASE_TABLES: Readonly<Record<string, Table>> = {
  'Справочник.Партнеры': { fields: 'Ссылка Наименование НаименованиеПолное ПометкаУдаления Поставщик ОсновнойМенеджер' },
  'Справочник.Партнеры.КонтактнаяИнформация': { fields: CONTACTS },
  'Справочник.Контрагенты': { fields: 'Ссылка Наименование НаименованиеПолное ПометкаУдаления ИНН КПП Партнер' },
  'Справочник.Контрагенты.КонтактнаяИнформация': { fields: CONTACTS },
  'Справочник.КонтактныеЛицаПартнеров.КонтактнаяИнформация': { fields: CONTACTS },
  'Справочник.Пользователи.КонтактнаяИнформация': { fields: CONTACTS },
  'Справочник.Номенклатура': {
    fields: 'Ссылка Код Артикул Наименование НаименованиеПолное ЕдиницаИзмерения ВидНоменклатуры ЭтоГруппа ПометкаУдаления',
  },
  'Документ.ЗаказПоставщику': {
    fields: 'Ссылка Номер Дата Проведен Партнер Статус Валюта СуммаДокумента ЖелаемаяДатаПоступления ДатаПоступления',
  },
  'Документ.ЗаказПоставщику.Товары': {
    fields: 'Ссылка НомерСтроки Номенклатура Упаковка Количество Цена КодСтроки Отменено',
  },
  'РегистрСведений.СостоянияЗаказовПоставщикам': { fields: 'Заказ Состояние ПроцентОплаты ПроцентПоступления' },
  'РегистрСведений.ШтрихкодыНоменклатуры': { fields: 'Штрихкод Номенклатура' },
  'РегистрСведений.ЦеныНоменклатуры': { fields: 'Период Номенклатура Характеристика ВидЦены Цена Упаковка Валюта' },
  'РегистрСведений.ЦеныНоменклатуры25': { fields: 'Период Номенклатура ВидЦены Цена' },
  'РегистрСведений.ЦеныНоменклатурыПоставщиков': {
    fields: 'Период Партнер ВидЦеныПоставщика Номенклатура Характеристика Цена Упаковка Валюта',
  },
  'РегистрНакопления.СвободныеОстатки': {
    fields: 'Номенклатура Характеристика Склад',
    resources: 'ВНаличии ВРезервеСоСклада ВРезервеПодЗаказ',
  },
  'РегистрНакопления.ЗаказыПоставщикам': {
    fields: 'ЗаказПоставщику Номенклатура Характеристика КодСтроки Склад',
    resources: 'Заказано КОформлению',
  },
  'РегистрНакопления.РасчетыСПоставщикамиПоСрокам': {
    fields:
      'Период Регистратор ВидДвижения Активность АналитикаУчетаПоПартнерам ОбъектРасчетов Валюта РасчетныйДокумент ' +
      'ДатаПлановогоПогашения ДатаВозникновения',
    resources: 'Долг Предоплата',
  },
};

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  Остатки: ['Остаток'],
  Обороты: ['Оборот', 'Приход', 'Расход'],
};

/** @returns the fields of a table or of its virtual table; undefined for what the base configuration lacks */
export function fieldsOf(table: string): ReadonlySet<string> | undefined {
  const known = BASE_TABLES[table];
  if (known) return new Set([...known.fields.split(' '), ...(known.resources?.split(' ') ?? [])]);
  const dot = table.lastIndexOf('.');
  const [base, virtual] = [BASE_TABLES[table.slice(0, dot)], table.slice(dot + 1)];
  if (!base) return undefined;
  if (virtual === 'СрезПоследних') return new Set(base.fields.split(' '));
  const suffixes = SUFFIXES[virtual];
  if (!suffixes || base.resources === undefined) return undefined;
  const resources = base.resources.split(' ').flatMap((resource) => suffixes.map((suffix) => resource + suffix));
  return new Set([...base.fields.split(' '), ...resources]);
}
