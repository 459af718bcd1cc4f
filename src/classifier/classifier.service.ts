import { Injectable } from '@nestjs/common';
import { analyse, type Analysis } from './analysis';
import { alive, inherit, isElliptic, nextContext, type Objects, resolveObjects } from './dialogue/conversation';
import { findPeriod } from './extraction/period';
import { findProduct } from './extraction/product-name';
import { decide, type Decision } from './intents/decide';
import { type Scores } from './intents/score';
import { type ConversationContext, type Intent, type Understanding } from './understanding';

/** Intents that a message which only names another object can carry on. */
const CARRIED: readonly Intent[] = ['stock', 'price', 'order', 'product', 'payment', 'reconciliation'];

/** What a supplier's message asks for. Pure: the same text, context and time give the same answer. */
@Injectable()
export class ClassifierService {
  /**
   * Understands one message.
   *
   * @param text as written, up to 4,096 characters are looked at
   * @param context of the same chat, as `remember` returned it; ignored where older than CONTEXT_TTL_MS
   * @param now milliseconds since the epoch; periods and the age of the context are relative to it
   */
  understand(text: string, context: ConversationContext | null = null, now: number = Date.now()): Understanding {
    const analysis = analyse(text);
    const live = alive(context, now);
    const objects = resolveObjects(analysis, live);
    const product = objects.articles.length > 0 ? null : findProduct(analysis);
    const decision = this.decide(analysis, objects, product, live);
    const { intents } = decision;
    const resolved = inherit(objects, intents, analysis, live);
    const asksForGoods = !intents.some((intent) => intent === 'help' || intent === 'manager' || intent === 'other');
    return {
      ...decision,
      articles: resolved.articles,
      order: resolved.order,
      product: asksForGoods && resolved.articles.length === 0 ? product : null,
      period: intents.includes('reconciliation') ? findPeriod(analysis.folded.text, now) : null,
    };
  }

  /** The context to hand over with the next message of the chat. */
  remember(context: ConversationContext | null, understanding: Understanding, now: number): ConversationContext {
    return nextContext(context, understanding, now);
  }

  /** What the rules alone make of one message. */
  rules(analysis: Analysis): Decision {
    const objects = resolveObjects(analysis, null);
    return decide(withObjects(analysis, objects, objects.articles.length > 0 ? null : findProduct(analysis)));
  }

  private decide(
    analysis: Analysis,
    objects: Objects,
    product: string | null,
    context: ConversationContext | null,
  ): Decision {
    const carried = context?.intents.filter((intent) => CARRIED.includes(intent)) ?? [];
    const scores = withObjects(analysis, objects, product);
    const decision = decide(scores);
    const hasPeriod = carried.includes('reconciliation') && findPeriod(analysis.folded.text, 0) !== null;
    const silent =
      Math.max(...CARRIED.map((intent) => scoreOf(analysis, intent))) < 1.5 &&
      analysis.scores.other < 2 &&
      analysis.scores.manager < 1.5;
    if (carried.length > 0 && silent && (objects.correction || hasPeriod || (objects.own && isElliptic(analysis)))) {
      return { intents: carried, sure: true, candidates: carried };
    }
    return decision;
  }
}

const scoreOf = (analysis: Analysis, intent: Intent): number => analysis.scores[intent];

/** What the objects themselves say: an article alone asks for stock, a document's number for the order. */
function withObjects({ scores, words }: Analysis, objects: Objects, product: string | null): Scores {
  const result = { ...scores };
  const goods = Math.max(scores.stock, scores.price, scores.product);
  const papers = Math.max(scores.order, scores.payment, scores.reconciliation);
  if (objects.order !== null && papers < 1.8 && goods < 1.8) result.order += 2;
  if (objects.articles.length > 0 && Math.max(goods, papers, scores.manager) < 1.8)
    result.stock += words.length <= 4 ? 2 : 1.2;
  if (product !== null && scores.stock >= 0.8) result.stock += 0.8;
  return result;
}
