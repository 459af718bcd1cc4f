import { type Hit } from '../intents/match';
import { type MessageWord } from '../intents/words';
import { type Folded } from '../text/fold';
import { isGoodsWord, isNameWord } from '../text/lexicon';
import { type Intent } from '../understanding';
import { type Candidate, type Role } from './candidate';
import {
  ARTICLE_NOUN,
  DOCUMENT_NOUN,
  GRADE,
  isHowMany,
  MARK,
  MEASURE_NOUN,
  MONEY_NOUN,
  NUMBER_PLATE,
  NUMBER_WORD,
  PLACE_NOUN,
  OTHER_NOUN,
  shapeScore,
  SHORT_GRADE,
  SMALL,
} from './code-signs';
import { withoutColumns } from './columns';
import { isInn } from './inn';
import { type Lexeme, type LexemeKind } from './lexeme';
import { CURRENCY_WORD, UNIT_WORD } from './units';

interface Verdict {
  role: Role;
  certainty: number;
}

interface Neighbourhood {
  lexemes: readonly Lexeme[];
  words: readonly MessageWord[];
  hits: readonly Hit[];
}

const HAS_LETTER = /\p{L}/u;

const PAPERS: readonly Intent[] = ['order', 'payment', 'reconciliation'];
const GOODS: readonly Intent[] = ['stock', 'price', 'product'];

/** What is asked on goods, not on a document. */
const ON_GOODS = /^(?:потребност|прайс|цен[аыу]|скидк|спрос|дозаказ|дозаяв|план)/;
/** Goods that are ordered rather than the order itself. */
const ORDERED =
  /^(?:заказыва|заказан|заказал|закупа|закупит|закупк|дозаказ|продал|остал|ушел|ушл[ао]|состав$|брать$|берете$|берет$|возьмете$|купите$|покупа|производств)/;
/** How much less a word of another clause says. */
const ELSEWHERE = 0.5;

/** Words away from a code that still say something about it. */
const NEAR = 40;
/** From so much on the words and the shape speak for a document. */
const DOCUMENT = 0.3;
/** The same for a number of up to three digits, which is mostly neither. */
const SMALL_DOCUMENT = 0.5;

/**
 * Finds for every code and number whether it is an article, a document's number or neither.
 *
 * @param intents what the message as a whole was found to ask, where that is known already
 */
export function assignRoles(folded: Folded, around: Neighbourhood, intents: readonly Intent[] = []): Candidate[] {
  return withoutColumns(folded, new Roles(around, intents).all());
}

/** One message's codes and numbers, decided from left to right. */
class Roles {
  private readonly lexemes: readonly Lexeme[];
  private readonly textAt = new Map<number, string>();
  private readonly placeAt: number[] = [];
  private readonly hitsAt = new Map<number, Hit[]>();
  private readonly codes: readonly Lexeme[];
  /** How many codes have a letter. */
  private readonly lettered: number;
  /** Codes that documents are numbered like. */
  private readonly documentShapes: ReadonlySet<string>;
  private readonly hasCode: boolean;
  private readonly namesFirm: boolean;
  private readonly weight: { papers: number; payment: number; goods: number; price: number };
  private hasDocument = false;
  private readonly namesDocument: boolean;
  /** "есть в заявке?": the document has no number. */
  private readonly asksInDocument: boolean;
  /** "по каким заказам ждёте К.123.45?" */
  private readonly asksWhichDocument: boolean;

