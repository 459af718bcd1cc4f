import { articleKey } from '../../src/onec/article-key';
import { Catalogue } from './catalogue';
import { type CatalogueItem, type ItemPrice } from './catalogue-item';
import { currencyCode } from './commerceml/currency';
import {
  type ExchangeOffer,
  type ExchangePrice,
  type ExchangePriceType,
  type ExchangeProduct,
  type ExchangeRecord,
} from './commerceml/exchange-records';

/** Things that were left out, and why. */
export interface Skipped {
  reason: string;
  count: number;
  /** The first of them. */
  examples: string[];
}

export interface BuiltCatalogue {
  catalogue: Catalogue;
  groups: number;
  products: number;
  offers: number;
  /** What can be asked for: products, and variants where a product has them. */
  items: number;
  prices: number;
  priceTypes: number;
  warehouses: number;
  skipped: Skipped[];
  /** What is odd about the files and how it was taken. */
  notes: string[];
}

const MAX_EXAMPLES = 5;
const DEFAULT_UNIT = 'шт';
const DEFAULT_PRICE_TYPE = 'Цена';

/** Puts the records of any number of exchange files together. */
export class CatalogueBuilder {
  private readonly groups = new Map<string, string>();
  private readonly units = new Map<string, string>();
  private readonly priceTypes = new Map<string, ExchangePriceType>();
  private readonly warehouses = new Map<string, string>();
  private readonly products = new Map<string, ExchangeProduct>();
  private readonly offers = new Map<string, ExchangeOffer>();
  private readonly skipped = new Map<string, Skipped>();
  private readonly notes = new Map<string, number>();

  /** @param file named in the report where the record cannot be used */
  add(record: Exclude<ExchangeRecord, { kind: 'header' }>, file: string): void {
    switch (record.kind) {
      case 'group':
        this.groups.set(record.id, record.name);
        break;
      case 'unit':
        this.units.set(record.id, record.name);
        break;
      case 'priceType':
        this.priceTypes.set(record.id, record);
        break;
      case 'warehouse':
        this.warehouses.set(record.id, record.name);
        break;
      case 'product':
        if (this.products.has(record.id))
          this.note('products that came again under the same Ид (the last one was taken)');
        this.products.set(record.id, record);
        break;
      case 'offer':
        this.offers.set(record.id, mergeOffers(this.offers.get(record.id), record));
        break;
      case 'document':
        this.skip('orders (<Документ>): the stand makes its own', file);
        break;
      case 'unusable':
        this.skip(`${record.element} ${record.reason}`, `${file}, line ${record.line}`);
        break;
      default:
        record satisfies never;
    }
  }

  build(): BuiltCatalogue {
    const items: CatalogueItem[] = [];
    const offersOf = this.offersByProduct();
    for (const product of this.products.values()) {
      items.push(...this.itemsOf(product, offersOf.get(product.id) ?? []));
      offersOf.delete(product.id);
    }
    for (const offers of offersOf.values()) {
      const made = this.itemsOf(undefined, offers);
      this.note('offers of no known product (each is an item of its own)', made.length);
      items.push(...made);
    }
    this.noteOddities(items);
    return {
      catalogue: new Catalogue(items),
      groups: this.groups.size,
      products: this.products.size,
      offers: this.offers.size,
      items: items.length,
      prices: items.reduce((sum, { prices }) => sum + prices.length, 0),
      priceTypes: this.priceTypes.size,
      warehouses: this.warehouses.size,
      skipped: [...this.skipped.values()],
      notes: [...this.notes].map(([text, count]) => `${text}: ${count}`),
    };
  }

  private offersByProduct(): Map<string, ExchangeOffer[]> {
    const byProduct = new Map<string, ExchangeOffer[]>();
    for (const offer of this.offers.values()) {
      const productId = this.products.has(offer.id) ? offer.id : (offer.id.split('#')[0] ?? offer.id);
      byProduct.set(productId, [...(byProduct.get(productId) ?? []), offer]);
    }
    return byProduct;
  }

  /** A product that comes in variants is asked for by its variants, any other by itself. */
  private itemsOf(product: ExchangeProduct | undefined, offers: readonly ExchangeOffer[]): CatalogueItem[] {
    const valid = offers.filter((offer) => !offer.deleted);
    if (valid.length < offers.length) {
      this.skip(
        'offers marked as deleted',
        offers.find((offer) => offer.deleted)?.id ?? '',
        offers.length - valid.length,
      );
    }
    if (valid.length > 0) return valid.map((offer) => this.itemOf(product, offer));
    return product ? [this.itemOf(product, undefined)] : [];
  }

