import { isEnglishWord, isRussianWord, isTellingWord } from './lexicon';
import { asTypedInEnglish, asTypedInRussian } from './keyboard';
import { inOneScript } from './look-alikes';
import { remembering } from './remembering';
import { corrected } from './spelling';
import { fromTranslit } from './translit';

const LATIN = /^[a-z[\];',.`]+$/;
const CYRILLIC = /^[а-я]+$/;

/** What the Russian layout makes of a word typed in the Latin one, where that is a word that tells something. */
export function retyped(word: string): string | null {
  if (word.length < 3 || !LATIN.test(word) || isEnglishWord(word)) return null;
  const typed = asTypedInRussian(word);
  if (!CYRILLIC.test(typed)) return null;
  if (isTellingWord(typed)) return typed;
  const spelt = corrected(typed);
  return spelt !== typed && isTellingWord(spelt) ? spelt : null;
}

/** The same the other way: "зкшсу" is `price`. */
function retypedInEnglish(word: string): string | null {
  if (word.length < 4 || isRussianWord(word)) return null;
  const typed = asTypedInEnglish(word);
  return isEnglishWord(typed) ? typed : null;
}

/**
 * The word that is meant: in one script, in the right layout, in Cyrillic where Russian was written in Latin letters,
 * spelt right where it is one of the keywords.
 *
 * @param word in small letters, ё as е
 * @param slipped the message as a whole was typed in the wrong layout
 */
export function meantBy(word: string, slipped = false): string {
  return slipped ? meantInSlipped(word) : meantAlone(word);
}

const meantAlone = remembering((word) => find(word, false));
const meantInSlipped = remembering((word) => find(word, true));

function find(word: string, slipped: boolean): string {
  const one = inOneScript(word);
  if (LATIN.test(one)) {
    if (isEnglishWord(one)) return one;
    if (slipped) return corrected(asTypedInRussian(one));
    return retyped(one) ?? corrected(fromTranslit(one));
  }
  return retypedInEnglish(one) ?? corrected(one);
}
