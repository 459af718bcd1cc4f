import type { Language } from '../classifier/understanding';
import type { OneCPriceItem } from '../onec/contract';
import { formatDate } from './dates';
import { formatPrice } from './format';
import { type Freshness, renderFreshness } from './freshness';
import { message } from './messages';
import { type Missing, renderMissing } from './missing';
import type { ReplyOptions } from './options';
import { blocks, cardTitle, entryTitle, facts, field, given, lines } from './text';
import { formatPer } from './units';

/** Answer to `prices`, with what was not found made into offers. */
export interface PricesAnswer extends Freshness {
  items: OneCPriceItem[];
  notFound: Missing[];
}

/** "Цена: 1 250,00 ₽ за штуку, с НДС". HTML. */
export function priceFact(item: OneCPriceItem, language: Language): string {
  const price = formatPrice(item.price, item.currency, language);
  const text = given(item.unit)
    ? message(language, 'price.pricePer', { price, per: formatPer(item.unit, language) })
    : message(language, 'price.price', { price });
  if (item.vatIncluded == null) return text;
  return `${text}, ${message(language, item.vatIncluded ? 'price.vatIncluded' : 'price.vatExcluded')}`;
}

/** Kind of the price and the day from which it holds. HTML. */
export function priceTerms(item: OneCPriceItem, options: ReplyOptions): string[] {
  const { language } = options;
  return [
    field(language, 'price.type', 'type', item.priceType),
    given(item.validFrom) ? message(language, 'price.validFrom', { date: formatDate(item.validFrom, options) }) : '',
  ];
}

/** Answer to a question about prices: a card for one item, a compact list for several. Telegram HTML. */
export function renderPrices(data: PricesAnswer, options: ReplyOptions): string {
  const { language } = options;
  const [first] = data.items;
  const missing = renderMissing(data.notFound, options);
  if (!first) return missing || message(language, 'nothingFound');
  const freshness = renderFreshness(data, options);
  if (data.items.length === 1) {
    const body = lines(priceFact(first, language), ...priceTerms(first, options));
    return blocks(cardTitle(first, language), body, missing, freshness);
  }
  const entries = data.items.map((item) =>
    lines(entryTitle(item, language), priceFact(item, language), facts(...priceTerms(item, options))),
  );
  return blocks(message(language, 'price.title'), ...entries, missing, freshness);
}
