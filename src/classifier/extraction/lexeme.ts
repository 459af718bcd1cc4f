/** What a stretch of a message is. Only `code` and `number` can be an article or a document number. */
export type LexemeKind =
  | 'word'
  | 'punctuation'
  | 'emoji'
  | 'code'
  | 'number'
  | 'phone'
  | 'date'
  | 'time'
  | 'money'
  | 'quantity'
  | 'percent'
  | 'size'
  | 'ordinal'
  | 'link'
  | 'inn'
  | 'amount';

/** A stretch of the folded message; `start` and `end` are offsets in it. */
export interface Lexeme {
  kind: LexemeKind;
  start: number;
  end: number;
  /** In small letters, ё as е. */
  text: string;
  /** White space stands before it. */
  spaced: boolean;
}
