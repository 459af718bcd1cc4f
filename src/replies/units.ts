import type { Language } from '../classifier/understanding';
import { formatNumber, QUANTITY_DIGITS } from './format';
import { plainText } from './html';
import { message } from './messages';

/**
 * How accounting systems write the units that we can decline: Russian short and full names, their declined forms, and
 * the international letters of the classifiers (UN/ECE Recommendation 20, OKEI). Lower case, without dots and spaces.
 */
const SPELLINGS = {
  piece: 'шт штук штука штуки pce pcs pc h87',
  pair: 'пар пара пары pr npr',
  pack: 'уп упак упаковка упаковки упаковок nmp pk pack',
  roll: 'рул рулон рулона рулонов npl ro roll',
  set: 'компл комплект комплекта комплектов к-т set',
  kit: 'набор набора наборов наб kit',
  box: 'кор короб коробка коробки коробок bx box',
  crate: 'ящ ящик ящика ящиков',
  sheet: 'лист листа листов sheet',
  bag: 'меш мешок мешка мешков bg',
  bottle: 'бут бутылка бутылки бутылок bottle',
  can: 'бан банка банки банок can',
  pallet: 'паллета паллеты паллет пал поддон поддона поддонов pallet',
  coil: 'бухта бухты бухт бух',
  metre: 'м метр метра метров mtr m',
  squareMetre: 'м2 м² квм mtk m2',
  cubicMetre: 'м3 м³ кубм mtq m3',
  millimetre: 'мм mmt mm',
  centimetre: 'см cmt cm',
  kilometre: 'км kmt km',
  gram: 'г гр грамм grm g',
  kilogram: 'кг килограмм kgm kg',
  tonne: 'т тонна тонны тонн tne',
  litre: 'л литр литра литров ltr l',
  millilitre: 'мл mlt ml',
} as const;

type Unit = keyof typeof SPELLINGS;

const UNITS = new Map<string, Unit>(
  Object.entries(SPELLINGS).flatMap(([unit, spellings]) =>
    spellings.split(' ').map((spelling) => [spelling, unit as Unit] as const),
  ),
);

const unitOf = (unit: string): Unit | undefined =>
  UNITS.get(unit) ?? UNITS.get(unit.toLowerCase().replace(/[\s.]/g, ''));

/**
 * The name of a unit of accounting in the form that goes with one ("штука"), for a product card.
 * @returns plain text; a unit that we do not know comes back as it stands
 */
export function formatUnit(unit: string, language: Language): string {
  const known = unitOf(unit);
  return known ? plainText(message(language, `unit.${known}`, { count: 1 })) : unit.trim();
}

/**
 * A quantity with its unit: "1 штука", "5 пар", "1,5 м"; "2 pcs". Number and unit hold together with U+00A0.
 *
 * @param unit as the accounting system writes it: `шт`, `шт.`, `PCE`, …; unknown ones come out as they stand
 * @returns plain text, not yet escaped
 */
export function formatQuantity(value: number, unit: string | null | undefined, language: Language): string {
  const number = formatNumber(value, language);
  if (!unit?.trim()) return number;
  const known = unitOf(unit);
  // The form follows the number as it is written: 1.0004 is written "1".
  const count = Number(value.toFixed(QUANTITY_DIGITS));
  return `${number}\u00A0${known ? plainText(message(language, `unit.${known}`, { count })) : unit.trim()}`;
}

/** What a price is for: "за штуку", "per piece". Plain text, not yet escaped. */
export function formatPer(unit: string, language: Language): string {
  const known = unitOf(unit);
  return plainText(known ? message(language, `per.${known}`) : message(language, 'per.unknown', { unit: unit.trim() }));
}
