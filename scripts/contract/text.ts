/** What the report is written in. */
export type Language = 'ru' | 'en';

/** One thing said in both languages. */
export type Text = Readonly<Record<Language, string>>;

/** @returns the pair, the Russian first */
export function text(ru: string, en: string): Text {
  return { ru, en };
}

/** What is the same in both languages: a field, a code, a line of the server. */
export function same(value: string): Text {
  return { ru: value, en: value };
}

/** Texts one after the other. */
export function joined(texts: readonly Text[], separator = '; '): Text {
  return text(texts.map(({ ru }) => ru).join(separator), texts.map(({ en }) => en).join(separator));
}

/**
 * The language of the report: Russian, unless the locale of the environment asks for English.
 *
 * @param environment POSIX order of precedence: LC_ALL, LC_MESSAGES, LANG
 */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return /^en/i.test(locale) ? 'en' : 'ru';
}
