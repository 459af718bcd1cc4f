import { performance } from 'node:perf_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { courtesyOf } from '../../classifier/courtesy';
import type { Understanding } from '../../classifier/understanding';
import { QuestionMetrics } from '../../metrics/question.metrics';
import { type CallTrace, createCallTrace } from '../../onec/call-trace';
import {
  buttonLabel,
  renderBlocked,
  renderNotLinked,
  renderPending,
  renderPromise,
  renderPromiseKept,
  renderSystemAwayPromised,
  renderTooManyQuestions,
  renderUnreadable,
  type UnreadableKind,
} from '../../replies';
import { type Identity, SupplierService } from '../../suppliers/supplier.service';
import { FeedbackService } from '../../understanding/feedback/feedback.service';
import { UnderstandingService } from '../../understanding/understanding.service';
import { AnswersService } from '../answers/answers.service';
import { Contact } from '../answers/contact';
import { FailureAnswer } from '../answers/failure.answer';
import { HelpAnswer } from '../answers/help.answer';
import { replyOptions } from '../answers/reply-options';
import type { Button } from '../keyboards/inline-keyboards';
import { type KeptQuestion, PromisesService } from '../promises/promises.service';
import { UpdateScope } from '../reception/update-scope';
import { AnswerDelivery } from './answer-delivery';
import { ChatMemory } from './chat-memory';
import { ChatRateLimit } from './chat-rate-limit';
import type { Answer, Asker, Question } from './question';
import { summaryOf } from './question-summary';
import { TypingIndicator } from './typing-indicator';
import { type AnswerAction, asksForAllOrders, isWorthKeeping, understandingOf, understood } from './wish';

/** What a person wants of the bot, before it is known who they are. */
interface Wish {
  understand(now: number): Understanding | Promise<Understanding>;
  answer(question: Question): Promise<Answer[]>;
  offset?: number;
  allOrders?: boolean;
  fresh?: boolean;
  /** The message that the answer replaces. */
  messageId?: number;
  /** The question is answered later by itself where 1C is away. */
  promise?: { text?: string };
}

/** The way of one question: who asks, what is asked, what is known, how to say it. */
@Injectable()
export class DialogueService {
  private readonly logger = new Logger(DialogueService.name);

  constructor(
    private readonly suppliers: SupplierService,
    private readonly understanding: UnderstandingService,
    private readonly feedback: FeedbackService,
    private readonly answers: AnswersService,
    private readonly help: HelpAnswer,
    private readonly failures: FailureAnswer,
    private readonly contact: Contact,
    private readonly delivery: AnswerDelivery,
    private readonly promises: PromisesService,
    private readonly memory: ChatMemory,
    private readonly limit: ChatRateLimit,
    private readonly typing: TypingIndicator,
    private readonly scope: UpdateScope,
    private readonly metrics: QuestionMetrics,
  ) {}

  /** A message in the supplier's own words. */
  ask(asker: Asker, text: string): Promise<void> {
    return this.fulfil(asker, {
      understand: (now) => this.understand(asker, text, now),
      answer: async (question) => {
        const { intents } = question.understanding;
        const courtesy = intents.length === 1 && intents[0] === 'help' ? courtesyOf(text) : null;
        return courtesy ? [this.help.returnCourtesy(question, courtesy)] : this.answers.answer(question);
      },
      promise: { text },
    });
  }

  /** A command or an entry of the menu, which says by itself what is asked. */
  choose(asker: Asker, understanding: Understanding, text?: string): Promise<void> {
    return this.fulfil(asker, {
      understand: () => understanding,
      answer: (question) => this.answers.answer(question),
      promise: { text },
    });
  }

  start(asker: Asker): Promise<void> {
    return this.fulfil(asker, {
      understand: () => understood(['help']),
      answer: async (question) => [await this.help.start(question)],
    });
  }

