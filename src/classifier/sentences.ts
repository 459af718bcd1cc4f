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
    const { intents, sure, confidence = 0 } = decideAsWhole(judge, analyse(sentence));
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

/** What a further question begins with, or what tells that a sentence asks. */
const FURTHER = /(?<=[.!?;])\s+|\n+|,?\s+(?=(?:а|и) (?:также|еще|ещё|заодно|кроме того)(?!\p{L}))/iu;
const ASKS =
  /\?|(?<!\p{L})(?:прошу|просим|просьба|подскаж|скаж|сообщ|уточн|подтверд|напиш|пришл|интересует|нужн|необходим|хотел|когда|сколько|какой|какая|какие|каков|почем|please|could|when|how)/iu;
/** Parts that are looked at for a second question. */
const PARTS = 5;
/** So sure must one be of what a part asks beside what the whole asks. */
const SURE_BESIDE = 0.9;

/**
 * Adds what a part of a message asks for sure beside the one thing that the message as a whole was taken for: "Сообщите
 * остаток по А-1, а также подтвердите дату оплаты накладной 115".
 */
export function withFurtherQuestion(judge: Judge, { folded }: Analysis, asWhole: Decision): Decision {
  const [only, ...more] = asWhole.intents;
  if (only === undefined || more.length > 0 || !asWhole.sure || NO_QUESTION.includes(only)) return asWhole;
  const parts = folded.original.split(FURTHER).filter((part) => ASKS.test(part));
  if (parts.length < 2) return asWhole;
  const asked = parts
    .slice(0, PARTS)
    .map((part) => decideAsWhole(judge, analyse(part)))
    .filter(({ sure, confidence = 0 }) => sure && confidence >= SURE_BESIDE)
    .flatMap(({ intents }) => intents.slice(0, 1))
    .filter((intent) => !NO_QUESTION.includes(intent));
  const [further] = asked.filter((intent) => intent !== only);
  if (further === undefined || !asked.includes(only)) return asWhole;
  return { ...asWhole, intents: [only, further] };
}

/**
 * What a message, or a part of one, asks as a whole and by itself.
 *
 * @param name of the product in it
 */
export function decideAsWhole(judge: Judge, analysis: Analysis, name = productNameOf(analysis)): Decision {
  const objects = ownObjects(analysis);
  const product = objects.articles.length > 0 || name === null ? null : name.text;
  return judge(analysis, decideByRules(analysis, { ...objects, product }));
}
