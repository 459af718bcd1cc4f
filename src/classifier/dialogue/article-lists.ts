import { type ArticleList, type ConversationContext, type Understanding } from '../understanding';

/** Lists that are kept, and articles of one. */
const LISTS = 5;
const LONGEST = 100;

/**
 * The lists of a conversation after a message. Articles named together are a list of their own; those named one by one
 * make up a list until several are named together. What only refers to earlier articles changes nothing.
 */
export function nextLists(
  before: ConversationContext | null,
  { articles, articlesBy }: Pick<Understanding, 'articles' | 'articlesBy'>,
): ArticleList[] {
  const lists = before?.lists ?? [];
  const earlier = before?.articles ?? [];
  const isRepeated = articles.length === earlier.length && articles.every((article) => earlier.includes(article));
  if (articles.length === 0 || isRepeated || articlesBy === 'reference') return lists;
  if (articles.length > 1) return [...lists, { articles: articles.slice(0, LONGEST), together: true }].slice(-LISTS);
  const [article = ''] = articles;
  const last = lists.at(-1);
  if (articlesBy === 'correction') {
    const [corrected] = earlier.slice(-1);
    return lists.map((list) => ({
      ...list,
      articles: list.articles.map((one) => (one === corrected ? article : one)),
    }));
  }
  if (lists.some((list) => list.articles.includes(article))) return lists;
  if (last === undefined || last.together) return [...lists, { articles: [article], together: false }].slice(-LISTS);
  return [...lists.slice(0, -1), { ...last, articles: [...last.articles, article].slice(-LONGEST) }];
}