  /** @param messageId the message under which the button stands */
  press(asker: Asker, action: AnswerAction, messageId: number | undefined): Promise<void> {
    return this.fulfil(asker, {
      understand: () => {
        const pressed = understandingOf(action);
        if (!action.inPlace) this.feedback.pressed(asker.chatId, pressed);
        return pressed;
      },
      answer: async (question) => [await this.answers.topic(question, action.topic)],
      offset: action.offset,
      allOrders: asksForAllOrders(action),
      fresh: action.fresh,
      // What is only refreshed or turned over can be pressed again.
      ...(action.inPlace ? { messageId } : { promise: {} }),
    });
  }

  /** A message that is not text. */
  async unreadable(asker: Asker, kind: UnreadableKind): Promise<void> {
    const html = renderUnreadable({ kind }, { language: asker.language });
    await this.delivery.deliver(asker, [{ html, outcome: 'not_understood', buttons: [] }]);
  }

  private async understand(asker: Asker, text: string, now: number): Promise<Understanding> {
    const { chatId, updateId, firstName = '' } = asker;
    const names = [firstName, this.memory.manager(chatId)?.name ?? ''];
    const signal = this.scope.signalOf(updateId);
    const context = await this.memory.context(chatId);
    const understanding = await this.understanding.understand(text, context, now, { signal, names });
    this.feedback.understood(chatId, text, understanding, names);
    return understanding;
  }

  private async fulfil(asker: Asker, wish: Wish): Promise<void> {
    const now = Date.now();
    const startedAt = performance.now();
    const trace = createCallTrace();
    const signal = this.scope.signalOf(asker.updateId);
    const admission = this.limit.admit(asker.chatId, now);
    if (admission === 'refused') return;
    const typing = this.typing.for(asker.chatId);
    let understanding: Understanding | null = null;
    let answers: Answer[];
    try {
      if (admission === 'first_refused') {
        answers = [{ html: renderTooManyQuestions({}, replyOptions({ asker, now })), outcome: 'limited', buttons: [] }];
      } else {
        const options = { trace, signal, onAsk: typing.start };
        const identity = await this.suppliers.identify(asker.chatId, options);
        if (identity.kind === 'active') {
          this.memory.setManager(asker.chatId, identity.supplier.manager);
          understanding = await wish.understand(now);
          this.logUnderstanding(asker, understanding);
          answers = await wish.answer({
            asker,
            supplier: identity.supplier,
            understanding,
            offset: wish.offset ?? 0,
            allOrders: wish.allOrders,
            options: { ...options, fresh: wish.fresh },
            now,
          });
          await this.remember(asker, understanding, answers, now);
        } else {
          answers = [this.turnAway(asker, identity, now)];
        }
      }
    } catch (error) {
      answers = [this.failures.answer(error, asker, now)];
    }
    typing.stop();
    // The process stops: the question is left to the next one, which will answer it.
    signal?.throwIfAborted();
    if (wish.promise && answers.some(({ away }) => away)) {
      if (!understanding) {
        understanding = await wish.understand(now);
        await this.remember(asker, understanding, [], now);
      }
      const { allOrders, promise } = wish;
      answers = await this.promise({ askedAt: now, asker, understanding, allOrders, ...promise }, answers);
    }
    const messages = await this.delivery.deliver(asker, answers, wish.messageId);
    this.noteQuestion(asker, understanding, answers, trace, {
      messages,
      ms: Math.round(performance.now() - startedAt),
    });
  }

  /**
   * Answers a question that was kept while 1C was away.
   *
   * @returns false where 1C still does not answer: nothing was said then
   */
  async keepPromise(kept: KeptQuestion, signal: AbortSignal): Promise<boolean> {
    const { asker, understanding, allOrders, text } = kept;
    const now = Date.now();
    const startedAt = performance.now();
    const trace = createCallTrace();
    const options = { trace, signal };
    let answers: Answer[];
    try {
      const identity = await this.suppliers.identify(asker.chatId, options);
      answers =
        identity.kind === 'active'
          ? await this.answers.answer({
              asker,
              supplier: identity.supplier,
              understanding,
              offset: 0,
              allOrders,
              options,
              now,
            })
          : [this.turnAway(asker, identity, now)];
    } catch (error) {
      answers = [this.failures.answer(error, asker, now)];
    }
    signal.throwIfAborted();
    if (answers.some(({ away }) => away)) return false;
    const head: Answer = {
      html: renderPromiseKept({ question: text }, replyOptions({ asker, now })),
      outcome: 'answered',
      buttons: [],
    };
    const messages = await this.delivery.deliverLate(asker, [head, ...answers]);
    const ms = Math.round(performance.now() - startedAt);
    this.noteQuestion(asker, understanding, answers, trace, { messages, ms, promised: true });
    return true;
  }

