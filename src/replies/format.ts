import type { Language } from '../classifier/understanding';

/** The locale behind each language: `en-US` writes ¥1,234.50 and 1,250.5. */
const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-US' };

/** Currencies whose sign means no other currency to a supplier; the rest are written with their ISO 4217 letters. */
const WITH_SIGN = new Set(['RUB', 'USD', 'EUR', 'GBP', 'CNY', 'KZT', 'UAH', 'TRY', 'INR', 'AMD']);

/** Quantities are kept to thousandths, as accounting systems keep them. */
export const QUANTITY_DIGITS = 3;

/** Prices of small goods go down to hundredths of a kopeck. */
const PRICE_DIGITS = 4;

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    // `negative`: what rounds to nought is not written "-0".
    found = new Intl.NumberFormat(LOCALES[language], { ...options, signDisplay: 'negative' });
    formatters.set(key, found);
  }
  return found;
}

/** One look whatever the version of ICU: U+00A0 for every no-break space, U+2212 for the minus sign. */
function uniform(text: string): string {
  return text.replaceAll('\u202F', '\u00A0').replace('-', '\u2212');
}

/**
 * A number with at most three decimals: "1 250,5" in Russian, "1,250.5" in English.
 * Thousands are set apart with a no-break space (U+00A0) in Russian, so that a message never breaks inside a number.
 */
export function formatNumber(value: number, language: Language): string {
  // Most quantities look the same in every language.
  if (Number.isInteger(value) && value > 0 && value < 1000) return String(value);
  return uniform(formatter(language, { maximumFractionDigits: QUANTITY_DIGITS }).format(value));
}

function money(value: number, currency: string, language: Language, digits: Intl.NumberFormatOptions): string {
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: WITH_SIGN.has(currency) ? 'narrowSymbol' : 'code',
    ...digits,
  };
  return uniform(formatter(language, options).format(value));
}

/**
 * A sum of money: "12 345,60 ₽", "¥1,234.50", "1 234,50 CAD".
 * @param currency ISO 4217 letters
 */
export function formatMoney(value: number, currency: string, language: Language): string {
  return money(value, currency, language, {});
}

/**
 * A price, which may be finer than the smallest coin: "0,1275 ₽". Never shorter than the currency's usual two decimals.
 * @param currency ISO 4217 letters
 */
export function formatPrice(value: number, currency: string, language: Language): string {
  return money(value, currency, language, { maximumFractionDigits: PRICE_DIGITS });
}

/**
 * A share with at most one decimal: "40 %" in Russian (with U+00A0), "40%" in English.
 * @param percent from 0 to 100
 */
export function formatPercent(percent: number, language: Language): string {
  return uniform(formatter(language, { style: 'percent', maximumFractionDigits: 1 }).format(percent / 100));
}

/** The items of a list in one phrase: "остаток, цену или заказ". The items are taken as they stand. */
export function formatList(items: string[], type: 'conjunction' | 'disjunction', language: Language): string {
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : 'ru-RU', { type }).format(items);
}
