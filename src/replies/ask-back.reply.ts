import type { Intent, Language } from '../classifier/understanding';
import type { OneCProduct } from '../onec/contract';
import { formatList, formatNumber } from './format';
import { examples, type HelpData } from './help.reply';
import { contactLine } from './manager.reply';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { articleList, blocks, given, lines, shorten } from './text';

type Askable = Exclude<Intent, 'other'>;

const askable = (intents: Intent[]): Askable[] => intents.filter((intent): intent is Askable => intent !== 'other');

const what = (intent: Askable, language: Language) => message(language, `ask.what.${intent}`);

/** More articles than these make the question unreadable. */
const ARTICLES_NAMED = 3;

/** Products to choose from in one answer. */
export const PRODUCTS_TO_CHOOSE = 10;

/** "Вы про остаток или про цену?", the candidates to be offered as buttons beneath. Telegram HTML. */
export function renderAskIntent(
  { candidates, articles = [] }: { candidates: Intent[]; articles?: string[] },
  { language }: ReplyOptions,
): string {
  const options = askable(candidates).map((intent) => message(language, 'ask.about', { what: what(intent, language) }));
  if (options.length === 0) return message(language, 'ask.notUnderstoodPlain');
  const choice = formatList(options, 'disjunction', language);
  if (articles.length === 0 || articles.length > ARTICLES_NAMED) {
    return message(language, 'ask.intent', { what: choice });
  }
  return message(language, 'ask.intentArticles', { what: choice, articles: articleList(articles) });
}

/** A question about stock or price that names no article: which one? Telegram HTML. */
export function renderAskArticle({ intents }: { intents: Intent[] }, { language }: ReplyOptions): string {
  const asked = askable(intents).map((intent) => what(intent, language));
  if (asked.length === 0) return message(language, 'ask.articleOnly');
  return message(language, 'ask.article', { what: formatList(asked, 'conjunction', language) });
}

/** Nothing was understood: what to try, and whom to ask. Telegram HTML. */
export function renderNotUnderstood(data: Omit<HelpData, 'contactName'>, { language }: ReplyOptions): string {
  const list = examples(data, language);
  return blocks(
    list.length === 0
      ? message(language, 'ask.notUnderstoodPlain')
      : lines(
          message(language, 'ask.notUnderstood'),
          ...list.map(({ question }) => message(language, 'ask.example', { question })),
        ),
    contactLine(data, language),
  );
}

function chooseTitle(query: string | null | undefined, count: number, language: Language): string {
  if (!given(query)) return message(language, 'ask.product');
  return count === 1
    ? message(language, 'ask.productQuerySingle', { query })
    : message(language, 'ask.productQuery', { query, count });
}

/**
 * Several products go by the name that was asked for: which one? Numbered, so that buttons or "по второму" can choose.
 * @param data.total how many there are in all; default: as many as are given
 */
export function renderChooseProduct(
  { items, query, total }: { items: OneCProduct[]; query?: string | null; total?: number | null },
  { language }: ReplyOptions,
): string {
  const shown = items.slice(0, PRODUCTS_TO_CHOOSE);
  const count = Math.max(total ?? 0, items.length);
  const rest = count - shown.length;
  return blocks(
    chooseTitle(query, count, language),
    lines(
      ...shown.map(({ article, name }, index) =>
        message(language, 'ask.productEntry', {
          index: formatNumber(index + 1, language),
          article,
          name: shorten(name),
        }),
      ),
      rest > 0 && `<i>${message(language, 'ask.moreProducts', { count: rest })}</i>`,
    ),
  );
}
