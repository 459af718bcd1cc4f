import { type Folded } from '../text/fold';
import { type Intent } from '../understanding';
import { type Candidate, type Role } from './candidate';
import { NUMBER_PLATE, shapeScore, SMALL } from './code-signs';
import { withoutColumns } from './columns';
import { isInn } from './inn';
import { isAfterName, isCodeOfGoods, isGrade } from './names-beside';
import { isNumberOfNext, nounBefore, PLACE } from './noun-before';
import { isClauseOfPapers, orderedGoods, wordsScore } from './papers-or-goods';
import { Subject } from './subject';
import { type MessageParts, Surroundings } from './surroundings';
import { AMOUNT_VERB, ARTICLE_NOUN, DOCUMENT_NOUN, MOVED, OTHER_NOUN } from './word-signs';

interface Verdict {
  role: Role;
  certainty: number;
}

/** From so much on the words and the shape speak for a document. */
const DOCUMENT = 0.3;
/** The same for a number of up to three digits, which is mostly neither. */
const SMALL_DOCUMENT = 0.5;

/**
 * Finds for every code and number whether it is an article, a document's number or neither.
 *
 * @param intents what the message as a whole was found to ask, where that is known already
 */
export function assignRoles(folded: Folded, parts: MessageParts, intents: readonly Intent[] = []): Candidate[] {
  const around = new Surroundings(parts);
  return withoutColumns(folded, new Roles(around, new Subject(around, intents)).all());
}

/** One message's codes and numbers, decided from left to right. */
class Roles {
  private hasDocument = false;

  constructor(
    private readonly around: Surroundings,
    private readonly subject: Subject,
  ) {}

  all(): Candidate[] {
    const candidates: Candidate[] = [];
    // A list goes on over commas and "и": "заявки 88, 89 и 90" are three documents.
    let listed: Role | null = null;
    let separated = false;
    this.around.lexemes.forEach((lexeme, index) => {
      if (lexeme.kind !== 'code' && lexeme.kind !== 'number') {
        separated =
          lexeme.kind === 'punctuation' ? /^[,;\n]$/.test(lexeme.text) : /^(?:и|или|and|or)$/.test(lexeme.text);
        if (!separated) listed = null;
        return;
      }
      const isAlike = lexeme.kind === 'number' || (listed === 'article' && shapeScore(lexeme.text) < 4);
      const goesOn =
        listed !== null && isAlike && (separated || (lexeme.kind === 'number' && lexeme.text.length > SMALL));
      const { role, certainty } =
        this.byNoun(index) ?? (goesOn && listed !== null ? { role: listed, certainty: 3 } : this.byWords(index));
      candidates.push({
        lexeme,
        role,
        certainty,
        end: role === 'document' ? this.around.endOfDate(index) : lexeme.end,
      });
      listed = role === 'none' ? null : role;
      if (role === 'document' && certainty >= 4) this.hasDocument = true;
    });
    return this.withOnlyDocument(candidates);
  }

  /** Where nothing but papers is asked about, the only code that may be a document's number is one. */
  private withOnlyDocument(candidates: Candidate[]): Candidate[] {
    const [only, ...more] = candidates.filter(({ role }) => role !== 'none');
    if (!this.subject.isOfPapers || only?.role !== 'article' || only.certainty >= 5 || more.length > 0)
      return candidates;
    const index = this.around.lexemes.indexOf(only.lexeme);
    const isDocument =
      shapeScore(only.lexeme.text) > -3.5 &&
      orderedGoods(this.around, this.subject, index) === 0 &&
      !isAfterName(this.around, index);
    return isDocument ? candidates.map((one) => (one === only ? { ...one, role: 'document' } : one)) : candidates;
  }

  /** Where the word before a code says outright what it is. */
  private byNoun(index: number): Verdict | null {
    const lexeme = this.around.at(index);
    const noun = nounBefore(this.around, index);
    if (noun === '' && lexeme.kind === 'number' && isNumberOfNext(this.around, index)) {
      // "по 60-му счёту" beside an act is an account of the books.
      const isAccount =
        /^(?:60|62|76)$/.test(lexeme.text) && this.around.lexemes.some(({ text }) => /^(?:акт|свер)/.test(text));
      return { role: isAccount ? 'none' : 'document', certainty: 4 };
    }
    const isOthers = OTHER_NOUN.test(noun) && !(/^(?:договор|контракт)/.test(noun) && this.isPriced(lexeme.text));
    if (isOthers || noun === PLACE || this.isPersonalNumber(lexeme.text, noun)) return { role: 'none', certainty: 5 };
    if (DOCUMENT_NOUN.test(noun)) {
      // "в заказе PN-63 по 890, а цена": the code in an order is an article where its price is asked about.
      const isCounted = lexeme.kind === 'number' && noun.startsWith('заказ') && this.around.isUnitAfter(index);
      if (!this.isPriced(lexeme.text) && !isCounted && !this.isSupply(lexeme.text, noun))
        return { role: 'document', certainty: 5 };
    } else if (ARTICLE_NOUN.test(noun) && !(noun.startsWith('товар') && shapeScore(lexeme.text) >= 4)) {
      return { role: 'article', certainty: 5 };
    }
    if (this.around.endOfDate(index) > lexeme.end) return { role: 'document', certainty: 4 };
    return noun === '№' && lexeme.text.length < 6 ? { role: 'document', certainty: 3 } : null;
  }

  /** The code is no document's by its shape, and a price is asked for: "сколько по договору ВА47-29". */
  private isPriced(text: string): boolean {
    return shapeScore(text) <= -4 && this.subject.hintsAtPrice;
  }

