/** Short names of units by their code in the Russian classifier of units (OKEI, ОК 015-94). */
const UNITS_BY_OKEI_CODE: Readonly<Record<string, string>> = {
  '003': 'мм',
  '004': 'см',
  '006': 'м',
  '018': 'пог. м',
  '055': 'м²',
  '111': 'мл',
  '112': 'л',
  '113': 'м³',
  '163': 'г',
  '166': 'кг',
  '168': 'т',
  '356': 'ч',
  '383': 'руб',
  '625': 'лист',
  '657': 'изд',
  '704': 'набор',
  '715': 'пар',
  '728': 'пач',
  '736': 'рул',
  '778': 'упак',
  '796': 'шт',
  '798': 'тыс. шт',
  '812': 'ящ',
  '839': 'компл',
  '868': 'бут',
  '872': 'флак',
  '876': 'усл. ед',
};

/** @returns the short name of the unit with this OKEI code, spaces and missing leading zeros forgiven */
export function unitByOkeiCode(code: string): string | undefined {
  return UNITS_BY_OKEI_CODE[code.trim().padStart(3, '0')];
}
