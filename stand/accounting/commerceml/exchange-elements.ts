import {
  type ExchangeGroup,
  type ExchangeOffer,
  type ExchangePrice,
  type ExchangeRecord,
  type ExchangeWarehouseQuantity,
} from './exchange-records';
import { unitByOkeiCode } from './units';
import { child, children, filled, numberOf, textOf, type XmlNode } from './xml-node';

/** Why an element cannot be used; the reader adds the place. */
export class UnusableElement extends Error {}

/** Makes the records of one element; throws UnusableElement where it lacks what it cannot be used without. */
type Conversion = (node: XmlNode) => ExchangeRecord[];

/**
 * The elements of an exchange file that hold something for us, by their parent's name and their own: the parent tells a
 * warehouse of the list from one within an offer, and the root of a file with changes only has a name of its own.
 */
export const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  ['Классификатор/Группы', (node) => groupsOf(node)],
  ['Категории/Категория', (node) => [{ kind: 'group', ...identified(node) }]],
  ['ЕдиницыИзмерения/ЕдиницаИзмерения', unitOf],
  ['Товары/Товар', productOf],
  ['ТипыЦен/ТипЦены', priceTypeOf],
  ['Склады/Склад', (node) => [{ kind: 'warehouse', ...identified(node) }]],
  ['Предложения/Предложение', offerOf],
]);

/** Parts of a product that are large and of no use here. */
export const IGNORED: ReadonlySet<string> = new Set([
  'ЗначенияСвойств',
  'Описание',
  'Картинка',
  'Комплектующие',
  'Адрес',
  'Контакты',
]);

function identified(node: XmlNode): { id: string; name: string } {
  const id = requiredId(node);
  return { id, name: textOf(node, 'Наименование') ?? id };
}

function requiredId(node: XmlNode): string {
  const id = textOf(node, 'Ид');
  if (id === undefined) throw new UnusableElement('without Ид');
  return id;
}

function groupsOf(node: XmlNode, parent?: string): ExchangeGroup[] {
  return children(node, 'Группа').flatMap((group) => {
    const id = textOf(group, 'Ид');
    const nested = children(group, 'Группы').flatMap((groups) => groupsOf(groups, id ?? parent));
    return id === undefined
      ? nested
      : [{ kind: 'group' as const, id, name: textOf(group, 'Наименование') ?? id, parent }, ...nested];
  });
}

function unitOf(node: XmlNode): ExchangeRecord[] {
  const id = textOf(node, 'Ид') ?? textOf(node, 'Код');
  if (id === undefined) throw new UnusableElement('without Ид and Код');
  const name =
    textOf(node, 'НаименованиеКраткое') ??
    unitByOkeiCode(textOf(node, 'Код') ?? '') ??
    textOf(node, 'НаименованиеПолное');
  return name === undefined ? [] : [{ kind: 'unit', id, name }];
}

function productOf(node: XmlNode): ExchangeRecord[] {
  return [
    {
      kind: 'product',
      id: requiredId(node),
      article: textOf(node, 'Артикул'),
      code: requisite(node, 'Код') ?? textOf(node, 'Код'),
      barcode: textOf(node, 'Штрихкод'),
      name: textOf(node, 'Наименование') ?? requisite(node, 'Полное наименование'),
      unit: baseUnit(node),
      groups: [...children(child(node, 'Группы'), 'Ид').map((id) => id.text), textOf(node, 'Категория')]
        .map(filled)
        .filter((id) => id !== undefined),
      itemKind: requisite(node, 'ВидНоменклатуры'),
      deleted: isDeleted(node),
    },
  ];
}

function requisite(node: XmlNode, name: string): string | undefined {
  const found = children(child(node, 'ЗначенияРеквизитов'), 'ЗначениеРеквизита').find(
    (one) => textOf(one, 'Наименование') === name,
  );
  return textOf(found, 'Значение');
}

/** 1C writes the unit as text, as an OKEI code, or into the attributes of an empty element. */
function baseUnit(node: XmlNode): string | undefined {
  const unit = child(node, 'БазоваяЕдиница');
  if (!unit) return undefined;
  const text = filled(unit.text);
  if (text !== undefined) return /^\d+$/.test(text) ? (unitByOkeiCode(text) ?? text) : text.replace(/\.$/, '');
  return (
    filled(unit.attributes['НаименованиеКраткое']) ??
    unitByOkeiCode(unit.attributes['Код'] ?? '') ??
    filled(unit.attributes['НаименованиеПолное']) ??
    filled(unit.attributes['МеждународноеСокращение'])
  );
}

