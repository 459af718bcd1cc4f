/** Longest first: several Latin letters that stand for one Russian. */
const LETTERS: readonly (readonly [string, string])[] = [
  ['tsya', 'тся'],
  ['shch', 'щ'],
  ['sch', 'щ'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['yo', 'е'],
  ['jo', 'е'],
  ['yu', 'ю'],
  ['ju', 'ю'],
  ['ya', 'я'],
  ['ja', 'я'],
  ['ye', 'е'],
  ['iy', 'ий'],
  ['ey', 'ей'],
  ['ay', 'ай'],
  ['oy', 'ой'],
  ['uy', 'уй'],
  ['yy', 'ый'],
  ...Object.entries({
    a: 'а',
    b: 'б',
    c: 'ц',
    d: 'д',
    e: 'е',
    f: 'ф',
    g: 'г',
    h: 'х',
    i: 'и',
    j: 'й',
    k: 'к',
    l: 'л',
    m: 'м',
    n: 'н',
    o: 'о',
    p: 'п',
    q: 'к',
    r: 'р',
    s: 'с',
    t: 'т',
    u: 'у',
    v: 'в',
    w: 'в',
    x: 'х',
    y: 'ы',
    z: 'з',
    "'": 'ь',
    '4': 'ч',
    '6': 'ш',
  }),
];

/** Special cases where the letters mislead: "schet" is счет, not щет. */
const WORDS: Record<string, string> = { schet: 'счет', schetu: 'счету', scheta: 'счета', schetom: 'счетом' };

/** Russian written in Latin letters, back in Cyrillic: `skolko` is "сколко" (the spelling layer adds the ь). */
export function fromTranslit(word: string): string {
  const known = WORDS[word];
  if (known !== undefined) return known;
  let out = '';
  let index = 0;
  while (index < word.length) {
    const pair =
      ending(word, index) ?? LETTERS.find(([latin]) => word.startsWith(latin, index) && !isSplit(latin, word, index));
    out += pair?.[1] ?? word.charAt(index);
    index += pair?.[0].length ?? 1;
  }
  return out;
}

/** The ending of adjectives: `novye` is новые, not нове. */
function ending(word: string, index: number): readonly [string, string] | undefined {
  return index === word.length - 2 && /[^aeiouy]ye$/.test(word) ? ['ye', 'ые'] : undefined;
}

/** "ay" before a vowel is а and я or ю: `zayavka` is заявка, not зайавка. */
function isSplit(latin: string, word: string, index: number): boolean {
  return latin.length === 2 && latin.endsWith('y') && /[aeiou]/.test(word.charAt(index + 2));
}
