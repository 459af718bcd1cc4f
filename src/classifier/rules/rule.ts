import { type Intent } from '../understanding';

/**
 * One line of a rule table: what to look for, how much it says (3: alone enough, 2: enough where nothing speaks against
 * it, 1: a hint), and a message in which it is found.
 *
 * The pattern is words in small letters with ё as е, separated by spaces:
 * `остат*` a word that begins so; `счет|счета` one of these; `...` up to three words in between; `^` and `$` the
 * beginning and the end of the message; `#` an article or a number; `~date`, `~money`, `~quantity`, `~phone`,
 * `~time`, `~percent`, `~size`, `~link` what the name says; `?` that a question mark stands there.
 */
export type RuleLine = readonly [pattern: string, weight: number, example: string];

export type RuleTable = readonly RuleLine[];

export interface Rule {
  intent: Intent;
  pattern: string;
  weight: number;
}
