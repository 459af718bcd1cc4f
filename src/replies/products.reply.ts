import type { Language } from '../classifier/understanding';
import type { OneCProduct } from '../onec/contract';
import { message } from './messages';
import { type Missing, renderMissing } from './missing';
import type { ReplyOptions } from './options';
import { blocks, cardTitle, entryTitle, field, given, lines, pageLine } from './text';
import { formatUnit } from './units';

/** One page of an answer to `products`. */
export interface ProductsAnswer {
  items: OneCProduct[];
  /** How many there are in all; default: as many as are shown. */
  total?: number | null;
  offset?: number;
  /** The words that were searched for. */
  query?: string | null;
  notFound: Missing[];
}

function card(product: OneCProduct, language: Language): string {
  return blocks(
    cardTitle(product, language),
    lines(
      given(product.unit) && message(language, 'product.unit', { unit: formatUnit(product.unit, language) }),
      field(language, 'product.barcode', 'barcode', product.barcode),
      field(language, 'product.category', 'category', product.category),
    ),
  );
}

/** Answer to a question about products: a card for one, a page of a list for several. Telegram HTML. */
export function renderProducts(data: ProductsAnswer, options: ReplyOptions): string {
  const { language } = options;
  const { items, offset = 0, query } = data;
  const total = data.total ?? offset + items.length;
  const missing = renderMissing(data.notFound, options);
  const [first] = items;
  if (!first) {
    if (missing) return missing;
    return given(query) ? message(language, 'product.noneQuery', { query }) : message(language, 'product.none');
  }
  if (items.length === 1 && total <= 1) return blocks(card(first, language), missing);
  return blocks(
    given(query) ? message(language, 'product.titleQuery', { query }) : message(language, 'product.title'),
    lines(...items.map((item) => entryTitle(item, language))),
    missing,
    pageLine(offset, items.length, total, language),
  );
}
