import { type Hit } from '../intents/match';
import { type Intent } from '../understanding';
import { type MessageWord } from '../intents/words';
import { type Folded } from '../text/fold';
import { isRussianWord } from '../text/lexicon';
import { isInn } from './inn';
import { type Lexeme } from './lexeme';
import { CURRENCY_WORD, UNIT_WORD } from './units';

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

/** Words right before a number that make it a document's. */
const DOCUMENT_NOUN =
  /^(?:заказ(?!ал|ыв)|заяв|счет|накладн|упд|ттн|спецификац|спек[аеиу]$|спецух|инвойс|поставк|отгрузк|приемк|документ|реализац|платежк|торг12|сф$|счф$|п\/о|po$|pos$|order|invoice|inv$|shipment|delivery|счет-фактур|фактур)/;
const ARTICLE_NOUN =
  /^(?:артик|арт$|код|кода|коду|коды|кодом|кодам|позици|sku|скю|item|article|штрих|баркод|barcode|ean|товар|номенкл|модел|издели|карточк|part$)/;
/** Words right before a number that make it something else altogether. */
const OTHER_NOUN =
  /^(?:инн|кпп|огрн|бик|окпо|оквэд|паспорт|тел$|телефон|моб|договор(?!н)|контракт|допсоглаш|соглаш|стенд|каб$|кабинет|офис|кв$|дом$|стр$|корп|ворот|рамп|строени|лот|рейс|госномер|номер машины|рс$|iban|inn$|phone|contract)/;