  constructor(
    private readonly around: Neighbourhood,
    private readonly intents: readonly Intent[],
  ) {
    const { lexemes, words, hits } = around;
    this.lexemes = lexemes;
    words.forEach((word, place) => {
      this.textAt.set(word.lexeme, word.text);
      this.placeAt[word.lexeme] = place;
    });
    for (const hit of hits) {
      const [place = 0] = hit.at;
      const known = this.hitsAt.get(place);
      if (known === undefined) this.hitsAt.set(place, [hit]);
      else known.push(hit);
    }
    this.codes = lexemes.filter(({ kind }) => kind === 'code' || kind === 'number');
    this.lettered = this.codes.filter(({ text }) => HAS_LETTER.test(text)).length;
    this.documentShapes = new Set(this.codes.map(({ text }) => text).filter((text) => shapeScore(text) >= 2.5));
    this.hasCode = this.codes.some(({ kind }) => kind === 'code');
    this.namesFirm = lexemes.some(({ text }) =>
      /^(?:инн|ооо|ип|ао|зао|пао|контрагент\p{L}*|реквизит\p{L}*)$/u.test(text),
    );
    const total = (of: readonly Intent[]): number =>
      hits.reduce((sum, hit) => sum + (of.includes(hit.intent) ? Math.max(0, hit.weight) : 0), 0);
    this.namesDocument = lexemes.some(
      ({ kind }, index) => (kind === 'code' || kind === 'number') && DOCUMENT_NOUN.test(this.nounBefore(index)),
    );
    this.asksInDocument = words.some(
      ({ text }, at) =>
        /^(?:в|из)$/.test(text) &&
        /^(?:заказе|заявке|заказах|заявках|спецификации|спецификациях)$/.test(words[at + 1]?.text ?? '') &&
        words[at + 2]?.text !== '#',
    );
    this.asksWhichDocument = words.some(
      ({ text }, at) =>
        /^(?:каких|каким|какими|какой|каком|какую)$/.test(text) &&
        words.slice(at + 1, at + 4).some((next) => DOCUMENT_NOUN.test(next.text)),
    );
    this.weight = { papers: total(PAPERS), payment: total(['payment']), goods: total(GOODS), price: total(['price']) };
  }

  all(): Candidate[] {
    const candidates: Candidate[] = [];
    // A list goes on over commas and "и": "заявки 88, 89 и 90" are three documents.
    let listed: Role | null = null;
    let separated = false;
    this.lexemes.forEach((lexeme, index) => {
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
      candidates.push({ lexeme, role, certainty, end: role === 'document' ? this.endOfDate(index) : lexeme.end });
      listed = role === 'none' ? null : role;
      if (role === 'document' && certainty >= 4) this.hasDocument = true;
    });
    return this.withOnlyDocument(candidates);
  }

  /** Where nothing but papers is asked about, the only code that may be a document's number is one. */
  private withOnlyDocument(candidates: Candidate[]): Candidate[] {
    const isAboutPapers = this.intents.length > 0 && this.intents.every((intent) => PAPERS.includes(intent));
    const [only, ...more] = candidates.filter(({ role }) => role !== 'none');
    if (!isAboutPapers || only?.role !== 'article' || only.certainty >= 5 || more.length > 0) return candidates;
    const index = this.lexemes.indexOf(only.lexeme);
    const isDocument =
      shapeScore(only.lexeme.text) > -3.5 && this.orderedGoods(index) === 0 && !this.isAfterName(index);
    return isDocument ? candidates.map((one) => (one === only ? { ...one, role: 'document' } : one)) : candidates;
  }

  /** Where the word before a code says outright what it is. */
  private byNoun(index: number): Verdict | null {
    const lexeme = this.at(index);
    const noun = this.nounBefore(index);
    if (noun === '' && lexeme.kind === 'number' && this.isNumberOfNext(index)) {
      // "по 60-му счёту" beside an act is an account of the books.
      const isAccount =
        /^(?:60|62|76)$/.test(lexeme.text) && this.lexemes.some(({ text }) => /^(?:акт|свер)/.test(text));
      return { role: isAccount ? 'none' : 'document', certainty: 4 };
    }
    const isOthers = OTHER_NOUN.test(noun) && !(/^(?:договор|контракт)/.test(noun) && this.isPriced(lexeme.text));
    if (isOthers || noun === PLACE || this.isPersonalNumber(lexeme.text, noun)) return { role: 'none', certainty: 5 };
    if (DOCUMENT_NOUN.test(noun)) {
      // "в заказе PN-63 по 890, а цена": the code in an order is an article where its price is asked about.
      const isCounted = lexeme.kind === 'number' && noun.startsWith('заказ') && this.isUnitAfter(index);
      if (!this.isPriced(lexeme.text) && !isCounted && !this.isSupply(index, noun))
        return { role: 'document', certainty: 5 };
    } else if (ARTICLE_NOUN.test(noun) && !(noun.startsWith('товар') && shapeScore(lexeme.text) >= 4)) {
      return { role: 'article', certainty: 5 };
    }
    if (this.endOfDate(index) > lexeme.end) return { role: 'document', certainty: 4 };
    return noun === '№' && lexeme.text.length < 6 ? { role: 'document', certainty: 3 } : null;
  }

