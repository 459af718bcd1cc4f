/** A group or a category of the classifier; `parent` is the Ид of the group above. */
export interface ExchangeGroup {
  kind: 'group';
  id: string;
  name: string;
  parent?: string;
}

/** A `Товар` of the catalogue. */
export interface ExchangeProduct {
  kind: 'product';
  id: string;
  article?: string;
  /** The requisite `Код`: the code of the item in 1C. */
  code?: string;
  barcode?: string;
  name?: string;
  unit?: string;
  groups: string[];
  /** The requisite `ВидНоменклатуры`. */
  itemKind?: string;
  deleted: boolean;
}

export interface ExchangePrice {
  typeId: string;
  /** For `factor` base units. */
  value: number;
  currency?: string;
  unit?: string;
  factor: number;
}

export interface ExchangeWarehouseQuantity {
  warehouseId: string;
  quantity: number;
}

/** A `Предложение`: prices and quantities of a product, or of one of its variants (`product#characteristic`). */
export interface ExchangeOffer {
  kind: 'offer';
  id: string;
  article?: string;
  barcode?: string;
  name?: string;
  unit?: string;
  /** Values of `ХарактеристикиТовара`: size, colour. */
  characteristics: string[];
  prices: ExchangePrice[];
  /** Undefined where the file tells nothing of it: 1C may write prices and rests to files of their own. */
  quantity?: number;
  warehouses: ExchangeWarehouseQuantity[];
  deleted: boolean;
}

export interface ExchangePriceType {
  kind: 'priceType';
  id: string;
  name: string;
  currency?: string;
  vatIncluded?: boolean;
}

export interface ExchangeWarehouse {
  kind: 'warehouse';
  id: string;
  name: string;
}

/** A unit of the classifier (`ЕдиницаИзмерения`, CommerceML 2.08 and newer), referred to by its code. */
export interface ExchangeUnit {
  kind: 'unit';
  id: string;
  name: string;
}

/** The attributes of the root element. */
export interface ExchangeHeader {
  kind: 'header';
  schemaVersion?: string;
  generatedAt?: string;
  encoding: string;
}

/** A `Документ`: an order; the stand makes its own orders and counts these only. */
export interface ExchangeDocument {
  kind: 'document';
}

/** An element that lacks what it cannot be used without. */
export interface ExchangeUnusable {
  kind: 'unusable';
  element: string;
  reason: string;
  line: number;
}

export type ExchangeRecord =
  | ExchangeHeader
  | ExchangeGroup
  | ExchangeProduct
  | ExchangeOffer
  | ExchangePriceType
  | ExchangeWarehouse
  | ExchangeUnit
  | ExchangeDocument
  | ExchangeUnusable;
