import { closest } from 'fastest-levenshtein';
import { KNOWN_NAMES } from './variables';

/** Prefixes that are the bot's own: a name with one of them that means nothing is a slip of the pen. */
const OWN_PREFIXES = ['ONEC_', 'TELEGRAM_', 'CACHE_', 'HEALTH_', 'CLASSIFIER_'];

/** One warning for each name of the environment that looks like a setting of the bot and is none. */
export function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => OWN_PREFIXES.some((prefix) => name.startsWith(prefix)) && !KNOWN_NAMES.includes(name))
    .sort()
    .map((name) => `${name} is not a setting and is ignored: did you mean ${nearest(name)}?`);
}

/** A name that lacks a word is nearer to the whole one than to another of the same length. */
function nearest(name: string): string {
  const words = name.split('_');
  const fuller = KNOWN_NAMES.filter((known) => words.every((word) => known.split('_').includes(word)));
  return closest(name, fuller.length > 0 ? fuller : KNOWN_NAMES);
}
