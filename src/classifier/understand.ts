import { analyse, type Analysis, withRoles } from './analysis';
import { alive, carriedIntents, inherit, type Objects, resolveObjects } from './dialogue/conversation';
import { findPeriod } from './extraction/period';
import { findProduct, productNameOf } from './extraction/product-name';
import { type Decision } from './intents/decide';
import { decideByRules, type Judge } from './intents/rules-judge';
import { type ConversationContext, type Intent, type Understanding } from './understanding';

/** Intents that are answered without objects, so that a product's name says nothing. */
const WITHOUT_OBJECTS: readonly Intent[] = ['help', 'manager', 'other'];

/** What can be asked of goods, the most frequent first. */
const ASKED_OF_GOODS: readonly Intent[] = ['stock', 'price', 'product'];

/**
 * Understands one message in its conversation, layer by layer: normalisation, extraction, rules, the judge, the context.
 *
 * @param judge who decides on the intents: the rules alone or the trained model
 */
export function understandWith(
  judge: Judge,
  text: string,
  context: ConversationContext | null,
  now: number,
): Understanding {
  const first = analyse(text);
  const live = alive(context, now);
  const decision = decideInContext(judge, first, live);
  // What is asked tells whether a number is an article or a document's, so the roles are found once more.
  const analysis = withRoles(first, decision.intents);
  const objects = resolveObjects(analysis, live, decision.intents);
  const resolved = inherit(objects, decision.intents, analysis, live);
  const named =
    resolved.articles.length > 0 ||
    (decision.sure && decision.intents.every((intent) => WITHOUT_OBJECTS.includes(intent)));
  return {
    ...decision,
    intents: inOrderOfMention(decision.intents, analysis),
    articles: resolved.articles,
    order: resolved.order,
    product: named ? null : productOf(analysis, decision),
    period: decision.intents.includes('reconciliation') ? findPeriod(analysis.folded.text, now) : null,
  };
}

function decideInContext(judge: Judge, analysis: Analysis, context: ConversationContext | null): Decision {
  const alone = resolveObjects(analysis, null);
  const product = alone.articles.length > 0 ? null : findProduct(analysis);
  const byJudge = judge(analysis, decideByRules(analysis, { ...alone, product }));
  if (!judge.isFinal && isOnlyGoods(analysis, byJudge))
    return { intents: ['other'], sure: false, candidates: [...ASKED_OF_GOODS] };
  if (context === null) return byJudge;
  const objects: Objects = resolveObjects(analysis, context);
  return carriedIntents(analysis, objects, context, byJudge) ?? byJudge;
}

/** Goods by name and nothing asked of them ("перчатки нитриловые М"): which of these is meant must be asked. */
function isOnlyGoods(analysis: Analysis, { intents }: Decision): boolean {
  const { scores, codes } = analysis;
  const name = productNameOf(analysis);
  if (name === null || scores.other >= 1 || scores.help >= 1 || codes.some(({ role }) => role !== 'none')) return false;
  if (name.isAll) return name.isGoods || looksNamed(name.text);
  return intents.every((intent) => intent === 'other' || intent === 'help') && name.isGoods;
}

/** Runs of keys, syllables over and over, letters that do not stand together in Russian. */
const GIBBERISH =
  /[аеёиоуыэюя]{3}|[бвгджзйклмнпрстфхцчшщ]{5}|(.{2,4})\1|(.)\2\2|^[ьъы]|фыва|ывап|прол|ролд|йцук|цуке|ячсм|чсми|олдж/;

/** Unknown words alone in a message that read like a name: "кронштейн потолочный", "манометр", but no "ыва" or "мда". */
function looksNamed(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  return (
    words.length <= 5 &&
    words.every((word) => !GIBBERISH.test(word)) &&
    words.some((word) => word.length >= 5 && /[аеёиоуыэюя].*[аеёиоуыэюя]/.test(word))
  );
}

/** The product that is asked about; where papers are asked for, only one that is known for goods. */
function productOf(analysis: Analysis, { intents, sure }: Decision): string | null {
  const name = productNameOf(analysis);
  if (name === null) return null;
  return !sure || name.isGoods || intents.some((intent) => ASKED_OF_GOODS.includes(intent)) ? name.text : null;
}

/** Answered in the order asked. */
function inOrderOfMention(intents: readonly Intent[], { hits }: Analysis): Intent[] {
  const place = (intent: Intent): number => {
    const at = hits.findIndex((hit) => hit.intent === intent);
    return at < 0 ? hits.length : at;
  };
  return [...intents].sort((a, b) => place(a) - place(b));
}
