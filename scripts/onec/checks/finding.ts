/** What is checked; each of them is shown to fail on a broken sample. */
export const RULES = [
  'xml-well-formed',
  'xml-bom',
  'xml-root',
  'uuid-format',
  'uuid-unique',
  'uuid-locked',
  'configuration',
  'child-objects',
  'object-name',
  'property-order',
  'generated-types',
  'module-flags',
  'module-file',
  'http-template',
  'http-handler',
  'operations',
  'role-rights',
  'default-roles',
  'form',
  'bsl-syntax',
  'bsl-bom',
  'line-length',
  'line-end',
  'indent',
  'letter-yo',
  'comment-space',
  'keyword-spelling',
  'mixed-alphabets',
  'regions',
  'documentation',
  'method-length',
  'parameter-count',
  'nesting',
  'returns',
  'cyclomatic-complexity',
  'cognitive-complexity',
  'calls',
  'unused',
  'variables',
  'forbidden',
  'writes',
  'portability',
  'hard-coded',
  'query-text',
  'query-parameters',
  'query-shape',
  'query-names',
] as const;

export type RuleName = (typeof RULES)[number];

/** Something that is wrong with the extension. */
export interface Finding {
  rule: RuleName;
  /** Relative to `onec/`. */
  file: string;
  line?: number;
  message: string;
}
