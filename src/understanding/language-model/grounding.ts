import { type Intent, INTENTS } from '../../classifier/understanding';
import { type Suggestion } from './suggestion';

/** What of a suggestion stands in the message itself. */
export interface Grounded {
  /** Known labels, each once; a greeting or `other` beside a question is left out. */
  intents: Intent[];
  articles: string[];
  order: string | null;
  product: string | null;
}

const ALONE: readonly Intent[] = ['help', 'other'];
const ALNUM = /[\p{L}\d]/u;

/**
 * Holds a suggestion against the message: unknown labels are dropped, and every article, number and word of a product
 * that does not stand there. What a message makes the model say beyond that has no effect.
 *
 * @param message as the model got it, without personal data
 */
export function grounded(suggestion: Suggestion, message: string): Grounded {
  const known = INTENTS.filter((intent) => suggestion.intents.includes(intent));
  const questions = known.filter((intent) => !ALONE.includes(intent));
  const articles = [...new Set((suggestion.articles ?? []).map((code) => code.trim()))].filter((code) =>
    isCodeOf(code, message),
  );
  const order = suggestion.order?.trim() ?? '';
  return {
    intents: questions.length > 0 ? questions : known.slice(0, 1),
    articles,
    order: isCodeOf(order, message) && !articles.includes(order) ? order : null,
    product: wordsOf(suggestion.product ?? '', message),
  };
}

/** Letter by letter in the message, as a word of its own, and with a digit: "ALL" is no article. */
function isCodeOf(code: string, message: string): boolean {
  if (!/\d/.test(code)) return false;
  for (let at = message.indexOf(code); at >= 0; at = message.indexOf(code, at + 1)) {
    const [before, after] = [message.charAt(at - 1), message.charAt(at + code.length)];
    if (!ALNUM.test(before) && !ALNUM.test(after)) return true;
  }
  return false;
}

const WORD = /[\p{L}\d][\p{L}\d.,/+-]*/gu;
const bare = (word: string): string => word.toLowerCase().replace(/[.,/+-]+$/, '');

/** The words that stand in the message, as they stand there. */
function wordsOf(product: string, message: string): string | null {
  const there = new Map((message.match(WORD) ?? []).map((word) => [bare(word), word.replace(/[.,/+-]+$/, '')]));
  const kept = (product.match(WORD) ?? []).flatMap((word) => there.get(bare(word)) ?? []);
  return kept.length > 0 ? kept.join(' ') : null;
}
