const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюё';

const toCyrillic = new Map(Array.from(LATIN, (key, index) => [key, CYRILLIC.charAt(index)]));
const toLatin = new Map(Array.from(CYRILLIC, (key, index) => [key, LATIN.charAt(index)]));

const retype = (word: string, keys: ReadonlyMap<string, string>): string =>
  Array.from(word, (char) => keys.get(char) ?? char).join('');

/** What the same keys would have written with the Russian layout on: `jcnfnjr` is "остаток". Lower case in and out. */
export const asTypedInRussian = (word: string): string => retype(word, toCyrillic).replace(/ё/g, 'е');

/** What the same keys would have written with the English layout on: "зкшсу" is `price`. Lower case in and out. */
export const asTypedInEnglish = (word: string): string => retype(word, toLatin);
