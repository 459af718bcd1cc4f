import { type Analysis } from '../analysis';
import { type Candidate } from '../extraction/candidate';
import { findPeriod } from '../extraction/period';
import { type ProductName } from '../extraction/product-name';
import { type Decision } from '../intents/decide';
import { cut } from '../text/fold';
import { type ConversationContext, CONTEXT_TTL_MS, type Intent, type Understanding } from '../understanding';
import { nextLists } from './article-lists';
import { isCorrection, replacePart } from './corrections';
import { findReference, resolveReference } from './references';

/** Articles of a conversation that are kept for "вернёмся к первой". */
const MENTIONED = 100;

const PRONOUN =
  /^(?:он|она|оно|они|его|ее|их|него|нее|них|нему|ней|ним|ними|нем|ему|этот|эта|этого|этой|этих|этим|этому|эту|там|тут|него|it|its|them|they|that|those|these|this)$/;
/** What asks for all of something rather than for the one talked about. */
const GENERAL_ORDER =
  /^(?:нов|друг|остальн|все$|всех|всего$|список|перечень|открыт|последн|ближайш|следующ|какие|какой$|заказы|заказов|заявки|заявок|наши|еще|график|orders|list|any|new|next|pos$)/;
const PARTICIPLE =
  /^(?:оплачен|прошл|прошел|почему|проплачен|заплачен|погашен|проведен|закрыт|оплатил|заплатил|перечислил|перевел|аванс|предоплат|полностью|целиком|частично|ушел|ушла|ушло|paid)/;

/** Objects that an intent is asked about. */
const GOODS: readonly Intent[] = ['stock', 'price', 'product'];
const PAPERS: readonly Intent[] = ['order', 'payment'];

/** Words beside an object that ask nothing. */
const PARTICLE =
  /^(?:а|и|еще|тоже|также|ну|ладно|теперь|тогда|по|за|на|для|что|насчет|то|же|самое|такой|такая|такое|давай|давайте|можно|пожалуйста|посмотри|посмотрите|скажи|скажите|подскажи|подскажите|меня|мне|интересует|интересуют|нужен|нужна|нужно|нужны|про|вопрос|and|what|about|also|ok|same|for|the)$/;

/** What a message is about: its own objects and those taken from the conversation. */
export interface Objects {
  articles: string[];
  order: string | null;
  /** Taken from the message itself, not from the conversation. */
  own: boolean;
  /** The writer counts in what was named before, or takes back the last message. */
  by?: 'reference' | 'correction';
}

/** The context if it is still alive: after four hours of silence the person begins anew. */
export function alive(context: ConversationContext | null | undefined, now: number): ConversationContext | null {
  if (context == null || now - context.at > CONTEXT_TTL_MS) return null;
  return context;
}

/** Articles and document of the message itself. */
export function ownObjects({ folded, codes }: Analysis): { articles: string[]; order: string | null } {
  const written = (code: Candidate): string => cut(folded, code.lexeme.start, code.end);
  const document = codes.find((code) => code.role === 'document');
  const articles = codes.filter((code) => code.role === 'article').map(written);
  return { articles: [...new Set(articles)].slice(0, 100), order: document === undefined ? null : written(document) };
}

