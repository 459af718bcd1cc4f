import type { Language } from '../classifier/understanding';

/**
 * Languages whose speakers in business with Russia read Russian rather than English: the other East Slavic ones, those
 * of the former Union's republics, and those of Russia's own peoples that Telegram profiles carry (ISO 639-1).
 */
const READ_RUSSIAN = new Set([
  'ru',
  'uk',
  'be',
  'kk',
  'uz',
  'ky',
  'tg',
  'tk',
  'hy',
  'az',
  'ka',
  'ro-md',
  'mo',
  'mn',
  'tt',
  'ba',
  'cv',
  'ce',
  'os',
  'sah',
]);

const LANGUAGE_TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;

/**
 * The language that a supplier is answered in.
 *
 * The company and most of its suppliers write Russian, so nothing known means Russian. A profile in any other known
 * language means a foreign supplier, who is far likelier to read English than Russian.
 *
 * @param languageCode IETF tag of the Telegram profile (Bot API, `User.language_code`); case does not matter
 */
export function languageOf(languageCode?: string | null): Language {
  const tag = languageCode?.trim().toLowerCase().replaceAll('_', '-') ?? '';
  if (!LANGUAGE_TAG.test(tag) || tag === 'und') return 'ru';
  const [primary = ''] = tag.split('-');
  return READ_RUSSIAN.has(primary) || READ_RUSSIAN.has(tag) ? 'ru' : 'en';
}
