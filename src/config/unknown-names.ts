import { closest, distance } from 'fastest-levenshtein';
import { KNOWN_NAMES } from './variables';

/** Prefixes that are the bot's own: a name with one of them that means nothing is a slip of the pen. */
const OWN_PREFIXES = ['ONEC_', 'TELEGRAM_', 'CACHE_', 'HEALTH_'];

/** A name further away is not what was meant. */
const MAX_DISTANCE = 5;

/** One warning for each name of the environment that looks like a setting of the bot and is none. */
export function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => OWN_PREFIXES.some((prefix) => name.startsWith(prefix)) && !KNOWN_NAMES.includes(name))
    .sort()
    .map((name) => {
      const nearest = closest(name, KNOWN_NAMES);
      return distance(name, nearest) <= MAX_DISTANCE
        ? `${name} is not a setting: did you mean ${nearest}?`
        : `${name} is not a setting and is ignored`;
    });
}
