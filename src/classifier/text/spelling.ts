import { KEYWORDS, SLANG } from '../rules/spelling';
import { isGoodsWord, isRussianWord } from './lexicon';

/** Shorter words have too many neighbours to guess. */
const SHORTEST = 5;
const LONGEST = 24;

/** How a word sounds: unstressed vowels, voiced and voiceless, doubled letters and the signs are not told apart. */
function sound(word: string): string {
  return word
    .replace(/[ьъ]/g, '')
    .replace(/о/g, 'а')
    .replace(/[еэяы]/g, 'и')
    .replace(/тс|дс/g, 'ц')
    .replace(/б/g, 'п')
    .replace(/в/g, 'ф')
    .replace(/г/g, 'к')
    .replace(/д/g, 'т')
    .replace(/ж/g, 'ш')
    .replace(/з/g, 'с')
    .replace(/щ|сч/g, 'ш')
    .replace(/(.)\1+/g, '$1');
}

const bySound = new Map<string, string>();
const byDeletion = new Map<string, string>();
for (const word of KEYWORDS) {
  if (!bySound.has(sound(word))) bySound.set(sound(word), word);
  if (word.length < SHORTEST) continue;
  for (const shorter of withoutOneLetter(word)) if (!byDeletion.has(shorter)) byDeletion.set(shorter, word);
}

function withoutOneLetter(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

/**
 * The keyword that a misspelt Russian word means: slang, one letter wrong, missing, added or swapped with its
 * neighbour (the deletions of both are compared), or the same sound. Known words and short ones stay as they are.
 */
export function corrected(word: string): string {
  const slang = SLANG[word];
  if (slang !== undefined) return slang;
  if (word.length < 4 || word.length > LONGEST || isRussianWord(word) || isGoodsWord(word)) return word;
  const heard = bySound.get(sound(word));
  if (heard !== undefined) return heard;
  const missing = byDeletion.get(word);
  if (missing !== undefined) return missing;
  if (word.length < SHORTEST) return word;
  for (const shorter of withoutOneLetter(word)) {
    if (shorter.length < 4) continue;
    if (keywords.has(shorter)) return shorter;
    const neighbour = byDeletion.get(shorter);
    if (neighbour !== undefined) return neighbour;
  }
  return word;
}

const keywords: ReadonlySet<string> = new Set(KEYWORDS);
