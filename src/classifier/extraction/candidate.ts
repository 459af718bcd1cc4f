import { type Lexeme } from './lexeme';

/** What a code or number of the message is. */
export type Role = 'article' | 'document' | 'none';

/** A code or number whose role was to be found. */
export interface Candidate {
  lexeme: Lexeme;
  role: Role;
  /** How clearly: 0 where the shape and the words left it open. */
  certainty: number;
  /** End of the date that belongs to the document's number ("567 от 12.03"), else of the lexeme. */
  end: number;
}