  /** The code is no document's by its shape, and a price is asked for: "сколько по договору ВА47-29". */
  private isPriced(text: string): boolean {
    return shapeScore(text) <= -4 && (this.weight.price > 0 || this.intents.includes('price'));
  }

  /** Where shape and the words around must tell. */
  private byWords(index: number): Verdict {
    const { text, kind } = this.at(index);
    const isRegion = /^\d{2,3}$/.test(text) && NUMBER_PLATE.test(this.lexemes[index - 1]?.text ?? '');
    if (this.isYear(index) || NUMBER_PLATE.test(text) || isRegion) return { role: 'none', certainty: 5 };
    if (kind === 'code' && this.isGrade(index)) return { role: 'none', certainty: 3 };
    // "79-00" beside articles is money, "52-54" after a name is a size, so is "110/50" beside an article.
    const asksPrice = this.weight.price > 0 || this.intents.includes('price');
    const isMeasure = /^\d{2,4}-\d{2}$/.test(text) && ((this.lettered > 0 && asksPrice) || this.isAfterName(index));
    if (isMeasure || (/^\d{2,4}\/\d{2,4}$/.test(text) && this.lettered > 0 && this.isAfterName(index)))
      return { role: 'none', certainty: 2 };
    const asksGoods = this.intents.some((intent) => GOODS.includes(intent));
    const isPaying = this.intents.length > 0 ? this.intents.includes('payment') : this.weight.goods === 0;
    const onlyPaying = this.weight.payment > 0 && isPaying && !asksGoods ? 4.5 : 0;
    if (this.namesOtherDocument(text) && kind === 'code' && shapeScore(text) < 0)
      return { role: 'article', certainty: 2 };
    const score =
      shapeScore(text) + this.wordsScore(index) + onlyPaying + intentsScore(this.intents) - this.orderedGoods(index);
    const isShort = kind === 'number' ? text.length <= SMALL : shapeScore(text) < -3.5;
    if (!isShort && this.isNumberOfOrder(index)) return { role: 'document', certainty: 2 };
    if (kind === 'number') {
      if (text.length <= SMALL + 1 && AMOUNT_VERB.test(this.word(index - 1))) return { role: 'none', certainty: 2 };
      if (text.length <= SMALL && this.isCodeOfGoods(index + 1)) return { role: 'none', certainty: 2 };
      if (
        this.intents.includes('order') &&
        this.hasCode &&
        MOVED.test(this.word(index - 1)) &&
        !this.isUnitAfter(index)
      )
        return { role: 'document', certainty: 2 };
      const isSecond = this.hasDocument || (this.namesDocument && text.length > 4);
      if (isSecond && score > DOCUMENT) return { role: text.length > 4 ? 'article' : 'none', certainty: 2 };
      if (text.length <= SMALL) return this.ofSmall(index, score);
      const isAmount = text.length === 4 && this.hasCode && (asksPrice || this.isUnitAfter(index));
      if (isAmount && score < 0.6) return { role: 'none', certainty: 2 };
    }
    return { role: score > DOCUMENT ? 'document' : 'article', certainty: Math.abs(score) };
  }

  /** A document is named by its noun, or by the shape of another code. */
  private namesOtherDocument(text: string): boolean {
    return this.namesDocument || this.documentShapes.size > (this.documentShapes.has(text) ? 1 : 0);
  }

  /** "где оплата по 552 и сколько РК-7 осталось": this part of the sentence is about papers. */
  private isClauseOfPapers(index: number): boolean {
    const { words, hits } = this.around;
    const clause = words[this.placeAt[index] ?? 0]?.clause;
    const inClause = hits.filter(
      ({ at, weight }) => weight >= 1 && at.some((place) => words[place]?.clause === clause),
    );
    return (
      inClause.some(({ intent }) => PAPERS.includes(intent)) && !inClause.some(({ intent }) => GOODS.includes(intent))
    );
  }