const NUMBER_WORD =
  /^(?:№|номер|номера|номером|номеру|ном|n|no|nr|наш|ваш|наша|наши|ваша|нашей|вашей|нашему|вашему|number|#|нашего|вашего|нашу|вашу)$/;

/** Beginnings of document numbers that are usual in 1C and on paper; the codes of goods look alike, so it is a hint. */
const DOCUMENT_PREFIX =
  /^(?:нф|цб|цв|цb|cb|зп|зк|зс|зпс|зкп|сч|счт|сф|упд|ттн|тн|рн|пт|птр|по|po|inv|invoice|ord|so|зт|рт|спец|дог|ннф|ннфзп|бп|ка|цу)[- ]?\d/;

const GRADE =
  /^(?:мр-?\d\p{L}?|уони|озс-?\d|ано-?\d|кпт-?\d{1,2}|hlp-?\d{2}|вд-?ак|[аa]\d{3}[сc]?|[аa][0-6]|[еe](?:14|27|40)|gu\d|gx?\d+|g\d{1,2}|[мm]-?\d{2,3}|аи-?\d{2}|\d{1,2}w-?\d{2}|ip\d{2}|т[58]|t[58]|cr\d{4}|ст\d|ду-?\d+|dn-?\d+|[вb]\d{2}|f\d{3}|и-?\d{2}[а-я]?|пбп|[смmс]\d|[мm]\d{1,2}|[мm]\d{1,2}[xх]\d+|din|iso|\d{1,3}w|\d{2}[вv]|ral\d{4}|цем|пц-?\d+|[сc]\d{1,2}|r\d{2})$/u;

/** Letters of a name after a noun that is counted: "рулонов рубероида РКП-350". */
const SHORT_GRADE = /^[а-яa-z]{1,4}-?\d{1,3}[а-яa-z]?$/;

/** A Russian number plate: three of its letters and three digits, then the region. */
const NUMBER_PLATE = /^[авекмнорстухabekmhopctyx]\d{3}[авекмнорстухabekmhopctyx]{2}\d{2,3}$/;

const SMALL = 3;

interface Neighbourhood {
  lexemes: readonly Lexeme[];
  words: readonly MessageWord[];
  hits: readonly Hit[];
}

/** Normalised text of the lexeme's word, or its own text. */
function wordOf(lexeme: number, words: readonly MessageWord[], lexemes: readonly Lexeme[]): string {
  return words.find((word) => word.lexeme === lexeme)?.text ?? lexemes[lexeme]?.text ?? '';
}

/** The noun that a number belongs to ("заказ № 123", "арт. 55"), over its "№", "номер", "наш" and a colon. */
function nounBefore(index: number, words: ReadonlyMap<number, string>, lexemes: readonly Lexeme[]): string {
  let numbered = false;
  for (let at = index - 1, steps = 0; at >= 0 && steps < 5; at -= 1, steps += 1) {
    const lexeme = lexemes[at];
    if (lexeme === undefined || lexeme.kind === 'emoji') break;
    const text = words.get(at) ?? lexeme.text;
    if (lexeme.kind === 'punctuation') {
      if (text === '№') numbered = true;
      else if (!/^["'.:(-]$/.test(text) || (text === ':' && /\p{L}/u.test(lexemes[index]?.text ?? ''))) break;
      continue;
    }
    if (lexeme.kind !== 'word') break;
    if (/^(?:номер|номера|номером|номеру|ном|n|no|nr|number)$/.test(text)) numbered = true;
    if (!NUMBER_WORD.test(text))
      return DOCUMENT_NOUN.test(text) || ARTICLE_NOUN.test(text) || OTHER_NOUN.test(text) ? text : numbered ? '№' : '';
  }
  return numbered ? '№' : '';
}

/** How much the shape of a code speaks for a document (positive) or an article (negative). */
function shapeScore(text: string): number {
  if (DOCUMENT_PREFIX.test(text)) return /\d{4,}|-\d/.test(text) ? 4 : 2.5;
  if (/^(?:\d{13}|\d{8}|\d{12}|\d{14})$/.test(text)) return -5;
  if (/^\d{4}-\d{6}$/.test(text)) return 4;
  if (/^\d{1,6}\/\d{2}$/.test(text)) return 3;
  if (/^\d{1,6}\/\d$/.test(text)) return 2;
  if (/^\d{2}-\d{8}$/.test(text)) return 0;
  if (/^[а-яa-z]{2}-?0{3,}\d+$/.test(text)) return -0.5;
  if (/^\d{1,6}-[а-яa-z]{1,2}$/.test(text)) return -0.6;
  if (/^\d+$/.test(text)) return 0;
  return -4;
}

function add(scores: { document: number; article: number }, intent: Hit['intent'], value: number): void {
  if (intent === 'order' || intent === 'payment' || intent === 'reconciliation') scores.document += value;
  else if (intent === 'stock' || intent === 'price' || intent === 'product') scores.article += value;
}

/** How much the words around speak for a document: near ones count more. */
function wordsScore(index: number, { words, hits }: Neighbourhood): number {
  const position = words.findIndex((word) => word.lexeme >= index);
  const scores = { document: 0, article: 0 };
  for (const hit of hits) {
    const distance = Math.min(...hit.at.map((at) => Math.abs(at - position)));
    add(scores, hit.intent, Math.max(hit.weight, 0) / (1 + distance / 4));
  }
  return scores.document - scores.article;
}

/**
 * Finds for every code and number whether it is an article, a document's number or neither.
 *
 * @param intents what the message as a whole was found to ask, where that is known already
 */
export function assignRoles(
  folded: Folded,
  neighbourhood: Neighbourhood,
  intents: readonly Intent[] = [],
): Candidate[] {
  const { lexemes, words, hits } = neighbourhood;
  const wordAt = new Map(words.map((word) => [word.lexeme, word.text]));
  const total = (intents: readonly string[]): number =>
    hits.filter((hit) => intents.includes(hit.intent)).reduce((sum, hit) => sum + Math.max(0, hit.weight), 0);
  const documents = total(['order', 'payment', 'reconciliation']);
  const payment = total(['payment']);
  const goods = total(['stock', 'price', 'product']);
  const price = total(['price']);
  const codes = lexemes.filter((lexeme) => lexeme.kind === 'code' || lexeme.kind === 'number');
  const hasLettered = codes.some((lexeme) => /\p{L}/u.test(lexeme.text));
  const hasCode = codes.some((lexeme) => lexeme.kind === 'code');
  const candidates: Candidate[] = [];
  let listed: Role | null = null;
  let separated = false;

  lexemes.forEach((lexeme, index) => {
    if (lexeme.kind !== 'code' && lexeme.kind !== 'number') {
      const goesOn =
        lexeme.kind === 'punctuation' ? /^[,;\n]$/.test(lexeme.text) : /^(?:и|или|and|or|#)$/.test(lexeme.text);
      if (!goesOn) listed = null;
      separated = goesOn;
      return;
    }
    const { text } = lexeme;
    const noun = nounBefore(index, wordAt, lexemes);
    const next = lexemes[index + 1];
    const isDocumentNoun = DOCUMENT_NOUN.test(noun);
    const isArticleNoun = !isDocumentNoun && ARTICLE_NOUN.test(noun);
    const dateEndsAt = endOfDate(lexemes, index);
    const push = (role: Role, certainty: number): void => {
      const end = role === 'document' ? dateEndsAt : lexeme.end;
      candidates.push({ lexeme, role, certainty, end });
      listed = role === 'none' ? null : role;
    };

    if (OTHER_NOUN.test(noun) || isPersonalNumber(text, noun, lexemes)) return push('none', 5);
    // "в заказе PN-63 по 890, а цена": the code in an order is an article where goods are asked about.
    const isGoods = shapeScore(text) <= -4 && (goods > 0 || intents.includes('price'));
    if (isDocumentNoun && !isGoods && !(isUnitNext(next) && noun.startsWith('заказ') && lexeme.kind === 'number'))
      return push('document', 5);
    if (isArticleNoun) return push('article', 5);
    if (dateEndsAt > lexeme.end) return push('document', 4);
    if (listed !== null && lexeme.kind === 'number' && (separated || text.length > SMALL)) return push(listed, 3);
    if (noun === '№' && text.length < 6) return push('document', 3);
    if (isYear(text, lexemes, index) || NUMBER_PLATE.test(text)) return push('none', 5);
    if (lexeme.kind === 'code' && isGrade(index, neighbourhood)) return push('none', 3);

    const payingOnly = payment > 0 && goods === 0 ? 4.5 : 0;
    const score = shapeScore(text) + wordsScore(index, neighbourhood) + payingOnly + intentsScore(intents);
    if (/^\d{2,4}-\d{2}$/.test(text) && (hasLettered || isAfterName(index, neighbourhood))) return push('none', 2);
    const known = candidates.some((each) => each.role === 'document' && each.certainty >= 4);
    if (known && lexeme.kind === 'number' && score > 0.3) return push(text.length > 4 ? 'article' : 'none', 2);
    if (lexeme.kind === 'number' && text.length <= SMALL) {
      const afterBy = wordAt.get(index - 1) === 'по' ? 1.5 : 0;
      const isCounted = isUnitNext(next) || price > 0 || (goods > documents && codes.length > 1);
      if (codes.length === 1 && words.length === 1) return push('article', 0);
      return push(
        !isCounted && documents > 0 && score + afterBy > 0.5 && !isSmallTalk(text, index, lexemes)
          ? 'document'
          : 'none',
        1,
      );
    }
    if (lexeme.kind === 'number' && text.length === 4 && hasCode && (price > 0 || isUnitNext(next)))
      return push('none', 2);
    return push(score > 0.3 ? 'document' : 'article', Math.abs(score));
  });
  return withoutColumns(folded, candidates);
}

/** What the intents of the whole message say: papers only, or goods only. */
function intentsScore(intents: readonly Intent[]): number {
  const papers = intents.some((intent) => intent === 'order' || intent === 'payment' || intent === 'reconciliation');
  const goods = intents.some((intent) => intent === 'stock' || intent === 'price' || intent === 'product');
  if (papers === goods) return 0;
  return papers ? 2.5 : -3;
}

/** Right after a word that no table knows: a size of the goods it names. */
function isAfterName(index: number, { lexemes, words }: Neighbourhood): boolean {
  const before = lexemes[index - 1];
  return before?.kind === 'word' && !isRussianWord(wordOf(index - 1, words, lexemes));
}

const isUnitNext = (next: Lexeme | undefined): boolean =>
  next?.kind === 'word' && (UNIT_WORD.test(next.text) || CURRENCY_WORD.test(next.text));

/** Numbers below ten after a preposition are hours, days, pieces. */
const isSmallTalk = (text: string, index: number, lexemes: readonly Lexeme[]): boolean =>
  text.length < 3 && !/^(?:№|n)$/.test(lexemes[index - 1]?.text ?? '');

function isPersonalNumber(text: string, noun: string, lexemes: readonly Lexeme[]): boolean {
  if (!/^\d+$/.test(text)) return false;
  if (text.length === 20) return true;
  if (text.length === 12) return isInn(text);
  const named = lexemes.some((lexeme) =>
    /^(?:инн|ооо|ип|ао|зао|пао|контрагент\p{L}*|реквизит\p{L}*)$/u.test(lexeme.text),
  );
  return text.length === 10 && noun === '' && named && isInn(text);
}

function isYear(text: string, lexemes: readonly Lexeme[], index: number): boolean {
  if (!/^20[0-4]\d$/.test(text)) return false;
  const before = lexemes[index - 1]?.text ?? '';
  const after = lexemes[index + 1]?.text ?? '';
  return (
    /^(?:за|в|на|с|по|до|квартал\p{L}*|кв|янв\p{L}*|фев\p{L}*|март\p{L}*|апр\p{L}*|ма[йя]|июн\p{L}|июл\p{L}|авг\p{L}*|сен\p{L}*|окт\p{L}*|ноя\p{L}*|дек\p{L}*|jan\p{L}*|mar|for|in)$/u.test(
      before,
    ) || /^(?:год|г$|года)/.test(after)
  );
}

/** A standard size or grade within a product's name: "электроды МР-3", "лампа Е27". */
function isGrade(index: number, { lexemes, words }: Neighbourhood): boolean {
  const lexeme = lexemes[index];
  if (lexeme === undefined) return false;
  if (!GRADE.test(lexeme.text) || lexeme.text.length > 8) {
    const isCounted = UNIT_WORD.test(lexemes[index - 2]?.text ?? '') || UNIT_WORD.test(lexemes[index - 3]?.text ?? '');
    return SHORT_GRADE.test(lexeme.text) && isCounted && isAfterName(index, { lexemes, words, hits: [] });
  }
  for (let at = index - 1; at >= Math.max(0, index - 2); at -= 1) {
    const before = lexemes[at];
    if (before?.kind !== 'word') return false;
    const text = wordOf(at, words, lexemes);
    if (/^[а-я]{4,}$/.test(text) && !isRussianWord(text)) return true;
  }
  return false;
}

/** The end of "от 12.03" after a number, or of the number itself. */
function endOfDate(lexemes: readonly Lexeme[], index: number): number {
  const lexeme = lexemes[index];
  const from = lexemes[index + 1];
  const date = lexemes[index + 2];
  if (lexeme === undefined) return 0;
  const dated = (from?.text === 'от' || from?.text === 'ot' || from?.text === 'dated') && date?.kind === 'date';
  return dated ? date.end : lexeme.end;
}

/** Without the numbers of a quantity column: a line that is a code and a short number, in a table of such lines. */
function withoutColumns(folded: Folded, candidates: readonly Candidate[]): Candidate[] {
  const lineOf = (candidate: Candidate): number => {
    const before = folded.text.lastIndexOf('\n', candidate.lexeme.start);
    return before;
  };
  const lines = new Map<number, Candidate[]>();
  for (const candidate of candidates)
    lines.set(lineOf(candidate), [...(lines.get(lineOf(candidate)) ?? []), candidate]);
  const pairs = [...lines.values()].filter((line) => line.length === 2);
  const dropped = new Set<Candidate>();
  for (const [first, second] of pairs) {
    if (first === undefined || second === undefined || second.lexeme.kind !== 'number') continue;
    const between = folded.text.slice(first.lexeme.end, second.lexeme.start);
    const isColumn = between.includes('\t') || (pairs.length > 1 && /^ *[-;:=] *$|^ +$/.test(between));
    if (isColumn && second.lexeme.text.length < 6 && first.role === 'article') dropped.add(second);
  }
  return candidates.map((candidate) => (dropped.has(candidate) ? { ...candidate, role: 'none' } : candidate));
}
