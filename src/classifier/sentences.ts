import { analyse, type Analysis } from './analysis';
import { productNameOf } from './extraction/product-name';
import { type Decision } from './intents/decide';
import { decideByRules, type Judge } from './intents/rules-judge';
import { ownObjects } from './dialogue/conversation';
import { type Intent } from './understanding';

/** A message with fewer characters is read as a whole. */
const LONG = 90;
/** So sure must a sentence be of what it asks, and so sure where the whole reads like none of the bot's business. */
const SURE = 0.5;
const SURE_IN_OTHER = 0.97;
/** Sentences that are looked at, and questions that are answered. */
const SENTENCES = 40;
const QUESTIONS = 2;

const NO_QUESTION: readonly Intent[] = ['help', 'other'];

/**
 * What single sentences of a long message ask, where the message as a whole was not understood: a letter tells much
 * before it asks.
 *
 * @returns null where no sentence asks anything for sure
 */
export function decideBySentence(judge: Judge, { folded }: Analysis, asWhole: Decision): Decision | null {
  const isOther = asWhole.sure && (asWhole.confidence ?? 1) >= SURE;
  const enough = isOther ? SURE_IN_OTHER : SURE;
  if (folded.original.length < LONG || !asWhole.intents.includes('other')) return null;
  const sentences = folded.original.split(/(?<=[.!?;])\s+|\n+/).filter((sentence) => /\p{L}{2}/u.test(sentence));
  if (sentences.length < 2) return null;
  const best = new Map<Intent, number>();
  for (const sentence of sentences.slice(0, SENTENCES)) {
    const { intents, sure, confidence = 0 } = decideAlone(judge, sentence);
    if (!sure || confidence < enough) continue;
    for (const intent of intents) best.set(intent, Math.max(confidence, best.get(intent) ?? 0));
  }
  const intents = [...best]
    .filter(([intent]) => !NO_QUESTION.includes(intent))
    .sort(([, a], [, b]) => b - a)
    .slice(0, QUESTIONS)
    .map(([intent]) => intent);
  return intents.length > 0 ? { intents, sure: true, candidates: intents } : null;
}

function decideAlone(judge: Judge, text: string): Decision {
  const analysis = analyse(text);
  const objects = ownObjects(analysis);
  const product = objects.articles.length > 0 ? null : (productNameOf(analysis)?.text ?? null);
  return judge(analysis, decideByRules(analysis, { ...objects, product }));
}
