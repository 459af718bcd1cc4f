import { type Hit } from '../intents/match';
import { type MessageWord } from '../intents/words';
import { type Lexeme } from './lexeme';
import { CURRENCY_WORD, UNIT_WORD } from './units';
import { BEFORE_YEAR } from './word-signs';

/** A message taken apart. */
export interface MessageParts {
  lexemes: readonly Lexeme[];
  words: readonly MessageWord[];
  hits: readonly Hit[];
}

const NO_HITS: readonly Hit[] = [];

/** What stands around the codes of one message. An index is that of a lexeme, a place that of a word. */
export class Surroundings {
  readonly lexemes: readonly Lexeme[];
  readonly words: readonly MessageWord[];
  readonly hits: readonly Hit[];
  private readonly textAt = new Map<number, string>();
  private readonly placeAt: number[] = [];
  private readonly hitsFrom = new Map<number, Hit[]>();

  constructor({ lexemes, words, hits }: MessageParts) {
    this.lexemes = lexemes;
    this.words = words;
    this.hits = hits;
    words.forEach((word, place) => {
      this.textAt.set(word.lexeme, word.text);
      this.placeAt[word.lexeme] = place;
    });
    for (const hit of hits) {
      const [place = 0] = hit.at;
      const known = this.hitsFrom.get(place);
      if (known === undefined) this.hitsFrom.set(place, [hit]);
      else known.push(hit);
    }
  }

  /** @throws RangeError where the message has no such lexeme */
  at(index: number): Lexeme {
    const lexeme = this.lexemes[index];
    if (lexeme === undefined) throw new RangeError(`No lexeme ${index}`);
    return lexeme;
  }

  /** A lexeme as it was written, empty outside the message. */
  written(index: number): string {
    return this.lexemes[index]?.text ?? '';
  }

  /** A lexeme as it is meant where the rules see a word there. */
  meant(index: number): string | undefined {
    return this.textAt.get(index);
  }

  /** A lexeme as it is meant, else as it was written. */
  word(index: number): string {
    return this.meant(index) ?? this.written(index);
  }

  placeOf(index: number): number {
    return this.placeAt[index] ?? 0;
  }

  /** Number of the clause that the word at a place belongs to. */
  clauseAt(place: number): number | undefined {
    return this.words[place]?.clause;
  }

  /** Rules whose first word stands at a place. */
  hitsAt(place: number): readonly Hit[] {
    return this.hitsFrom.get(place) ?? NO_HITS;
  }

  isUnitAfter(index: number): boolean {
    const next = this.lexemes[index + 1];
    return next?.kind === 'word' && (UNIT_WORD.test(next.text) || CURRENCY_WORD.test(next.text));
  }

  isYear(index: number): boolean {
    if (!/^20[0-4]\d$/.test(this.at(index).text)) return false;
    return BEFORE_YEAR.test(this.written(index - 1)) || /^(?:год|г$|года)/.test(this.written(index + 1));
  }

  /** The end of "от 12.03" after a number, or of the number itself. */
  endOfDate(index: number): number {
    const date = this.lexemes[index + 2];
    return /^(?:от|ot|dated)$/.test(this.written(index + 1)) && date?.kind === 'date' ? date.end : this.at(index).end;
  }
}
