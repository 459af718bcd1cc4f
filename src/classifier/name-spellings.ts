import { stemmer } from '@orama/stemmers/russian';
import { meantBy } from './text/word';

/** A shorter word is all stem. */
const SHORTEST_INFLECTED = 4;

/**
 * How else a catalogue may hold a product's name, for where it is not found as it was written: in Cyrillic where Russian
 * was written in Latin letters or with the wrong layout, then without the endings of its words ("лампу светодиодную").
 *
 * @param name as written
 * @returns the likeliest first; nothing where there is no other way
 */
export function otherSpellings(name: string): string[] {
  const written = name.toLowerCase().replaceAll('ё', 'е');
  const meant = written.replace(/\p{L}+/gu, (word) => meantBy(word));
  const stems = meant.replace(/[а-я]+/g, (word) => (word.length < SHORTEST_INFLECTED ? word : stemmer(word)));
  return [...new Set([meant, stems])].filter((spelling) => spelling !== written);
}
