import { type Catalogue, type CatalogueItem } from '../accounting/catalogue';

/** Articles of the sample catalogue that show the most: one with a fraction, one of digits alone. */
const SHOWN = ['BP-4500/2', '12345'] as const;

/**
 * What to ask the bot, in the words of a supplier, with articles that the loaded catalogue has.
 * @param orderNumber of an order that the first supplier of the demo has
 */
export function exampleQuestions(catalogue: Catalogue, orderNumber: string | undefined): string[] {
  const [first, second] = examplesOf(catalogue);
  return [
    first && `есть ${first.article}?`,
    second && `скока щас ${second.article} и почём`,
    orderNumber && `что с заказом ${orderNumber}`,
    'когда деньги',
  ].filter((question): question is string => Boolean(question));
}

/** The shown articles where there are such, else two that are in stock, have a price and are not hard to type. */
function examplesOf(catalogue: Catalogue): [CatalogueItem?, CatalogueItem?] {
  const shown = SHOWN.flatMap((article) => catalogue.find(article).slice(0, 1));
  if (shown.length === SHOWN.length) return [shown[0], shown[1]];
  const askable = catalogue.items.filter(({ article, discontinued }) => !discontinued && /\d/.test(article));
  const [first, ...others] = askable.toSorted((a, b) => worth(b) - worth(a));
  return [first, others.find(({ article }) => article !== first?.article)];
}

function worth({ article, quantity, prices }: CatalogueItem): number {
  return (quantity > 0 ? 2 : 0) + (prices.length > 0 ? 2 : 0) + (article.length <= 12 ? 1 : 0);
}
