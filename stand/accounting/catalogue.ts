import { articleKey } from '../../src/onec/article-key';
import { type CatalogueItem } from './catalogue-item';
import { CatalogueSearch } from './catalogue-search';

export type { CatalogueItem, ItemPrice, WarehouseQuantity } from './catalogue-item';

/** The goods of the accounting system, in memory. */
export class Catalogue {
  private readonly byKey = new Map<string, CatalogueItem[]>();
  private readonly byBarcode = new Map<string, CatalogueItem[]>();
  private readonly finder: CatalogueSearch;

  constructor(readonly items: readonly CatalogueItem[]) {
    for (const item of items) {
      append(this.byKey, articleKey(item.article), item);
      if (item.barcode !== undefined) append(this.byBarcode, item.barcode, item);
    }
    this.finder = new CatalogueSearch(items);
  }

  /**
   * The items with this article (contract, Transport: compared without regard to spelling; the exact spelling wins where
   * two items coincide; where several still coincide all are answered), else those with this barcode. A discontinued item
   * is found only where no live one coincides with it.
   *
   * @param article as the supplier wrote it
   * @returns nothing where the catalogue has no such article
   */
  find(article: string): readonly CatalogueItem[] {
    const alike = this.byKey.get(articleKey(article)) ?? [];
    const exact = alike.filter((item) => item.article === article.trim());
    if (exact.length > 0) return liveFirst(exact);
    return liveFirst(alike.length > 0 ? alike : (this.byBarcode.get(article.replace(/[\s-]/g, '')) ?? []));
  }

  /**
   * Items by an article, a part of one, a barcode, or words of the name in any form and order. Where nothing fits,
   * the items with the nearest articles.
   *
   * @param query as the supplier wrote it
   * @returns the best first; nothing where not even something near was found
   */
  search(query: string): readonly CatalogueItem[] {
    const found = new Set(this.find(query));
    for (const item of this.finder.byArticlePart(query)) found.add(item);
    for (const item of this.finder.byWords(query)) found.add(item);
    return found.size > 0 ? [...found] : this.nearest(query);
  }

  /**
   * @param article one that was not found
   * @param limit at most so many
   * @returns items whose articles differ from it the least, and not by more than a third
   */
  nearest(article: string, limit = 5): readonly CatalogueItem[] {
    return this.finder.nearest(article, limit);
  }
}

function liveFirst(items: readonly CatalogueItem[]): readonly CatalogueItem[] {
  const live = items.filter((item) => !item.discontinued);
  return live.length > 0 ? live : items;
}

function append(index: Map<string, CatalogueItem[]>, key: string, item: CatalogueItem): void {
  const known = index.get(key);
  if (known) known.push(item);
  else index.set(key, [item]);
}
