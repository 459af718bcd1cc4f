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
});

/** `{{name}}` or `{{- name}}`. */
const PLACEHOLDER = /\{\{(-?)(.+?)\}\}/g;

type Template = (values: MessageValues) => string;

/** A text cut at its placeholders once; values are put in as they stand, whatever looks like a placeholder in them. */
function compile(text: string): Template {
  const holes: { name: string; raw: boolean; after: string }[] = [];
  const found = [...text.matchAll(PLACEHOLDER)];
  const start = text.slice(0, found[0]?.index);
  found.forEach(({ 0: source, 1: dash, 2: name = '', index }, at) =>
    holes.push({
      name: name.trim(),
      raw: dash === '-',
      after: text.slice(index + source.length, found[at + 1]?.index),
    }),
  );
  return (values) => {
    let written = start;
    for (const { name, raw, after } of holes) {
      const value = String(values[name] ?? '');
      written += (raw ? value : escapeHtml(value)) + after;
    }
    return written;
  };
}

const pluralRules: Record<Language, Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
};

type Templates = Map<MessageKey, Partial<Record<Intl.LDMLPluralRule | 'only', Template>>>;
const templates: Record<Language, Templates> = { ru: new Map(), en: new Map() };

/** The text that i18next chooses, without its interpolation, which parses the text anew each time. */
function template(language: Language, key: MessageKey, count?: number): Template {
  let forms = templates[language].get(key);
  if (!forms) templates[language].set(key, (forms = {}));
  const form = count === undefined ? 'only' : pluralRules[language].select(count);
  return (forms[form] ??= compile(catalogues.t(key, { lng: language, count, skipInterpolation: true })));
}

/**
 * A text of the catalogue as Telegram HTML.
 *
 * Values are escaped where the text says `{{name}}`; `{{- name}}` takes a piece of HTML that was built here. `count`
 * chooses the plural form (Unicode CLDR) and is written as the language writes numbers.
 */
export function message(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const { count } = values;
  if (typeof count !== 'number') return template(language, key)(values);
  return template(language, key, count)({ ...values, count: formatNumber(count, language) });
}