  private isCodeOfGoods(index: number): boolean {
    const { kind, text = '', spaced } = this.lexemes[index] ?? {};
    return spaced === true && ((kind === 'code' && /^\p{L}/u.test(text)) || (kind === 'number' && text.length >= 8));
  }

  /** "в 1093 почём ПГ-45?": what an article stands in, where an order is talked of. */
  private isNumberOfOrder(index: number): boolean {
    const isIn = /^(?:в|во|к|с)$/.test(this.word(index - 1)) && !this.isUnitAfter(index) && !this.isYear(index);
    const isBesideCode = this.lettered > (HAS_LETTER.test(this.at(index).text) ? 1 : 0);
    return isIn && isBesideCode && (this.intents.length > 0 ? this.intents.includes('order') : this.weight.papers > 0);
  }

  private ofSmall(index: number, score: number): Verdict {
    const { text } = this.at(index);
    if (this.codes.length === 1 && this.around.words.length === 1) return { role: 'article', certainty: 0 };
    const { papers, goods, price } = this.weight;
    const asksPrice = this.intents.length > 0 ? this.intents.includes('price') : price > 0;
    const isBy = this.textAt.get(index - 1) === 'по';
    const isPaid = isBy && this.isClauseOfPapers(index);
    const isCounted = this.isUnitAfter(index) || (!isPaid && (asksPrice || (goods > papers && this.codes.length > 1)));
    const afterBy = isBy ? 1.5 : 0;
    const asksPapers = papers > 0 || this.intents.some((intent) => PAPERS.includes(intent));
    const isSaid = text.length === SMALL || (text.length === SMALL - 1 && this.isSaidAsNumber(index));
    const isDocument = !isCounted && asksPapers && isSaid && score + afterBy > SMALL_DOCUMENT;
    return { role: isDocument ? 'document' : 'none', certainty: 1 };
  }

  /** Two digits are a document's where nothing is counted with them: "по 77", "77 оплатили?". */
  private isSaidAsNumber(index: number): boolean {
    const before = this.word(index - 1);
    const isFirst = this.lexemes.slice(0, index).every(({ kind }) => kind === 'punctuation');
    const isEndOfPeriod = before === 'по' && ['number', 'amount'].includes(this.lexemes[index - 2]?.kind ?? '');
    return (before === 'по' && !isEndOfPeriod) || (isFirst && this.codes.length === 1);
  }

  private at(index: number): Lexeme {
    const lexeme = this.lexemes[index];
    if (lexeme === undefined) throw new RangeError(`No lexeme ${index}`);
    return lexeme;
  }

  private word(index: number): string {
    return this.textAt.get(index) ?? this.lexemes[index]?.text ?? '';
  }

