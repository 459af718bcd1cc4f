import { analyse, type Analysis, withRoles } from './analysis';
import { alive, carriedIntents, inherit, resolveObjects } from './dialogue/conversation';
import { findPeriod } from './extraction/period';
import { findNameWithArticle, type ProductName, productNameOf } from './extraction/product-name';
import { type Decision } from './intents/decide';
import { type Judge } from './intents/rules-judge';
import { decideAsWhole, decideBySentence, withFurtherQuestion } from './sentences';
import { type ConversationContext, type Intent, type Understanding } from './understanding';

/** Intents that are answered without objects, so that a product's name says nothing. */
const WITHOUT_OBJECTS: readonly Intent[] = ['help', 'manager', 'other'];

/** What can be asked of goods, the most frequent first. */
const ASKED_OF_GOODS: readonly Intent[] = ['stock', 'price', 'product'];

/** What a message says by itself, without regard to the conversation: the same for everybody who writes it. */
export interface Reading {
  analysis: Analysis;
  name: ProductName | null;
  decision: Decision;
  /** Taken apart anew for the intents that it was understood to have, by those intents. */
  byIntents: Map<string, Pick<Reading, 'analysis' | 'name'>>;
}

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
  return understandReading(judge, read(judge, text), context, now);
}

/** The layers of one message that do not depend on its conversation. */
export function read(judge: Judge, text: string): Reading {
  const analysis = analyse(text);
  const name = productNameOf(analysis);
  const asWhole = decideAsWhole(judge, analysis, name);
  const decision = decideBySentence(judge, analysis, asWhole) ?? withFurtherQuestion(judge, analysis, asWhole);
  return { analysis, name, decision, byIntents: new Map() };
}

/** The layers that do. @param judge the same that it was read with */
export function understandReading(
  judge: Judge,
  reading: Reading,
  context: ConversationContext | null,
  now: number,
): Understanding {
  const live = alive(context, now);
  const decision = decideInContext(judge, reading, live);
  const { intents, sure, candidates } = decision;
  const { analysis, name } = withIntents(reading, intents);
  const objects = resolveObjects(analysis, live, intents);
  const { articles, order } = inherit(objects, intents, { analysis, name }, live);
  const isAnsweredWithout = sure && intents.every((intent) => WITHOUT_OBJECTS.includes(intent));
  const product = articles.length > 0 || isAnsweredWithout ? null : productOf(name, decision);
  const nameWithArticle = articles.length === 1 && objects.own ? findNameWithArticle(analysis) : null;
  return {
    intents: inOrderOfMention(intents, analysis),
    sure,
    candidates: [...candidates],
    articles,
    ...(objects.by !== undefined && { articlesBy: objects.by }),
    order,
    product: product ?? inheritedProduct(decision, { articles, order }, live),
    ...(nameWithArticle !== null && { nameWithArticle }),
    period: intents.includes('reconciliation') ? findPeriod(analysis.folded.text, now) : null,
  };
}

/** What is asked tells whether a number is an article or a document's, so the roles are found once more. */
function withIntents({ analysis, name, byIntents }: Reading, intents: readonly Intent[]) {
  const key = intents.join();
  const known = byIntents.get(key);
  if (known) return known;
  const again = withRoles(analysis, intents);
  const found = { analysis: again, name: again === analysis ? name : productNameOf(again) };
  byIntents.set(key, found);
  return found;
}

function decideInContext(
  judge: Judge,
  { analysis, name, decision }: Reading,
  context: ConversationContext | null,
): Decision {
  if (context !== null && !judge.isFinal) {
    const carried = carriedIntents(analysis, resolveObjects(analysis, context), context, decision, name);
    if (carried !== null) return carried;
  }
  if (!judge.isFinal && isOnlyGoods(analysis, decision, name))
    return { intents: ['other'], sure: false, candidates: [...ASKED_OF_GOODS] };
  return decision;
}

/** Goods by name and nothing asked of them ("перчатки нитриловые М"): which of these is meant must be asked. */
function isOnlyGoods({ scores, codes }: Analysis, { intents }: Decision, name: ProductName | null): boolean {
  if (name === null || scores.other >= 1 || scores.help >= 1 || codes.some(({ role }) => role !== 'none')) return false;
  if (name.isAll) return name.isGoods || name.isLikely;
  return intents.every((intent) => intent === 'other' || intent === 'help') && name.isGoods;
}

/** The product that is asked about; where papers are asked for, only one that is known for goods. */
function productOf(name: ProductName | null, { intents, sure }: Decision): string | null {
  if (name === null) return null;
  return !sure || name.isGoods || intents.some((intent) => ASKED_OF_GOODS.includes(intent)) ? name.text : null;
}

/** The product talked about, where the message goes on about goods and names none ("а цена?"). */
function inheritedProduct(
  { intents, sure }: Decision,
  { articles, order }: { articles: string[]; order: string | null },
  context: ConversationContext | null,
): string | null {
  const goesOn = sure && articles.length === 0 && order === null && intents.some((one) => ASKED_OF_GOODS.includes(one));
  return goesOn && context !== null && context.articles.length === 0 ? context.product : null;
}

/** Answered in the order asked. */
function inOrderOfMention(intents: readonly Intent[], { hits }: Analysis): Intent[] {
  const place = (intent: Intent): number => {
    const at = hits.findIndex((hit) => hit.intent === intent);
    return at < 0 ? hits.length : at;
  };
  return [...intents].sort((a, b) => place(a) - place(b));
}
