import type { AskOptions } from '../../cache/accounting.service';
import type { Language, Understanding } from '../../classifier/understanding';
import type { OneCSupplier } from '../../onec/contract';
import type { Button } from '../keyboards/inline-keyboards';

/** Who asks, as the update tells. */
export interface Asker {
  chatId: number;
  updateId: number;
  language: Language;
  firstName?: string;
}

/** A question of a known supplier, ready to be answered. */
export interface Question {
  asker: Asker;
  supplier: OneCSupplier;
  understanding: Understanding;
  /** First row of the page asked for; 0 unless a button says otherwise. */
  offset: number;
  /** A list of orders is asked for with those that are done. */
  allOrders?: boolean;
  /** Passed on with every question to the accounting system: request id, cancellation, trace, freshness. */
  options: AskOptions;
  /** Milliseconds since the epoch. */
  now: number;
}

/** How a question ended, for the log. */
export type Outcome =
  | 'answered'
  /** 1C is away; an older answer was shown with its age. */
  | 'stale'
  | 'asked_back'
  | 'not_understood'
  | 'not_found'
  | 'not_linked'
  | 'not_supported'
  | 'limited'
  | 'trouble'
  | 'failed';

export interface AnswerDocument {
  content: Buffer;
  fileName: string;
  captionHtml: string;
}

/** What is said to one topic of a question. */
export interface Answer {
  html: string;
  outcome: Outcome;
  buttons: Button[][];
  /** 1C is away: a fresh answer can be promised. */
  away?: boolean;
  /** Shows the menu of the bot beneath the text field; such an answer has no buttons of its own. */
  menu?: boolean;
  document?: AnswerDocument;
  /** Articles that the answer turned out to be about, where the question named a product in words. */
  articles?: string[];
}
