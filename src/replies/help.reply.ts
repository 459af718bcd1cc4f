import type { Language } from '../classifier/understanding';
import type { Operation } from '../onec/contract';
import { contactLine, type ManagerContact } from './manager.reply';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { blocks, field, given, lines } from './text';

/** What a supplier can ask about, in the order of how often it is asked. */
const TOPICS = ['stock', 'prices', 'orders', 'payments', 'products', 'reconciliation'] as const;
type Topic = (typeof TOPICS)[number];

/** Shown in examples where no article of the supplier's own is at hand. */
const EXAMPLE_ARTICLE = 'BP-4500/2';

export interface HelpData extends ManagerContact {
  /** Whom to greet (contract, `contactName`). */
  contactName?: string | null;
  /** What the accounting system serves; the rest is not offered. */
  operations: ReadonlySet<Operation>;
  /** An article that the supplier knows, for the examples. */
  exampleArticle?: string | null;
}

/** The topics that the accounting system serves, each with its name and an example question, as HTML. */
export function examples(
  { operations, exampleArticle }: Pick<HelpData, 'operations' | 'exampleArticle'>,
  language: Language,
): { topic: string; question: string }[] {
  const article = given(exampleArticle) ? exampleArticle : EXAMPLE_ARTICLE;
  return TOPICS.filter((topic: Topic) => operations.has(topic)).map((topic) => ({
    topic: message(language, `help.topics.${topic}`),
    question: message(language, `help.questions.${topic}`, { article }),
  }));
}

const greeting = (name: string | null | undefined, language: Language) =>
  field(language, 'help.greetingName', 'name', name) || message(language, 'help.greeting');

function abilities(data: HelpData, language: Language): string {
  const list = examples(data, language);
  if (list.length === 0) return blocks(message(language, 'help.nothing'), contactLine(data, language));
  return blocks(
    lines(message(language, 'help.intro'), ...list.map((example) => message(language, 'help.example', example))),
    data.operations.has('stock') && data.operations.has('prices') && message(language, 'help.several'),
    contactLine(data, language),
  );
}

/** What the bot can do, with examples of what the accounting system serves. Telegram HTML. */
export function renderHelp(data: HelpData, { language }: ReplyOptions): string {
  return blocks(greeting(data.contactName, language), abilities(data, language));
}

/** Answer to /start and to a greeting from a supplier whom the accounting system knows. Telegram HTML. */
export function renderStart(data: HelpData & { supplierName?: string | null }, { language }: ReplyOptions): string {
  return blocks(
    lines(greeting(data.contactName, language), field(language, 'help.connectedAs', 'supplier', data.supplierName)),
    abilities(data, language),
  );
}

/** Answer to thanks. */
export const renderThanks = ({ language }: ReplyOptions): string => message(language, 'thanks');

/** Answer to "ok". */
export const renderAgreement = ({ language }: ReplyOptions): string => message(language, 'agreement');

/** Answer to a farewell. */
export const renderGoodbye = ({ language }: ReplyOptions): string => message(language, 'goodbye');
