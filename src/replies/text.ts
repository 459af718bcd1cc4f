import type { Language } from '../classifier/understanding';
import { formatNumber } from './format';
import { escapeHtml } from './html';
import { message, type MessageKey } from './messages';

type Maybe = string | false | null | undefined;

/** Lines or blocks one under another; what is empty takes no room. */
export const lines = (...parts: Maybe[]): string => parts.filter(Boolean).join('\n');
export const blocks = (...parts: Maybe[]): string => parts.filter(Boolean).join('\n\n');

/** Facts beside one another on a line. */
export const facts = (...parts: Maybe[]): string => parts.filter(Boolean).join(' · ');

/** Whether a field of the accounting system says something: `null`, missing and blank mean the same. */
export const given = (value: string | null | undefined): value is string => !!value?.trim();

/** Names longer than this many characters are shortened in lists; cards show them whole. */
const NAME_IN_LIST = 70;

/** A name for a list: at most `limit` characters, cut at a word where one ends near, with "…". Plain text. */
export function shorten(text: string, limit = NAME_IN_LIST): string {
  const characters = Array.from(text.trim());
  if (characters.length <= limit) return text.trim();
  const word = characters.lastIndexOf(' ', limit - 1);
  const cut = characters.slice(0, word > limit / 2 ? word : limit - 1).join('');
  return `${cut.replace(/[\s.,;:(\-–—]+$/u, '')}…`;
}

/** "Показано 11–20 из 57", or nothing where all is shown. */
export function pageLine(offset: number, shown: number, total: number, language: Language): string {
  if (shown === 0 || (offset === 0 && shown >= total)) return '';
  const number = (value: number) => formatNumber(value, language);
  const values = {
    from: number(offset + 1),
    to: number(offset + shown),
    total: number(Math.max(total, offset + shown)),
  };
  return `<i>${message(language, 'page', values)}</i>`;
}

/** The articles for a sentence: each ready to be copied with a tap. HTML. */
export const articleList = (articles: string[]): string =>
  articles.map((article) => `<code>${escapeHtml(article)}</code>`).join(', ');

/** The head of an entry of a list: article and shortened name. HTML. */
export function entryTitle(item: { article: string; name?: string | null }, language: Language): string {
  const name = given(item.name) && item.name.trim() !== item.article.trim() ? shorten(item.name) : '';
  return name
    ? message(language, 'item.entry', { article: item.article, name })
    : message(language, 'item.entryArticle', { article: item.article });
}

/** The head of a card: the whole name, and the article to copy. HTML. */
export function cardTitle(item: { article: string; name: string }, language: Language): string {
  return lines(
    message(language, 'item.title', { name: item.name }),
    message(language, 'item.article', { article: item.article }),
  );
}

/** A line of the catalogue, or nothing where the field is not given. HTML. */
export const field = (language: Language, key: MessageKey, name: string, value: string | null | undefined): string =>
  given(value) ? message(language, key, { [name]: value.trim() }) : '';