  /** What was carried rather than its paper: "вижу поступление 500", "по своим отгрузкам 36". */
  private isSupply(text: string, noun: string): boolean {
    if (text.length > SMALL) return false;
    const { hasCode, weight } = this.subject;
    const isAboutGoods = hasCode || weight.goods > weight.papers;
    return /^(?:отгрузк|поставк|приемк)а(?:м|х|ми)$/.test(noun) || (noun.startsWith('поступлени') && isAboutGoods);
  }

  private isPersonalNumber(text: string, noun: string): boolean {
    if (!/^(?:\d{10}|\d{12}|\d{20})$/.test(text)) return false;
    if (text.length === 20) return true;
    return (text.length === 12 || (noun === '' && this.subject.namesFirm)) && isInn(text);
  }

  /** Where shape and the words around must tell. */
  private byWords(index: number): Verdict {
    const { around, subject } = this;
    const { text, kind } = around.at(index);
    const isRegion = /^\d{2,3}$/.test(text) && NUMBER_PLATE.test(around.written(index - 1));
    if (around.isYear(index) || NUMBER_PLATE.test(text) || isRegion) return { role: 'none', certainty: 5 };
    if (kind === 'code' && isGrade(around, index)) return { role: 'none', certainty: 3 };
    if (this.isMeasure(index)) return { role: 'none', certainty: 2 };
    const shape = shapeScore(text);
    if (subject.namesOtherDocument(text) && kind === 'code' && shape < 0) return { role: 'article', certainty: 2 };
    const score =
      shape +
      wordsScore(around, index) +
      subject.payingScore +
      subject.intentsScore -
      orderedGoods(around, subject, index);
    const isShort = kind === 'number' ? text.length <= SMALL : shape < -3.5;
    if (!isShort && this.isNumberOfOrder(index)) return { role: 'document', certainty: 2 };
    const outright = kind === 'number' ? this.ofNumber(index, score) : null;
    return outright ?? { role: score > DOCUMENT ? 'document' : 'article', certainty: Math.abs(score) };
  }

  /** "79-00" beside articles is money, "52-54" after a name is a size, so is "110/50" beside an article. */
  private isMeasure(index: number): boolean {
    const { text } = this.around.at(index);
    const isBesideCode = this.subject.hasLettered();
    if (/^\d{2,4}-\d{2}$/.test(text))
      return (isBesideCode && this.subject.hintsAtPrice) || isAfterName(this.around, index);
    return /^\d{2,4}\/\d{2,4}$/.test(text) && isBesideCode && isAfterName(this.around, index);
  }

  /** "в 1093 почём ПГ-45?": what an article stands in, where an order is talked of. */
  private isNumberOfOrder(index: number): boolean {
    const { around, subject } = this;
    const isIn = /^(?:в|во|к|с)$/.test(around.word(index - 1)) && !around.isUnitAfter(index) && !around.isYear(index);
    return isIn && subject.hasLettered(around.at(index).text) && subject.asksOrder;
  }

  /** Where digits alone are an amount, a second number beside a document's, or short. */
  private ofNumber(index: number, score: number): Verdict | null {
    const { around, subject } = this;
    const { length } = around.at(index).text;
    const before = around.word(index - 1);
    if (length <= SMALL + 1 && AMOUNT_VERB.test(before)) return { role: 'none', certainty: 2 };
    if (length <= SMALL && isCodeOfGoods(around, index + 1)) return { role: 'none', certainty: 2 };
    if (subject.asks('order') && subject.hasCode && MOVED.test(before) && !around.isUnitAfter(index))
      return { role: 'document', certainty: 2 };
    const isSecond = this.hasDocument || (subject.namesDocument && length > 4);
    if (isSecond && score > DOCUMENT) return { role: length > 4 ? 'article' : 'none', certainty: 2 };
    if (length <= SMALL) return this.ofSmall(index, score);
    const isAmount = length === 4 && subject.hasCode && (subject.hintsAtPrice || around.isUnitAfter(index));
    return isAmount && score < 0.6 ? { role: 'none', certainty: 2 } : null;
  }

  private ofSmall(index: number, score: number): Verdict {
    const { around, subject } = this;
    const { length } = around.at(index).text;
    if (subject.codes.length === 1 && around.words.length === 1) return { role: 'article', certainty: 0 };
    const { papers, goods } = subject.weight;
    const isBy = around.meant(index - 1) === 'по';
    const isPaid = isBy && isClauseOfPapers(around, index);
    const asksGoods = subject.asksPrice || (goods > papers && subject.codes.length > 1);
    const isCounted = around.isUnitAfter(index) || (!isPaid && asksGoods);
    const afterBy = isBy ? 1.5 : 0;
    const isSaid = length === SMALL || (length === SMALL - 1 && this.isSaidAsNumber(index));
    const isDocument = !isCounted && subject.hintsAtPapers && isSaid && score + afterBy > SMALL_DOCUMENT;
    return { role: isDocument ? 'document' : 'none', certainty: 1 };
  }

  /** Two digits are a document's where nothing is counted with them: "по 77", "77 оплатили?". */
  private isSaidAsNumber(index: number): boolean {
    const { lexemes } = this.around;
    const before = this.around.word(index - 1);
    const isFirst = lexemes.slice(0, index).every(({ kind }) => kind === 'punctuation');
    const isEndOfPeriod = before === 'по' && ['number', 'amount'].includes(lexemes[index - 2]?.kind ?? '');
    return (before === 'по' && !isEndOfPeriod) || (isFirst && this.subject.codes.length === 1);
  }
}
