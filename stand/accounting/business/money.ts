/** @returns an amount in whole hundredths; money is added up as such, never as fractions */
export function cents(amount: number): number {
  return Math.round(amount * 100);
}

/** @returns the amount of so many hundredths */
export function fromCents(hundredths: number): number {
  return Math.round(hundredths) / 100;
}

/** @returns the sum, exact to the hundredth */
export function sumOf(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += cents(amount);
  return fromCents(total);
}

/** @returns how much of the whole the part is, in per cent; 100 and 0 only where it is all and nothing */
export function percentOf(part: number, whole: number): number {
  if (part <= 0 || whole <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}
