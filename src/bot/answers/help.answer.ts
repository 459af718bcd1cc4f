import { Injectable } from '@nestjs/common';
import type { Courtesy } from '../../classifier/courtesy';
import type { Intent } from '../../classifier/understanding';
import {
  type HelpData,
  intentLabel,
  renderAskIntent,
  renderAgreement,
  renderGoodbye,
  renderHelp,
  renderNotUnderstood,
  renderStart,
  renderThanks,
} from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import type { ButtonAction } from '../keyboards/callback-data';
import { inRows } from '../keyboards/in-rows';
import { Contact } from './contact';
import { replyOptions } from './reply-options';
import { SupportedOperations } from './supported-operations';
import { topicsOf } from './topics';

/** The labels of intents are short. */
const CANDIDATES_IN_ROW = 3;

/** Answers what the bot can do, and asks back where a message was not understood. */
@Injectable()
export class HelpAnswer {
  constructor(
    private readonly contact: Contact,
    private readonly supported: SupportedOperations,
  ) {}

  async help(question: Question): Promise<Answer> {
    const data = await this.dataOf(question);
    return { html: renderHelp(data, replyOptions(question)), outcome: 'answered', buttons: [], menu: true };
  }

  async start(question: Question): Promise<Answer> {
    const data = { ...(await this.dataOf(question)), supplierName: question.supplier.name };
    return { html: renderStart(data, replyOptions(question)), outcome: 'answered', buttons: [], menu: true };
  }

  returnCourtesy(question: Question, courtesy: Courtesy): Answer {
    const render = { thanks: renderThanks, farewell: renderGoodbye, agreement: renderAgreement };
    return { html: render[courtesy](replyOptions(question)), outcome: 'answered', buttons: [] };
  }

  async notUnderstood(question: Question): Promise<Answer> {
    const html = renderNotUnderstood(await this.dataOf(question), replyOptions(question));
    return { html, outcome: 'not_understood', buttons: [], menu: true };
  }

  /** One button a candidate, each for the same articles, number or product. */
  async askBack(question: Question): Promise<Answer> {
    const { candidates, articles } = question.understanding;
    const offered = candidates.filter((intent) => intent !== 'other');
    if (offered.length === 0) return this.notUnderstood(question);
    return {
      html: renderAskIntent({ candidates: offered, articles }, replyOptions(question)),
      outcome: 'asked_back',
      buttons: inRows(
        offered.map((intent) => ({
          label: intentLabel(intent, question.asker.language),
          action: actionOf(intent, question),
        })),
        CANDIDATES_IN_ROW,
      ),
    };
  }

  private async dataOf({ supplier, asker, now, understanding }: Question): Promise<HelpData> {
    return {
      ...this.contact.of(asker.chatId),
      contactName: supplier.contactName ?? asker.firstName,
      operations: await this.supported.ask(now),
      exampleArticle: understanding.articles[0],
    };
  }
}

function actionOf(intent: Intent, { understanding: { articles, order, product } }: Question): ButtonAction {
  const [topic = 'help'] = topicsOf([intent]);
  const number = order ? [order] : [];
  switch (topic) {
    case 'orders':
      return order ? { topic: 'order', words: number } : { topic, words: [] };
    case 'payments':
      return { topic, words: number };
    case 'product':
      return articles.length === 0 && product ? { topic: 'search', words: [product] } : { topic, words: articles };
    default:
      return articles.length === 0 && product ? { topic, words: [product], named: true } : { topic, words: articles };
  }
}
