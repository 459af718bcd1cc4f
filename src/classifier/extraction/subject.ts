import { type Intent } from '../understanding';
import { shapeScore } from './code-signs';
import { type Lexeme } from './lexeme';
import { nounBefore } from './noun-before';
import { type Surroundings } from './surroundings';
import { DOCUMENT_NOUN } from './word-signs';

export const PAPERS: readonly Intent[] = ['order', 'payment', 'reconciliation'];
export const GOODS: readonly Intent[] = ['stock', 'price', 'product'];

const HAS_LETTER = /\p{L}/u;
const FIRM = /^(?:инн|ооо|ип|ао|зао|пао|контрагент\p{L}*|реквизит\p{L}*)$/u;

/** What a message as a whole talks of, and what codes it has. */
export class Subject {
  readonly codes: readonly Lexeme[];
  readonly hasCode: boolean;
  readonly namesFirm: boolean;
  readonly namesDocument: boolean;
  /** "есть в заявке?": the document has no number. */
  readonly asksInDocument: boolean;
  /** "по каким заказам ждёте К.123.45?" */
  readonly asksWhichDocument: boolean;
  /** How much the rules speak for each, in the weights of the rules. */
  readonly weight: { papers: number; payment: number; goods: number; price: number };
  /** How many codes have a letter. */
  private readonly lettered: number;
  /** Codes that documents are numbered like. */
  private readonly documentShapes: ReadonlySet<string>;

  /**
   * @param intents what the message as a whole was found to ask, where that is known already
   */
  constructor(
    around: Surroundings,
    private readonly intents: readonly Intent[],
  ) {
    const { lexemes, words, hits } = around;
    this.codes = lexemes.filter(({ kind }) => kind === 'code' || kind === 'number');
    this.lettered = this.codes.filter(({ text }) => HAS_LETTER.test(text)).length;
    this.documentShapes = new Set(this.codes.map(({ text }) => text).filter((text) => shapeScore(text) >= 2.5));
    this.hasCode = this.codes.some(({ kind }) => kind === 'code');
    this.namesFirm = lexemes.some(({ text }) => FIRM.test(text));
    this.namesDocument = lexemes.some(
      ({ kind }, index) => (kind === 'code' || kind === 'number') && DOCUMENT_NOUN.test(nounBefore(around, index)),
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
    const total = (of: readonly Intent[]): number =>
      hits.reduce((sum, hit) => sum + (of.includes(hit.intent) ? Math.max(0, hit.weight) : 0), 0);
    this.weight = { papers: total(PAPERS), payment: total(['payment']), goods: total(GOODS), price: total(['price']) };
  }

  /** The message was found to ask this. */
  asks(intent: Intent): boolean {
    return this.intents.includes(intent);
  }

  /** Nothing but papers is asked about. */
  get isOfPapers(): boolean {
    return this.intents.length > 0 && this.intents.every((intent) => PAPERS.includes(intent));
  }

  /** Papers are asked about, or the words hint at it. */
  get hintsAtPapers(): boolean {
    return this.weight.papers > 0 || this.intents.some((intent) => PAPERS.includes(intent));
  }

  /** A price is asked for, or the words hint at it. */
  get hintsAtPrice(): boolean {
    return this.weight.price > 0 || this.asks('price');
  }

  /** A price is asked for: the words tell only where the intents are not known. */
  get asksPrice(): boolean {
    return this.intents.length > 0 ? this.asks('price') : this.weight.price > 0;
  }

  /** An order is asked about: the words tell, of any papers, only where the intents are not known. */
  get asksOrder(): boolean {
    return this.intents.length > 0 ? this.asks('order') : this.weight.papers > 0;
  }

  /** How much more a payment, with no goods asked about, makes of a number. */
  get payingScore(): number {
    const isPaying = this.intents.length > 0 ? this.asks('payment') : this.weight.goods === 0;
    const asksGoods = this.intents.some((intent) => GOODS.includes(intent));
    return this.weight.payment > 0 && isPaying && !asksGoods ? 4.5 : 0;
  }

  /** What the intents of the whole message say: papers only, or goods only. */
  get intentsScore(): number {
    const papers = this.intents.some((intent) => PAPERS.includes(intent));
    const goods = this.intents.some((intent) => GOODS.includes(intent));
    if (papers === goods) return 0;
    return papers ? 3 : -4.5;
  }

  /** A code with letters stands in the message, besides the given one. */
  hasLettered(besides = ''): boolean {
    return this.lettered > (HAS_LETTER.test(besides) ? 1 : 0);
  }

  /** A document is named by its noun, or by the shape of another code. */
  namesOtherDocument(text: string): boolean {
    return this.namesDocument || this.documentShapes.size > (this.documentShapes.has(text) ? 1 : 0);
  }
}
