import { type Catalogue } from '../catalogue';
import { type CatalogueItem } from '../catalogue-item';
import { seededRandom } from '../seeded-random';
import { addDays, type Day } from './days';
import { type Supplier } from './supplier-directory';

export interface AgreedPrice {
  price: number;
  currency: string;
  /** Unit of the price. */
  unit: string;
  priceType: string;
  vatIncluded?: boolean;
  validFrom: Day;
}

/** Roubles for one unit of the currency, fixed so that the demo stays the same. */
const RATES: Readonly<Record<string, number>> = { RUB: 1, CNY: 11.2, USD: 80, EUR: 92 };
/** Agreed prices are from that many days ago. */
const VALID_SINCE_DAYS = [9, 24, 40, 71] as const;

/** The prices that were agreed with each supplier: of one item no two suppliers have the same. */
export class PriceList {
  constructor(
    readonly catalogue: Catalogue,
    private readonly seed: number,
    private readonly today: Day,
  ) {}

  /** @returns undefined where the catalogue has no price for the item */
  agreed(supplier: Supplier, item: CatalogueItem): AgreedPrice | undefined {
    const { priceType, priceShare, currency: wanted } = supplier.profile;
    const listed = item.prices[priceType % Math.max(item.prices.length, 1)];
    if (!listed) return undefined;
    const rate = (RATES[listed.currency] ?? NaN) / (RATES[wanted] ?? NaN);
    const currency = Number.isNaN(rate) ? listed.currency : wanted;
    const value = listed.value * priceShare * (Number.isNaN(rate) ? 1 : rate);
    const random = seededRandom(`${this.seed}:price:${item.id}`);
    return {
      price: rounded(value),
      currency,
      unit: listed.unit ?? item.unit,
      priceType: listed.priceType,
      vatIncluded: listed.vatIncluded,
      validFrom: addDays(this.today, -random.pick(VALID_SINCE_DAYS)),
    };
  }
}

/** To the hundredth, never down to nothing. */
function rounded(value: number): number {
  return Math.max(0.01, Math.round(value * 100) / 100);
}
