import { PEOPLE, type Person } from '../people';
import { type Day, dayOf } from './business/days';
import { ledgerOf, type Statement, statementOf } from './business/ledger';
import { OrderGenerator } from './business/order-generator';
import { PriceList } from './business/price-list';
import { isExpected, obligationsOf, type Obligation, type PurchaseOrder } from './business/purchase-order';
import { type Supplier, SupplierDirectory } from './business/supplier-directory';
import { type Catalogue } from './catalogue';
import { type CatalogueItem } from './catalogue-item';
import { seededRandom } from './seeded-random';

export interface BusinessOptions {
  catalogue: Catalogue;
  /** The accounts that speak for suppliers. */
  people?: readonly Person[];
  /** Another seed makes other orders, prices and payments of the same catalogue. */
  seed?: number;
  /** The time that the demo begins at; all its days are relative to it. */
  now?: Date;
}

export const DEFAULT_SEED = 7;

/** What of an item cannot be had although it lies in the warehouse, and what is still to come. */
export interface Commitments {
  reserved: number;
  expected: number;
}

/** The books of the demo company: suppliers, what was agreed with them, ordered, received and paid. */
export class Business {
  readonly directory: SupplierDirectory;
  readonly priceList: PriceList;
  readonly today: Day;
  private readonly orders = new Map<Supplier, readonly PurchaseOrder[]>();
  private readonly expected = new Map<CatalogueItem, number>();
  private readonly seed: number;

  constructor(private readonly options: BusinessOptions) {
    this.seed = options.seed ?? DEFAULT_SEED;
    this.today = dayOf(options.now ?? new Date());
    this.directory = new SupplierDirectory(options.people ?? PEOPLE);
    this.priceList = new PriceList(options.catalogue, this.seed, this.today);
    this.directory.suppliers.forEach((supplier, index) => {
      const orders = new OrderGenerator(supplier, index, this.priceList, this.seed, this.today).generate();
      this.orders.set(supplier, orders);
      this.expect(orders);
    });
  }

  get catalogue(): Catalogue {
    return this.options.catalogue;
  }

  /** @returns the newest first */
  ordersOf(supplier: Supplier): readonly PurchaseOrder[] {
    return this.orders.get(supplier) ?? [];
  }

  /** @returns what is still to be paid by its date, then what was paid, the latest first */
  obligationsOf(supplier: Supplier): Obligation[] {
    const all = this.ordersOf(supplier).flatMap((order) => obligationsOf(order, this.today));
    const open = all.filter(({ open }) => open > 0);
    const paid = all.filter(({ open }) => open <= 0);
    return [
      ...open.sort((a, b) => a.receipt.dueDay.localeCompare(b.receipt.dueDay)),
      ...paid.sort((a, b) => (b.paidDay ?? '').localeCompare(a.paidDay ?? '')),
    ];
  }

  /** @param from first day @param to last day, both included */
  statement(supplier: Supplier, from: Day, to: Day): Statement {
    return statementOf(ledgerOf(this.ordersOf(supplier)), from, to);
  }

  /** Customers have reserved every fourth item; the open orders of all suppliers together say what is expected. */
  commitmentsOf(item: CatalogueItem): Commitments {
    const random = seededRandom(`${this.seed}:reserved:${item.id}`);
    const reserved = random.integer(1, 4) === 1 ? Math.floor((item.quantity * random.integer(5, 30)) / 100) : 0;
    return { reserved: Math.max(0, reserved), expected: this.expected.get(item) ?? 0 };
  }

  private expect(orders: readonly PurchaseOrder[]): void {
    for (const { item, quantity, received } of orders.filter(isExpected).flatMap(({ lines }) => lines)) {
      if (quantity > received) this.expected.set(item, (this.expected.get(item) ?? 0) + quantity - received);
    }
  }
}
