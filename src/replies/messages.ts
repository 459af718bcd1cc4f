import { createInstance } from 'i18next';
import type { Language } from '../classifier/understanding';
import { formatNumber } from './format';
import { escapeHtml } from './html';
import en from './locales/en.json';
import ru from './locales/ru.json';

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Singular<Key extends string> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;
type KeysOf<Catalogue, Prefix extends string = ''> = {
  [Key in keyof Catalogue & string]: Catalogue[Key] extends string
    ? `${Prefix}${Singular<Key>}`
    : KeysOf<Catalogue[Key], `${Prefix}${Key}.`>;
}[keyof Catalogue & string];

/** A text of the catalogues, without its plural ending. */
export type MessageKey = KeysOf<typeof ru>;

export type MessageValues = Record<string, string | number>;

const catalogues = createInstance();
void catalogues.init({
  // The resources are here already, so that the texts are ready when this line is done.
  initAsync: false,
  resources: { ru: { translation: ru }, en: { translation: en } },
  fallbackLng: false,
  nsSeparator: false,
  interpolation: { escape: escapeHtml },
});

/**
 * A text of the catalogue as Telegram HTML.
 *
 * Values are escaped where the text says `{{name}}`; `{{- name}}` takes a piece of HTML that was built here. `count`
 * chooses the plural form (Unicode CLDR) and is written as the language writes numbers.
 */
export function message(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const { count } = values;
  // With the language among the options: a function of `getFixedT` copies all of i18next's own options at each call.
  if (typeof count !== 'number') return catalogues.t(key, { lng: language, replace: values });
  const replace = { ...values, count: formatNumber(count, language) };
  return catalogues.t(key, { lng: language, count, replace });
}
