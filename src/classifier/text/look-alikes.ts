/** Small letters that look alike, and the capitals whose small forms do not: H is Н, B is В. */
const toCyrillic = new Map<string, string>([
  ['a', 'а'],
  ['b', 'в'],
  ['c', 'с'],
  ['e', 'е'],
  ['h', 'н'],
  ['k', 'к'],
  ['m', 'м'],
  ['o', 'о'],
  ['p', 'р'],
  ['t', 'т'],
  ['x', 'х'],
  ['y', 'у'],
]);
const toLatin = new Map(Array.from(toCyrillic, ([latin, cyrillic]) => [cyrillic, latin]));

const HAS_LATIN = /[a-z]/;
const HAS_CYRILLIC = /[а-я]/;

/** A word of two scripts in the script that most of its letters have: "oстaтoк" with Latin o and a is "остаток". */
export function inOneScript(word: string): string {
  if (!HAS_LATIN.test(word) || !HAS_CYRILLIC.test(word)) return word;
  const chars = Array.from(word);
  const cyrillicOnly = chars.filter((char) => HAS_CYRILLIC.test(char) && !toLatin.has(char)).length;
  const latinOnly = chars.filter((char) => HAS_LATIN.test(char) && !toCyrillic.has(char)).length;
  const table = latinOnly > cyrillicOnly ? toLatin : toCyrillic;
  return chars.map((char) => table.get(char) ?? char).join('');
}
