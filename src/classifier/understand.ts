import { analyse, type Analysis, withRoles } from './analysis';
import { alive, carriedIntents, inherit, resolveObjects } from './dialogue/conversation';
import { findPeriod } from './extraction/period';
import { findNameWithArticle, type ProductName, productNameOf } from './extraction/product-name';
import { type Decision } from './intents/decide';
import { decideByRules, type Judge } from './intents/rules-judge';
import { decideBySentence, withFurtherQuestion } from './sentences';
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
  const nameAtFirst = productNameOf(first);
  const decision = decideInContext(judge, first, live, nameAtFirst);
  // What is asked tells whether a number is an article or a document's, so the roles are found once more.
  const analysis = withRoles(first, decision.intents);
  const { sure, candidates } = decision;
  const objects = resolveObjects(analysis, live, decision.intents);
  const name = analysis === first ? nameAtFirst : productNameOf(analysis);
  const { articles, order } = inherit(objects, decision.intents, { analysis, name }, live);
  const isAnsweredWithout = sure && decision.intents.every((intent) => WITHOUT_OBJECTS.includes(intent));
  const product = articles.length > 0 || isAnsweredWithout ? null : productOf(name, decision);
  const nameWithArticle = articles.length === 1 && objects.own ? findNameWithArticle(analysis) : null;
  return {
    intents: inOrderOfMention(decision.intents, analysis),
    sure,
    candidates,
    articles,
    ...(objects.by !== undefined && { articlesBy: objects.by }),
    order,
    product: product ?? inheritedProduct(decision, { articles, order }, live),
    ...(nameWithArticle !== null && { nameWithArticle }),
    period: decision.intents.includes('reconciliation') ? findPeriod(analysis.folded.text, now) : null,
  };
}

function decideInContext(
  judge: Judge,
  analysis: Analysis,
  context: ConversationContext | null,
  name: ProductName | null,
): Decision {
  const alone = resolveObjects(analysis, null);
  const product = alone.articles.length > 0 || name === null ? null : name.text;
  const asWhole = judge(analysis, decideByRules(analysis, { ...alone, product }));
  const byJudge = decideBySentence(judge, analysis, asWhole) ?? withFurtherQuestion(judge, analysis, asWhole);
  if (context !== null && !judge.isFinal) {
    const carried = carriedIntents(analysis, resolveObjects(analysis, context), context, byJudge, name);
    if (carried !== null) return carried;
  }
  if (!judge.isFinal && isOnlyGoods(analysis, byJudge, name))
    return { intents: ['other'], sure: false, candidates: [...ASKED_OF_GOODS] };
  return byJudge;
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
