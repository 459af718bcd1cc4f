import { type ValidationError } from 'class-validator';

/**
 * What does not fit, by the path of the field and the rule, without the values.
 *
 * @example 'items.0.price: isNumber; asOf: isIso8601'
 */
export function explain(violations: readonly ValidationError[]): string {
  const flatten = (violation: ValidationError, path: string): string[] => [
    ...(violation.constraints ? [`${path}: ${Object.keys(violation.constraints).join(', ')}`] : []),
    ...(violation.children ?? []).flatMap((child) => flatten(child, `${path}.${child.property}`)),
  ];
  return violations.flatMap((violation) => flatten(violation, violation.property)).join('; ');
}
