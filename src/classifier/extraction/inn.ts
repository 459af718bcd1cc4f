const WEIGHTS_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const WEIGHTS_11 = [7, ...WEIGHTS_10];
const WEIGHTS_12 = [3, ...WEIGHTS_11];

const checkDigit = (digits: string, weights: readonly number[]): number =>
  (weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0) % 11) % 10;

/** An INN of 10 digits (organisation) or 12 (person) with right check digits (order ЕД-7-14/559 of the tax service). */
export function isInn(digits: string): boolean {
  if (/^\d{10}$/.test(digits)) return checkDigit(digits, WEIGHTS_10) === Number(digits.charAt(9));
  if (!/^\d{12}$/.test(digits)) return false;
  return (
    checkDigit(digits, WEIGHTS_11) === Number(digits.charAt(10)) &&
    checkDigit(digits, WEIGHTS_12) === Number(digits.charAt(11))
  );
}