  /** Keeps the question and says so in its answers; where it cannot be kept they stay as they are. */
  private async promise(question: KeptQuestion, answers: Answer[]): Promise<Answer[]> {
    const id = isWorthKeeping(question.understanding) ? await this.promises.make(question) : null;
    if (id === null) return answers;
    const { asker, askedAt } = question;
    const options = replyOptions({ asker, now: askedAt });
    const cancel: Button = {
      label: buttonLabel('cancel', asker.language),
      action: { topic: 'cancel', words: [id] },
    };
    const last = answers.findLastIndex(({ away }) => away);
    return answers.map((answer, index) => {
      if (!answer.away) return answer;
      const html =
        answer.outcome === 'trouble'
          ? renderSystemAwayPromised(this.contact.of(asker.chatId), options)
          : `${answer.html}\n\n${renderPromise(options)}`;
      return { ...answer, html, buttons: index === last ? [...answer.buttons, [cancel]] : answer.buttons };
    });
  }

  private turnAway(asker: Asker, identity: Exclude<Identity, { kind: 'active' }>, now: number): Answer {
    const options = replyOptions({ asker, now });
    if (identity.kind === 'unknown') {
      const data = { ...this.contact.of(asker.chatId), chatId: asker.chatId };
      return { html: renderNotLinked(data, options), outcome: 'not_linked', buttons: [] };
    }
    this.memory.setManager(asker.chatId, identity.supplier.manager);
    const render = identity.kind === 'pending' ? renderPending : renderBlocked;
    return { html: render(this.contact.of(asker.chatId), options), outcome: 'not_linked', buttons: [] };
  }

  /** A product named in words stands for its article from now on ("а почём они?"). */
  private async remember(asker: Asker, understanding: Understanding, answers: Answer[], now: number): Promise<void> {
    const found = answers.find(({ articles }) => articles && articles.length > 0)?.articles ?? [];
    const isNamed = understanding.articles.length === 0 || understanding.nameWithArticle !== undefined;
    const known = isNamed && found.length > 0 ? { ...understanding, articles: found } : understanding;
    const context = await this.memory.context(asker.chatId);
    await this.memory.setContext(asker.chatId, this.understanding.remember(context, known, now));
  }

  private logUnderstanding({ chatId, updateId }: Asker, understanding: Understanding): void {
    const { intents, sure, candidates, articles, order, product, period } = understanding;
    this.logger.debug({
      event: 'understood',
      chatId,
      updateId,
      intents,
      sure,
      candidates,
      articles,
      order,
      product,
      period,
    });
  }

  private noteQuestion(
    { chatId, updateId }: Asker,
    understanding: Understanding | null,
    answers: Answer[],
    trace: CallTrace,
    result: { messages: number; ms: number; promised?: true },
  ): void {
    this.logger.log({
      event: 'question',
      chatId,
      updateId,
      intents: understanding?.intents ?? [],
      articles: understanding?.articles ?? [],
      order: understanding?.order ?? null,
      outcome: [...new Set(answers.map(({ outcome }) => outcome))].join('+'),
      ...trace,
      ...result,
    });
    const summary = summaryOf(understanding, answers, trace);
    if (result.promised) this.metrics.promiseKept(summary.outcome);
    else this.metrics.answered({ ...summary, seconds: result.ms / 1000 });
  }
}
