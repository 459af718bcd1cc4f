import { joinCodes } from './extraction/codes';
import { type Lexeme } from './extraction/lexeme';
import { type Candidate } from './extraction/candidate';
import { assignRoles } from './extraction/roles';
import { scan } from './extraction/scan';
import { findHits, type Hit } from './intents/match';
import { clauseIntents, type Scores, scoreHits } from './intents/score';
import { type MessageWord, toWords } from './intents/words';
import { type Intent } from './understanding';
import { fold, type Folded } from './text/fold';

/** One message taken apart, without regard to the conversation. */
export interface Analysis {
  folded: Folded;
  lexemes: readonly Lexeme[];
  words: readonly MessageWord[];
  hits: readonly Hit[];
  /** How much the rules speak for each intent. */
  scores: Scores;
  /** What single clauses ask most, with the score there. */
  clauses: ReadonlyMap<Intent, number>;
  /** Codes and numbers in order, each with its role. */
  codes: readonly Candidate[];
}

/** Normalisation, extraction and rules for one message. */
export function analyse(text: string): Analysis {
  const folded = fold(text);
  const lexemes = joinCodes(folded, scan(folded));
  const words = toWords(lexemes);
  const hits = findHits(words);
  return {
    folded,
    lexemes,
    words,
    hits,
    scores: scoreHits(hits),
    clauses: clauseIntents(hits, words),
    codes: assignRoles(folded, { lexemes, words, hits }),
  };
}

/** The same with the roles of codes and numbers found anew, now that it is known what the message asks. */
export function withRoles(analysis: Analysis, intents: readonly Intent[]): Analysis {
  const { folded, lexemes, words, hits } = analysis;
  if (analysis.codes.length === 0) return analysis;
  return { ...analysis, codes: assignRoles(folded, { lexemes, words, hits }, intents) };
}