function isDeleted(node: XmlNode): boolean {
  const status = node.attributes['Статус'] ?? textOf(node, 'Статус');
  return /^удал[её]н$/i.test(status ?? '') || isTrue(textOf(node, 'ПометкаУдаления'));
}

function isTrue(text: string | undefined): boolean {
  return /^(true|1|да)$/i.test(text ?? '');
}

function priceTypeOf(node: XmlNode): ExchangeRecord[] {
  const included = children(node, 'Налог')
    .filter((tax) => /ндс/i.test(textOf(tax, 'Наименование') ?? 'НДС'))
    .map((tax) => textOf(tax, 'УчтеноВСумме'))
    .find((text) => text !== undefined);
  return [
    {
      kind: 'priceType',
      ...identified(node),
      currency: textOf(node, 'Валюта'),
      vatIncluded: included === undefined ? undefined : isTrue(included),
    },
  ];
}

function offerOf(node: XmlNode): ExchangeRecord[] {
  const warehouses = warehouseQuantities(node);
  const rests = children(child(node, 'Остатки'), 'Остаток').map((rest) => numberOf(textOf(rest, 'Количество')));
  const offer: ExchangeOffer = {
    kind: 'offer',
    id: requiredId(node),
    article: textOf(node, 'Артикул'),
    barcode: textOf(node, 'Штрихкод'),
    name: textOf(node, 'Наименование'),
    unit: baseUnit(node),
    characteristics: children(child(node, 'ХарактеристикиТовара'), 'ХарактеристикаТовара')
      .map((one) => textOf(one, 'Значение'))
      .filter((value) => value !== undefined),
    prices: children(child(node, 'Цены'), 'Цена')
      .map(priceOf)
      .filter((price) => price !== undefined),
    quantity:
      numberOf(textOf(node, 'Количество')) ??
      rests.find((rest) => rest !== undefined) ??
      (warehouses.length > 0 ? totalOf(warehouses) : undefined),
    warehouses,
    deleted: isDeleted(node),
  };
  return [offer];
}

/** To the thousandth, as 1C keeps quantities: sums of fractions must not show how they were added. */
function totalOf(warehouses: readonly ExchangeWarehouseQuantity[]): number {
  return Math.round(warehouses.reduce((sum, { quantity }) => sum + quantity, 0) * 1000) / 1000;
}

function priceOf(node: XmlNode): ExchangePrice | undefined {
  const value = numberOf(textOf(node, 'ЦенаЗаЕдиницу'));
  const factor = numberOf(textOf(node, 'Коэффициент'));
  // Zero is how 1C writes a price that was never set.
  if (value === undefined || value <= 0) return undefined;
  return {
    typeId: textOf(node, 'ИдТипаЦены') ?? '',
    value,
    currency: textOf(node, 'Валюта'),
    unit: textOf(node, 'Единица'),
    factor: factor !== undefined && factor > 0 ? factor : 1,
  };
}

/** Three ways of one thing: attributes (2.07), `Остатки` (2.08 and newer), `КоличествоНаСкладах` (2.03). */
function warehouseQuantities(node: XmlNode): ExchangeWarehouseQuantity[] {
  const attributes = children(node, 'Склад').map((one) => ({
    id: filled(one.attributes['ИдСклада']),
    quantity: numberOf(one.attributes['КоличествоНаСкладе']),
  }));
  const rests = children(child(node, 'Остатки'), 'Остаток')
    .flatMap((rest) => children(rest, 'Склад'))
    .map((one) => ({ id: textOf(one, 'Ид'), quantity: numberOf(textOf(one, 'Количество')) }));
  const listed = children(child(node, 'КоличествоНаСкладах'), 'КоличествоНаСкладе').map((one) => ({
    id: textOf(one, 'ИдСклада'),
    quantity: numberOf(textOf(one, 'Количество')),
  }));
  return [...attributes, ...rests, ...listed].flatMap(({ id, quantity }) =>
    id === undefined || quantity === undefined ? [] : [{ warehouseId: id, quantity }],
  );
}