  private itemOf(product: ExchangeProduct | undefined, offer: ExchangeOffer | undefined): CatalogueItem {
    const id = offer?.id ?? product?.id ?? '';
    const barcode = offer?.barcode ?? product?.barcode;
    const article = offer?.article ?? product?.article ?? product?.code ?? barcode ?? id;
    const unit = product?.unit ?? offer?.unit ?? DEFAULT_UNIT;
    return {
      id,
      article,
      name: nameOf(product, offer) ?? article,
      unit: this.units.get(unit) ?? unit,
      barcode,
      category: this.categoryOf(product),
      prices: (offer?.prices ?? []).map((price) => this.priceOf(price)),
      quantity: offer?.quantity ?? 0,
      warehouses: (offer?.warehouses ?? [])
        .filter(({ quantity }) => quantity !== 0)
        .map(({ warehouseId, quantity }) => ({ name: this.warehouses.get(warehouseId) ?? warehouseId, quantity })),
      discontinued: product?.deleted ?? false,
    };
  }

  private categoryOf(product: ExchangeProduct | undefined): string | undefined {
    const group = product?.groups.map((id) => this.groups.get(id)).find((name) => name !== undefined);
    return group ?? product?.itemKind;
  }

  private priceOf(price: ExchangePrice): ItemPrice {
    const type = this.priceTypes.get(price.typeId);
    const written = price.currency ?? type?.currency ?? 'RUB';
    const currency = currencyCode(written);
    if (currency === undefined) this.note(`prices in the unknown currency "${written}" (taken as RUB)`);
    return {
      priceType: type?.name ?? DEFAULT_PRICE_TYPE,
      value: price.value,
      currency: currency ?? 'RUB',
      unit: price.factor === 1 ? undefined : price.unit,
      vatIncluded: type?.vatIncluded,
    };
  }

  private noteOddities(items: readonly CatalogueItem[]): void {
    const articles = new Map<string, number>();
    for (const item of items) {
      const key = articleKey(item.article);
      articles.set(key, (articles.get(key) ?? 0) + 1);
      if (item.discontinued) this.note('items marked as deleted in 1C (answered where no live item has their article)');
      if (item.article === item.id) this.note('items without article, code and barcode (their Ид stands for it)');
      if (item.prices.length === 0) this.note('items without a price (not found when the price is asked)');
    }
    for (const count of articles.values()) {
      if (count > 1) this.note('items that share their article with another (all of them are answered)', count);
    }
  }

  private skip(reason: string, example: string, count = 1): void {
    const skipped = this.skipped.get(reason) ?? { reason, count: 0, examples: [] };
    skipped.count += count;
    if (skipped.examples.length < MAX_EXAMPLES) skipped.examples.push(example);
    this.skipped.set(reason, skipped);
  }

  private note(text: string, count = 1): void {
    this.notes.set(text, (this.notes.get(text) ?? 0) + count);
  }
}

/** 1C may write the name of a variant with or without what makes it one. */
function nameOf(product: ExchangeProduct | undefined, offer: ExchangeOffer | undefined): string | undefined {
  const name = offer?.name ?? product?.name;
  const variant = offer && offer.characteristics.length > 0 ? offer.characteristics.join(', ') : undefined;
  return variant !== undefined && name === product?.name ? `${name ?? ''} (${variant})`.trim() : name;
}

/** What a later file tells is added to what an earlier one told: prices and rests may come in files of their own. */
function mergeOffers(known: ExchangeOffer | undefined, offer: ExchangeOffer): ExchangeOffer {
  if (!known) return offer;
  const told = new Set(offer.prices.map(({ typeId }) => typeId));
  return {
    ...offer,
    article: offer.article ?? known.article,
    barcode: offer.barcode ?? known.barcode,
    name: offer.name ?? known.name,
    unit: offer.unit ?? known.unit,
    characteristics: offer.characteristics.length > 0 ? offer.characteristics : known.characteristics,
    prices: [...known.prices.filter(({ typeId }) => !told.has(typeId)), ...offer.prices],
    quantity: offer.quantity ?? known.quantity,
    warehouses: offer.warehouses.length > 0 ? offer.warehouses : known.warehouses,
  };
}
