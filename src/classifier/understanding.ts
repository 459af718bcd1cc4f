/** What a supplier can ask for; `other` is what the bot has no data for. */
export const INTENTS = [
  'stock',
  'price',
  'order',
  'product',
  'payment',
  'reconciliation',
  'manager',
  'help',
  'other',
] as const;
export type Intent = (typeof INTENTS)[number];

export type Language = 'ru' | 'en';

/** Days of a period, both included, ISO 8601. */
export interface Period {
  from: string;
  to: string;
}

/** What one message asks for. */
export interface Understanding {
  /** In the order in which they are answered; never empty; `['other']` where nothing was understood. */
  intents: Intent[];
  /** False: the bot asks back with `candidates` as buttons rather than answer with data. */
  sure: boolean;
  /** Likeliest first; what to offer when not sure. */
  candidates: Intent[];
  /** As written, in the order written, also those taken from the conversation ("а по второму?"). */
  articles: string[];
  /** The articles were counted out of earlier ones ("по второму") or stand instead of one ("ой, не 100, а 110"). */
  articlesBy?: 'reference' | 'correction';
  /** Number of the order, invoice or document, as written. */
  order: string | null;
  /** The words that name a product where no article is given. */
  product: string | null;
  /**
   * The name that an article may be a part of ("подшипник 6205"): where the accounting system does not know the article,
   * the product is looked for by this name.
   */
  nameWithArticle?: string;
  /** The period of an act of reconciliation where one is named ("за март"). */
  period: Period | null;
}

/** Articles that were named together, or one by one after each other: what ordinals count in. */
export interface ArticleList {
  articles: string[];
  /** In one message or one answer. */
  together: boolean;
}

/** What a chat talked about, kept by the caller between messages; plain JSON. */
export interface ConversationContext {
  intents: Intent[];
  /** The articles that the last message was about. */
  articles: string[];
  /** Every article of the conversation in the order of its first mention, for "вернёмся к первой"; bounded. */
  mentioned: string[];
  /** The last lists, newest last, for "по второму"; bounded. */
  lists?: ArticleList[];
  order: string | null;
  /** Every document of the conversation in the order of its first mention, for "по первой когда ждать"; bounded. */
  documents?: string[];
  product: string | null;
  /** Milliseconds since the epoch of the last message. */
  at: number;
}

/** After so long a silence the earlier context has expired. */
export const CONTEXT_TTL_MS = 4 * 60 * 60 * 1000;
