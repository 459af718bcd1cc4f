/** How 1C bases write currencies: letters, digits of ISO 4217, and words. */
const CURRENCIES: readonly [code: string, written: RegExp][] = [
  ['RUB', /^(?:RUB|RUR|643|810|₽|р|руб.*)$/i],
  ['USD', /^(?:USD|840|\$|долл.*)$/i],
  ['EUR', /^(?:EUR|978|€|евро)$/i],
  ['CNY', /^(?:CNY|156|¥|юан.*)$/i],
  ['KZT', /^(?:KZT|398|тенге|тг)$/i],
  ['BYN', /^(?:BYN|933|бел.*руб.*)$/i],
];

/** @returns the ISO 4217 letters of a currency as 1C writes it (`руб.`, `643`, `RUB`); undefined where it is unknown */
export function currencyCode(written: string): string | undefined {
  const text = written.trim().replace(/\.$/, '');
  const known = CURRENCIES.find(([, pattern]) => pattern.test(text));
  return known?.[0] ?? (/^[A-Z]{3}$/i.test(text) ? text.toUpperCase() : undefined);
}
