const COMPANY_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_WEIGHTS = [
  [7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
  [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
];

/**
 * A taxpayer number (ИНН) that passes its own check, of nobody.
 *
 * @param serial makes it unique
 * @param digits 10 of a company, 12 of a person
 */
export function innOf(serial: number, digits: 10 | 12): string {
  const weights = digits === 10 ? [COMPANY_WEIGHTS] : PERSON_WEIGHTS;
  const base = `99${String(serial).padStart(digits - 2 - weights.length, '0')}`;
  return weights.reduce((number, weight) => number + String(checkDigit(number, weight)), base);
}

function checkDigit(number: string, weights: readonly number[]): number {
  return (weights.reduce((sum, weight, index) => sum + weight * Number(number[index]), 0) % 11) % 10;
}