/** Whether the message only names another object ("а Б-200?", "и за апрель тоже"): it then asks what was asked before. */
export function isElliptic({ words }: Analysis): boolean {
  return words.filter(({ text }) => !/^[#~]/.test(text) && !PARTICLE.test(text)).length <= 1;
}

/** Whether the message only names other goods ("а скобы?"). */
function namesOnlyGoods({ words, lexemes }: Analysis, { start, end }: ProductName): boolean {
  return words.every(({ text, lexeme }) => {
    const at = lexemes[lexeme]?.start ?? 0;
    return (at >= start && at < end) || PARTICLE.test(text);
  });
}

/** Resolves what the message leaves to the conversation: corrections, ordinals, pronouns, numbers of what was talked about. */
export function resolveObjects(
  analysis: Analysis,
  context: ConversationContext | null,
  intents: readonly Intent[] = [],
): Objects {
  const own = ownObjects(analysis);
  if (context === null) return { ...own, own: own.articles.length > 0 || own.order !== null };
  const papers = context.order !== null || context.intents.some((intent) => PAPERS.includes(intent));
  const talksOfPapers = papers && context.articles.length === 0;
  if (isCorrection(analysis.words)) {
    const corrected = correct(analysis, context, own);
    if (corrected !== null) return { ...corrected, own: true, by: 'correction' };
  }
  const reference = findReference(analysis.words);
  if (reference !== null && own.articles.length === 0 && context.mentioned.length > 0 && !talksOfPapers) {
    const { articles: recent, mentioned, lists = [] } = context;
    const counted = { recent, mentioned, lists: lists.map((list) => list.articles) };
    const articles = resolveReference(reference, counted);
    if (articles.length > 0) return { articles, order: own.order, own: true, by: 'reference' };
  }
  if (reference !== null && own.order === null && talksOfPapers && (context.documents ?? []).length > 1) {
    const [order] = resolveReference(reference, { recent: [], lists: [], mentioned: context.documents ?? [] });
    if (order !== undefined) return { articles: [], order, own: true, by: 'reference' };
  }
  if (own.order === null && talksOfPapers) {
    const number = analysis.codes.find(
      (code) => code.certainty < 3 && (code.role === 'article' || isElliptic(analysis)),
    );
    const speaksOfGoods =
      intents.some((intent) => GOODS.includes(intent)) ||
      analysis.hits.some((hit) => GOODS.includes(hit.intent) && hit.weight >= 1.5);
    if (number !== undefined && !speaksOfGoods) {
      const articles = own.articles.filter(
        (article) => article !== cut(analysis.folded, number.lexeme.start, number.lexeme.end),
      );
      return { articles, order: cut(analysis.folded, number.lexeme.start, number.end), own: true };
    }
  }
  return { ...own, own: own.articles.length > 0 || own.order !== null };
}

/** "ой, не 100, а 110": what stands instead of the article or document talked about; null where nothing is named. */
function correct(
  { folded, lexemes, codes }: Analysis,
  context: ConversationContext,
  own: { articles: string[]; order: string | null },
): { articles: string[]; order: string | null } | null {
  const isNegated = (code: Candidate): boolean => {
    const at = lexemes.indexOf(code.lexeme);
    const before = lexemes
      .slice(Math.max(0, at - 2), at)
      .filter((lexeme) => lexeme.kind === 'word' || lexeme.text === '/');
    return before.some((lexeme) => lexeme.text === 'не' || lexeme.text === 'not');
  };
  const named = codes.filter((code) => !isNegated(code));
  const negated = codes.find(isNegated);
  const last = named.at(-1);
  if (last === undefined) return null;
  const text = cut(folded, last.lexeme.start, last.end);
  const part = negated === undefined ? null : cut(folded, negated.lexeme.start, negated.lexeme.end);
  if (context.articles.length > 0) {
    const [article = ''] = context.articles.slice(-1);
    const whole =
      (/\p{L}/u.test(text) && !/^\d+\p{L}$/u.test(text)) ||
      text.length >= article.length ||
      (part === null && text.length > 4)
        ? text
        : replacePart(article, part, text);
    return { articles: [...context.articles.slice(0, -1), whole], order: null };
  }
  if (context.order !== null) {
    const isWhole = text.length >= context.order.length - 1 || last.end > last.lexeme.end || own.order !== null;
    return { articles: [], order: isWhole ? text : replacePart(context.order, part, text) };
  }
  return context.intents.some((intent) => PAPERS.includes(intent)) ? { articles: [], order: text } : null;
}

/** Fills in what the message leaves out from what was talked about, as far as the intents ask for it. */
export function inherit(
  objects: Objects,
  intents: readonly Intent[],
  { analysis: { words }, name }: { analysis: Analysis; name: ProductName | null },
  context: ConversationContext | null,
): { articles: string[]; order: string | null } {
  if (context === null || objects.own) return { articles: objects.articles, order: objects.order };
  const texts = words.map((word) => word.text);
  const hasPronoun = texts.some((text) => PRONOUN.test(text));
  const none = { articles: [], order: null };
  const asksPapers = intents.some((intent) => PAPERS.includes(intent));
  if (intents.some((intent) => GOODS.includes(intent)) && !(asksPapers && context.order !== null)) {
    const isNamed = name !== null && name.isLikely && (name.words > 1 || intents.includes('product'));
    if ((name?.isGoods === true && !hasPronoun) || (isNamed && !hasPronoun && !texts.includes('это'))) return none;
    const isGeneral = texts.some((text) =>
      /^(?:весь|вся|все|всех|всем|всю|прайс|номенклатур|ассортимент|каталог|список|перечень|выгруз)/.test(text),
    );
    if (context.articles.length > 0 && (!isGeneral || hasPronoun))
      return { articles: [...context.articles], order: null };
    return none;
  }
  if (!asksPapers) return none;
  if (context.order !== null) {
    if (hasPronoun) return { articles: [], order: context.order };
    if (intents.includes('order')) {
      return texts.some((text) => GENERAL_ORDER.test(text)) ? none : { articles: [], order: context.order };
    }
    const elliptic = texts.length <= 4 && texts.some((text) => PARTICIPLE.test(text) || /^(?:оплат|платеж)/.test(text));
    return elliptic ? { articles: [], order: context.order } : none;
  }
  const asksToOrder =
    texts.some((text) => /^(?:заказыва|закупа|закупит|дозака|брать$|везти$|возить|подвозить)/.test(text)) &&
    !texts.some((text) => /^(?:нов|заказ(?:а|ы|ов|у|е)?$|заявк)/.test(text));
  return context.articles.length > 0 && (hasPronoun || asksToOrder) && intents.includes('order')
    ? { articles: [...context.articles], order: null }
    : none;
}

/** The conversation after a message: what it talked about replaces what no longer fits. */
export function nextContext(
  context: ConversationContext | null,
  understanding: Understanding,
  now: number,
): ConversationContext {
  const before = alive(context, now);
  const talk = understanding.intents.filter(
    (intent) => intent !== 'help' && intent !== 'other' && intent !== 'manager',
  );
  const ordered = understanding.order === null ? [] : [understanding.order];
  const documents = [...new Set([...(before?.documents ?? []), ...ordered])].slice(-MENTIONED);
  const mentioned = [...new Set([...(before?.mentioned ?? []), ...understanding.articles])].slice(-MENTIONED);
  const lists = nextLists(before, understanding);
  if (talk.length === 0) {
    // A word of thanks or an aside leaves the question that was asked where it is.
    const isAside = !understanding.intents.includes('manager') && before?.intents.some((one) => CARRIED.includes(one));
    const intents = isAside === true && before !== null ? before.intents : understanding.intents;
    const keep = before ?? { articles: [], order: null, product: null };
    return {
      intents,
      articles: keep.articles,
      mentioned,
      lists,
      documents,
      order: keep.order,
      product: keep.product,
      at: now,
    };
  }
  const aboutGoods = talk.some((intent) => GOODS.includes(intent));
  return {
    intents: talk,
    articles: understanding.articles,
    mentioned,
    lists,
    documents,
    order: understanding.order,
    product:
      understanding.product ?? (aboutGoods && understanding.articles.length === 0 ? (before?.product ?? null) : null),
    at: now,
  };
}

/** Intents that a message which only names another object can carry on. */
const CARRIED: readonly Intent[] = [...GOODS, ...PAPERS, 'reconciliation'];

/** From so much on the rules say an intent outright. */
const SAID = 2;

/** Short questions back that ask on about the same. */
const REACTION =
  /^(?:почему|когда|точно|подробнее|подробней|уверен|уверены|правда|серьезно|разве|как|так|а|и|это|why|sure|really)$/;

/** At most so much may the rules say for an intent of its own in a message that carries the last one on. */
const SILENT = 1.5;

/**
 * The intents of a message that leaves them to the conversation: a correction, another object ("а Б-200?"), another
 * period ("и за апрель"), or a hint that fits what was talked about ("приняли полностью?").
 *
 * @param byJudge what the message says by itself
 * @returns null where it says enough by itself
 */
export function carriedIntents(
  analysis: Analysis,
  objects: Objects,
  context: ConversationContext,
  byJudge: Decision,
  name: ProductName | null,
): Decision | null {
  const carried = context.intents.filter((intent) => CARRIED.includes(intent));
  if (carried.length === 0) return null;
  const { scores, words } = analysis;
  const isSilent = CARRIED.every((intent) => scores[intent] < SILENT) && scores.other < 2 && scores.manager < SILENT;
  const refers = words.length <= 4 && findReference(words) !== null;
  const names = objects.by === 'correction' || (objects.own && (isElliptic(analysis) || refers));
  const isQuarter = words.some(({ text }) => /^перв|^втор|^трет|^четверт|^прошл/.test(text)) && isElliptic(analysis);
  const isPeriod = carried.includes('reconciliation') && (isQuarter || findPeriod(analysis.folded.text, 0) !== null);
  const isPeriodOnly = isPeriod && CARRIED.every((intent) => scores[intent] < 2) && scores.other < 2;
  if ((isSilent && names) || isPeriodOnly) {
    const isArticle = objects.articles.length > 0 && objects.order === null;
    const fits = carried.filter((intent) => !isArticle || GOODS.includes(intent));
    const intents: Intent[] = fits.length > 0 ? fits : ['stock'];
    return { intents, sure: true, candidates: intents };
  }
  const ofGoods = carried.filter((intent) => GOODS.includes(intent));
  if (ofGoods.length > 0 && name !== null && (name.isGoods || name.isLikely) && namesOnlyGoods(analysis, name))
    return { intents: ofGoods, sure: true, candidates: ofGoods };
  const isReaction = words.length <= 2 && words.every((word) => REACTION.test(word.text)) && words.length > 0;
  const isOther = !byJudge.sure || byJudge.intents.includes('other');
  // Doubt of few words ("цену первого") is none beside what was talked about.
  const said = CARRIED.filter((intent) => scores[intent] >= SAID);
  if (!byJudge.sure && objects.own && said.length > 0) return { intents: said, sure: true, candidates: said };
  const isHelp = byJudge.intents.includes('help');
  if ((isReaction && (isOther || isHelp)) || (isOther && !byJudge.sure && objects.own))
    return { intents: carried, sure: true, candidates: carried };
  const opened = opensWithObject(analysis);
  const asked = byJudge.intents.filter((intent) => CARRIED.includes(intent));
  if (opened && asked.length > 0) return { ...byJudge, intents: [...new Set([...carried, ...asked])] };
  const [candidate, ...others] = byJudge.candidates;
  if (!byJudge.sure && candidate !== undefined && others.length === 0 && isTalkedAbout(candidate, context))
    return { intents: [candidate], sure: true, candidates: [candidate] };
  const hinted = carried.filter((intent) => scores[intent] >= 0.8);
  const isOpen = !byJudge.sure || byJudge.intents.includes('other');
  if (isOpen && hinted.length > 0 && scores.other < 2) return { intents: hinted, sure: true, candidates: hinted };
  return null;
}

/** Whether there is something that this can be asked about. */
function isTalkedAbout(intent: Intent, { articles, order, product }: ConversationContext): boolean {
  return GOODS.includes(intent) ? articles.length > 0 || product !== null : PAPERS.includes(intent) && order !== null;
}

/** "а Б-200? и сколько её": a first sentence of nothing but another object, with a question of its own after it. */
function opensWithObject({ words }: Analysis): boolean {
  const sentence = words.filter((word) => word.sentence === words[0]?.sentence);
  const isObject =
    sentence.length <= 3 && sentence.some((word) => word.text === '#') && sentence.at(-1)?.asked === true;
  return (
    isObject && sentence.length < words.length && sentence.every((word) => /^(?:#|а|и|ну|еще|по|and)$/.test(word.text))
  );
}
