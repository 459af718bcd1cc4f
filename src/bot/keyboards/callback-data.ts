/** Bytes that Telegram takes as `callback_data` (Bot API, InlineKeyboardButton). */
export const CALLBACK_DATA_MAX_BYTES = 64;

/** What a button asks for, each with the letter that stands for it in `callback_data`. */
const CODES = {
  stock: 's',
  price: 'p',
  stock_and_price: 'b',
  product: 'i',
  search: 'q',
  order: 'o',
  orders: 'l',
  payments: 'm',
  reconciliation: 'r',
  manager: 'h',
  help: '?',
  /** A promised answer is no longer needed; its word is the promise's id. */
  cancel: 'x',
} as const;

export type ButtonTopic = keyof typeof CODES;
/** What is answered with a message. */
export type AnswerTopic = Exclude<ButtonTopic, 'cancel'>;

export interface ButtonAction {
  topic: ButtonTopic;
  /** Articles, or the one number or search text that the topic is about. */
  words: string[];
  /** First row of the page. */
  offset?: number;
  /** The answer replaces the message under which the button stands. */
  inPlace?: boolean;
  /** Ask the accounting system, whatever the cache holds. */
  fresh?: boolean;
  /** The one word is the name of a product, where the topic's words are articles otherwise. */
  named?: boolean;
}

const TOPICS = new Map(Object.entries(CODES).map(([topic, code]) => [code as string, topic as ButtonTopic]));
const SEPARATOR = '\n';

/** The whole action as text, of any length; `parseAction` reads it. */
export function formatAction(action: ButtonAction): string {
  const flags = `${action.inPlace ? 'e' : ''}${action.fresh ? 'f' : ''}${action.named ? 'n' : ''}`;
  const head = `${CODES[action.topic]}${flags}${action.offset ? action.offset : ''}`;
  return [head, ...action.words.map((word) => word.replaceAll(SEPARATOR, ' '))].join(SEPARATOR);
}

/** @returns null where the text is no action of this version */
export function parseAction(text: string): ButtonAction | null {
  const [head = '', ...words] = text.split(SEPARATOR);
  const match = /^(.)(e?)(f?)(n?)(\d{0,6})$/.exec(head);
  const topic = match?.[1] ? TOPICS.get(match[1]) : undefined;
  if (!match || !topic) return null;
  const [, , inPlace, fresh, named, offset] = match;
  return {
    topic,
    words,
    ...(offset ? { offset: Number(offset) } : {}),
    ...(inPlace ? { inPlace: true } : {}),
    ...(fresh ? { fresh: true } : {}),
    ...(named ? { named: true } : {}),
  };
}

export function fitsCallbackData(text: string): boolean {
  return Buffer.byteLength(text) <= CALLBACK_DATA_MAX_BYTES;
}
