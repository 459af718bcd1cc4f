import type { OneCStockItem, OneCWarehouseStock } from '../onec/contract';
import type { Language } from '../classifier/understanding';
import { type Freshness, renderFreshness } from './freshness';
import { message } from './messages';
import { type Missing, renderMissing } from './missing';
import type { ReplyOptions } from './options';
import { blocks, cardTitle, entryTitle, facts, lines } from './text';
import { formatQuantity } from './units';

/** Answer to `stock`, with what was not found made into offers. */
export interface StockAnswer extends Freshness {
  items: OneCStockItem[];
  notFound: Missing[];
}

const WAREHOUSES_SHOWN = 20;

/** "В наличии: 12 штук", or that there is none; what is below nought has been promised to others. HTML. */
export function availableFact(item: OneCStockItem, language: Language): string {
  return item.available > 0
    ? message(language, 'stock.available', { quantity: formatQuantity(item.available, item.unit, language) })
    : message(language, 'stock.none');
}

/** What is on its way, where there is any. HTML. */
export function expectedFact(item: OneCStockItem, language: Language): string {
  if (!item.expected || item.expected <= 0) return '';
  return message(language, 'stock.expectedShort', { quantity: formatQuantity(item.expected, item.unit, language) });
}

function warehouseLines(warehouses: OneCWarehouseStock[], unit: string | undefined, language: Language): string {
  if (warehouses.length === 0) return '';
  const shown = warehouses.slice(0, WAREHOUSES_SHOWN);
  const count = warehouses.length - shown.length;
  return lines(
    message(language, 'stock.warehouses'),
    ...shown.map(({ name, available }) =>
      message(language, 'stock.warehouse', { name, quantity: formatQuantity(available, unit, language) }),
    ),
    count > 0 && message(language, 'stock.moreWarehouses', { count }),
  );
}

/** Everything that is known of the stock of one item, as the body of a card. HTML. */
export function stockDetails(item: OneCStockItem, language: Language): string {
  const quantity = (value: number) => ({ quantity: formatQuantity(value, item.unit, language) });
  return blocks(
    lines(
      availableFact(item, language),
      !!item.expected && item.expected > 0 && message(language, 'stock.expected', quantity(item.expected)),
      !!item.reserved && message(language, 'stock.reserved', quantity(item.reserved)),
      item.onHand != null && item.onHand !== item.available && message(language, 'stock.onHand', quantity(item.onHand)),
    ),
    warehouseLines(item.warehouses ?? [], item.unit, language),
  );
}

/** Answer to a question about stock: a card for one item, a compact list for several. Telegram HTML. */
export function renderStock(data: StockAnswer, options: ReplyOptions): string {
  const { language } = options;
  const [first] = data.items;
  const missing = renderMissing(data.notFound, options);
  if (!first) return missing || message(language, 'nothingFound');
  const freshness = renderFreshness(data, options);
  if (data.items.length === 1) {
    return blocks(cardTitle(first, language), stockDetails(first, language), missing, freshness);
  }
  const entries = data.items.map((item) =>
    lines(entryTitle(item, language), facts(availableFact(item, language), expectedFact(item, language))),
  );
  return blocks(message(language, 'stock.title'), ...entries, missing, freshness);
}
