import type { OneCPriceItem, OneCStockItem } from '../onec/contract';
import { olderOf, renderFreshness } from './freshness';
import { message } from './messages';
import { renderMissing } from './missing';
import type { ReplyOptions } from './options';
import { type PricesAnswer, priceFact, priceTerms } from './prices.reply';
import { availableFact, expectedFact, type StockAnswer, stockDetails } from './stock.reply';
import { blocks, cardTitle, entryTitle, facts, lines } from './text';

/** Both facts of one article; it may have several prices (kinds of price), or lack either fact. */
interface Entry {
  article: string;
  name: string;
  stock?: OneCStockItem;
  prices: OneCPriceItem[];
}

/** Both answers spell articles as the catalogue does; in the order of the stock, then what only has a price. */
function entriesOf(stock: OneCStockItem[], prices: OneCPriceItem[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const item of stock)
    entries.set(item.article, { article: item.article, name: item.name, stock: item, prices: [] });
  for (const item of prices) {
    const entry = entries.get(item.article) ?? { article: item.article, name: item.name, prices: [] };
    entry.prices.push(item);
    entries.set(item.article, entry);
  }
  return [...entries.values()];
}

function priceLines(prices: OneCPriceItem[], options: ReplyOptions): string {
  const { language } = options;
  if (prices.length === 0) return message(language, 'price.unknown');
  return lines(...prices.flatMap((item) => [priceFact(item, language), facts(...priceTerms(item, options))]));
}

/**
 * Answer to a question about stock and price together: one entry an article with both facts. What only one of the two
 * answers knows is an entry that says which fact is not there; not found is what neither knows. Telegram HTML.
 */
export function renderStockAndPrices(
  { stock, prices }: { stock: StockAnswer; prices: PricesAnswer },
  options: ReplyOptions,
): string {
  const { language } = options;
  const unpriced = new Set(prices.notFound.map(({ article }) => article));
  const missing = renderMissing(
    stock.notFound.filter(({ article }) => unpriced.has(article)),
    options,
  );
  const entries = entriesOf(stock.items, prices.items);
  const [first] = entries;
  if (!first) return missing || message(language, 'nothingFound');
  const freshness = renderFreshness(olderOf(stock, prices, options), options);
  const unknown = message(language, 'stock.unknown');
  if (entries.length === 1) {
    const details = first.stock ? stockDetails(first.stock, language) : unknown;
    return blocks(cardTitle(first, language), details, priceLines(first.prices, options), missing, freshness);
  }
  const list = entries.map((entry) =>
    lines(
      entryTitle(entry, language),
      entry.stock ? facts(availableFact(entry.stock, language), expectedFact(entry.stock, language)) : unknown,
      priceLines(entry.prices, options),
    ),
  );
  return blocks(message(language, 'combined.title'), ...list, missing, freshness);
}