  /** The noun that a number belongs to ("заказ № 123", "арт. 55"), over its "№", "номер", "наш" and a colon. */
  private nounBefore(index: number): string {
    const isLettered = /\p{L}/u.test(this.at(index).text);
    let numbered = false;
    for (let at = index - 1; at >= Math.max(0, index - 5); at -= 1) {
      const { kind } = this.at(at);
      const text = this.word(at);
      if (kind === 'punctuation') {
        if (text === '№') numbered = true;
        else if (!/^["'.:(#-]$/.test(text) || (text === ':' && isLettered)) break;
        continue;
      }
      if (kind !== 'word') break;
      if (/^(?:номер|номера|номером|номеру|ном|n|no|nr|number)$/.test(text)) numbered = true;
      if (OTHER_NOUN.test(this.at(at).text)) return this.at(at).text;
      if (NUMBER_WORD.test(text) || NUMBER_WORD.test(this.at(at).text)) continue;
      if (text === 'на' && this.word(at + 1) === 'оплату') continue;
      if (MEASURE_NOUN.test(text) && /^\d{1,3}(?:[-/]\d{1,3})?$/.test(this.at(index).text)) return PLACE;
      if (MONEY_NOUN.test(text) && at === index - 1 && /^\d+$/.test(this.at(index).text)) return PLACE;
      if (PLACE_NOUN.test(text) && /^\d{1,2}$/.test(this.at(index).text)) return PLACE;
      if (DOCUMENT_NOUN.test(text) || ARTICLE_NOUN.test(text) || OTHER_NOUN.test(text)) return text;
      break;
    }
    return numbered ? '№' : '';
  }

  /** What was carried rather than its paper: "вижу поступление 500", "по своим отгрузкам 36". */
  private isSupply(index: number, noun: string): boolean {
    if (this.at(index).text.length > SMALL) return false;
    const isAboutGoods = this.hasCode || this.weight.goods > this.weight.papers;
    return /^(?:отгрузк|поставк|приемк)а(?:м|х|ми)$/.test(noun) || (noun.startsWith('поступлени') && isAboutGoods);
  }

  /** "77 заказ приняли?", "по 45 счёту", but no "2 заказа". */
  private isNumberOfNext(index: number): boolean {
    const { text } = this.at(index);
    // Over the ending of an ordinal: "45-й счёт".
    const next = this.lexemes[index + 1]?.text === '-' ? index + 3 : index + 1;
    const noun = this.word(next);
    const isFree = this.lexemes[next]?.kind === 'word' && text.length <= 6;
    return isFree && /^(?:заказ(?!ал|ан|ыв)|заявк|счет|накладн|спецификац|упд)/.test(noun) && !isHowMany(text, noun);
  }

  /** How much the words around speak for a document: near ones count more. */
  private wordsScore(index: number): number {
    const place = this.placeAt[index] ?? 0;
    const clause = this.around.words[place]?.clause;
    let score = 0;
    for (let at = Math.max(0, place - NEAR); at <= place + NEAR; at += 1) {
      for (const hit of this.hitsAt.get(at) ?? []) {
        const distance = Math.min(...hit.at.map((each) => Math.abs(each - place)));
        const elsewhere = hit.at.every((each) => this.around.words[each]?.clause !== clause) ? ELSEWHERE : 1;
        const says = (elsewhere * Math.max(hit.weight, 0)) / (1 + distance / 4);
        if (PAPERS.includes(hit.intent)) score += says;
        else if (GOODS.includes(hit.intent)) score -= says;
      }
    }
    return score;
  }

  /** How much the words right beside say that goods are ordered: "заявка на РШ-306", "сколько Ш.698 заказано". */
  private orderedGoods(index: number): number {
    const { text, kind } = this.at(index);
    if (shapeScore(text) >= 1) return 0;
    const before = this.word(index - 1);
    if (before === 'на' && DOCUMENT_NOUN.test(this.word(index - 2))) return 6;
    if (this.asksWhichDocument) return 6;
    if (/^[нв]а?$/.test(before) && ON_GOODS.test(this.word(index - 2))) return 4;
    const isNamed = kind === 'code' || text.length > 4;
    const near = [-2, -1, 1, 2, 3].map((step) => this.word(index + step));
    return isNamed && (this.asksInDocument || near.some((word) => ORDERED.test(word))) ? 6 : 0;
  }

  private isUnitAfter(index: number): boolean {
    const next = this.lexemes[index + 1];
    return next?.kind === 'word' && (UNIT_WORD.test(next.text) || CURRENCY_WORD.test(next.text));
  }

  private isPersonalNumber(text: string, noun: string): boolean {
    if (!/^(?:\d{10}|\d{12}|\d{20})$/.test(text)) return false;
    if (text.length === 20) return true;
    return (text.length === 12 || (noun === '' && this.namesFirm)) && isInn(text);
  }

  private isYear(index: number): boolean {
    if (!/^20[0-4]\d$/.test(this.at(index).text)) return false;
    return (
      BEFORE_YEAR.test(this.lexemes[index - 1]?.text ?? '') ||
      /^(?:год|г$|года)/.test(this.lexemes[index + 1]?.text ?? '')
    );
  }

  /** A standard size or grade within a product's name: "электроды МР-3", "рулонов рубероида РКП-350". */
  private isGrade(index: number): boolean {
    const { text } = this.at(index);
    const isMark = (text.includes(' ') && !MARK.test(text) ? text.split(' ') : [text]).every(
      (part) => MARK.test(part) || (text.includes(' ') && GRADE.test(part)),
    );
    if (isMark && this.isBehindGoods(index)) return true;
    if (/^\d{1,3}\/\d{1,3}$/.test(text) && this.isAfterName(index)) return true;
    if (!GRADE.test(text) || text.length > 8) {
      const isCounted = [index - 2, index - 3].some(
        (at) => UNIT_WORD.test(this.lexemes[at]?.text ?? '') && this.lexemes[at]?.text !== 'раз',
      );
      return SHORT_GRADE.test(text) && isCounted && this.isAfterName(index);
    }
    return this.isBehindName(index, 2);
  }

  /** At most so many words behind one that may name a product. */
  private isBehindName(index: number, words: number): boolean {
    for (let at = index - 1; at >= Math.max(0, index - words); at -= 1) {
      if (this.at(at).kind !== 'word') return false;
      if (/^[а-я]{4,}$/.test(this.word(at)) && isNameWord(this.word(at))) return true;
    }
    return false;
  }

  /** Behind a name of goods, over what else describes them: "эмаль ПФ-115", "электроды УОНИ 13/55", "лампа тёплая H7". */
  private isBehindGoods(index: number): boolean {
    for (let at = index - 1; at >= Math.max(0, index - 4); at -= 1) {
      const { kind, text } = this.at(at);
      if (kind === 'word' && isGoodsWord(this.word(at))) return true;
      const isDescription = kind === 'word' ? isNameWord(this.word(at)) : DESCRIPTIONS.has(kind);
      if (!isDescription && !(kind === 'code' && (MARK.test(text) || GRADE.test(text)))) return false;
    }
    return false;
  }

  /** Right after a word that no table knows. */
  private isAfterName(index: number): boolean {
    const before = this.lexemes[index - 1];
    return before?.kind === 'word' && before.text.length > 3 && isNameWord(this.word(index - 1));
  }

  /** The end of "от 12.03" after a number, or of the number itself. */
  private endOfDate(index: number): number {
    const from = this.lexemes[index + 1]?.text ?? '';
    const date = this.lexemes[index + 2];
    return /^(?:от|ot|dated)$/.test(from) && date?.kind === 'date' ? date.end : this.at(index).end;
  }
}

/** What is done with orders. */
const MOVED = /^(?:отгруж|отгруз|везти|везем|привез|довез|отправ|согласов|подтвер|закры|собра|комплект)/;

/** Stands for the noun of what has a number and is neither goods nor a document: a place, a size, a sum. */
const PLACE = 'place';

/** What stands between goods and their mark. */
const DESCRIPTIONS: ReadonlySet<LexemeKind> = new Set(['size', 'quantity', 'amount', 'percent']);

/** A number after these is how much, not which. */
const AMOUNT_VERB =
  /^(?:вместо|получил[аи]?|пришло|было|стало|недодал[аи]?|недовез\p{L}*|зафиксирован\p{L}*|ровно|около|примерно|минимум|максимум|больше|меньше|свыше|порядка|еще|по-прежнему|парти[яи]|тираж|объем|лимит|норма|минималка)$/u;

const BEFORE_YEAR =
  /^(?:за|в|на|с|по|до|квартал\p{L}*|кв|янв\p{L}*|фев\p{L}*|март\p{L}*|апр\p{L}*|ма[йя]|июн\p{L}|июл\p{L}|авг\p{L}*|сен\p{L}*|окт\p{L}*|ноя\p{L}*|дек\p{L}*|jan\p{L}*|mar|for|in)$/u;

/** What the intents of the whole message say: papers only, or goods only. */
function intentsScore(intents: readonly Intent[]): number {
  const papers = intents.some((intent) => PAPERS.includes(intent));
  const goods = intents.some((intent) => GOODS.includes(intent));
  if (papers === goods) return 0;
  return papers ? 3 : -4.5;
}
