export interface ItemPrice {
  /** Name of the price type. */
  priceType: string;
  /** For one `unit`. */
  value: number;
  /** ISO 4217. */
  currency: string;
  /** Unit of the price where it is not the item's own. */
  unit?: string;
  vatIncluded?: boolean;
}

export interface WarehouseQuantity {
  name: string;
  quantity: number;
}

/** What can be asked for: a product, or one variant of a product that comes in several. */
export interface CatalogueItem {
  /** Ид of the exchange: `product` or `product#characteristic`. */
  id: string;
  /** In the spelling of the catalogue; several items may share one. */
  article: string;
  name: string;
  unit: string;
  barcode?: string;
  category?: string;
  prices: readonly ItemPrice[];
  /** Free to sell, in `unit`, all warehouses together. */
  quantity: number;
  warehouses: readonly WarehouseQuantity[];
  /** Marked for deletion in 1C: known by its article, but not offered beside a live item. */
  discontinued: boolean;
}
