import { Inject, Injectable, Optional } from '@nestjs/common';
import { ClassifierService } from '../classifier/classifier.service';
import { alive } from '../classifier/dialogue/conversation';
import { type Judge } from '../classifier/intents/rules-judge';
import { understandWith } from '../classifier/understand';
import { type ConversationContext, type Intent, type Understanding } from '../classifier/understanding';
import { LanguageModelMetrics, type LanguageModelRefusal } from '../metrics/language-model.metrics';
import { type Grounded, grounded } from './language-model/grounding';
import { LanguageModel } from './language-model/language-model';
import { maskPersonalData } from './personal-data/mask-personal-data';

export interface UnderstandOptions {
  /** Ends the wait for the language model; the classifier's answer is returned then. */
  signal?: AbortSignal;
  /** Names that may occur in the text, such as the person's own: they do not leave the process. */
  names?: readonly string[];
}

/** Labels for one message; more are a guess. */
const MAX_SURE = 2;
/** Buttons to choose from. */
const MAX_CANDIDATES = 3;

/**
 * What a supplier's message asks for: the classifier's answer, and where it is not sure and there is a language model,
 * that model's labels, with every slot held against the text. Never rejects.
 */
@Injectable()
export class UnderstandingService {
  constructor(
    private readonly classifier: ClassifierService,
    @Optional() @Inject(LanguageModel) private readonly model: LanguageModel | null,
    @Optional() private readonly metrics: LanguageModelMetrics | null = null,
  ) {}

  /**
   * Understands one message.
   *
   * @param text as written
   * @param context of the same chat, as `remember` returned it
   * @param now milliseconds since the epoch
   */
  async understand(
    text: string,
    context: ConversationContext | null,
    now: number,
    { signal, names }: UnderstandOptions = {},
  ): Promise<Understanding> {
    const own = this.classifier.understand(text, context, now);
    if (own.sure || !this.model) return own;
    const message = maskPersonalData(text, names);
    const suggestion = await this.model.suggest(message, alive(context, now)?.intents ?? [], signal);
    if (!suggestion) return own;
    const labels = grounded(suggestion, message);
    const { intents } = labels;
    // That nobody has data for it is no better answer than the question back.
    if (intents.length === 0 || intents.includes('other')) return this.refuse(own, 'no_label');
    if (intents.length > MAX_CANDIDATES) return this.refuse(own, 'too_many_labels');
    const isSure = intents.length <= MAX_SURE;
    this.metrics?.used(isSure ? 'answer' : 'choice');
    if (!isSure) return { ...own, candidates: intents };
    return withSlots(understandWith(decided(intents), text, context, now), labels, text);
  }

  /**
   * What the words after a command are about, which says by itself what is asked; no language model is needed for it.
   *
   * @param text `BP-4500/2` of `/stock BP-4500/2`, or the name of a product
   */
  subjectOf(text: string): Pick<Understanding, 'articles' | 'product'> {
    const { articles } = this.classifier.understand(text);
    return { articles, product: articles.length > 0 ? null : text };
  }

  private refuse(own: Understanding, reason: LanguageModelRefusal): Understanding {
    this.metrics?.refuse(reason);
    return own;
  }

  /** The context to hand over with the next message of the chat. */
  remember(context: ConversationContext | null, understanding: Understanding, now: number): ConversationContext {
    return this.classifier.remember(context, understanding, now);
  }
}

/** The classifier's own layers find articles, documents, period and context for intents that are decided. */
function decided(intents: Intent[]): Judge {
  return Object.assign(() => ({ intents, sure: true, candidates: intents }), { isFinal: true as const });
}

/** What the classifier found in the text stays; the model only fills what it left empty or took from the conversation. */
function withSlots(found: Understanding, { articles, order, product }: Grounded, text: string): Understanding {
  const isNamed = found.articles.some((article) => text.includes(article));
  const known = isNamed || articles.length === 0 ? found.articles : articles.filter((code) => code !== found.order);
  const number = found.order ?? (order !== null && !known.includes(order) ? order : null);
  return { ...found, articles: known, order: number, product: known.length > 0 ? null : (found.product ?? product) };
}
