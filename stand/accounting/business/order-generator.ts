import { type OrderStatus } from '../../../src/onec/contract';
import { type CatalogueItem } from '../catalogue-item';
import { type SeededRandom, seededRandom } from '../seeded-random';
import { addDays, type Day } from './days';
import { sumOf } from './money';
import { type PriceList } from './price-list';
import { costOf, type OrderLine, type Payment, type PurchaseOrder, type Receipt } from './purchase-order';
import { type Supplier } from './supplier-directory';

/** How an order of a status looks; days are counted back from today. */
interface StatusPlan {
  status: OrderStatus;
  count: readonly [min: number, max: number];
  /** Age of the order; for received ones the age of the receipt decides instead. */
  age: readonly [min: number, max: number];
  statusText?: string;
}

const PLANS: readonly StatusPlan[] = [
  { status: 'draft', count: [1, 1], age: [0, 2] },
  { status: 'awaiting_confirmation', count: [1, 2], age: [1, 4] },
  { status: 'confirmed', count: [2, 2], age: [4, 12] },
  { status: 'in_transit', count: [2, 2], age: [12, 30] },
  { status: 'partially_received', count: [1, 1], age: [25, 40], statusText: 'Поступил частично, ждём остаток' },
  { status: 'received', count: [4, 4], age: [0, 0] },
  { status: 'closed', count: [4, 8], age: [120, 330] },
  { status: 'cancelled', count: [1, 2], age: [50, 320] },
];

/** What became of the received orders' money, in turn. */
const RECEIVED_MONEY = ['planned', 'overdue', 'partial', 'planned'] as const;

const COMMENTS = [
  'Доставка на основной склад, Подольск',
  'Отгрузка на паллетах, просим маркировать места',
  'Нужны сертификаты на партию',
  'Самовывоз по готовности',
];

const CANCELLED_BECAUSE = ['Отменён: нет в производстве', 'Отменён: изменились сроки'];

/** The number 123 and its neighbours: eight apart, so that every supplier has numbers of its own. */
const PIVOT_NUMBER = 123;
const NUMBER_STEP = 8;

interface Draft extends PurchaseOrder {
  plan: StatusPlan;
}

/** Makes the orders of one supplier, with receipts and payments that fit their statuses. */
export class OrderGenerator {
  private readonly random: SeededRandom;
  private documents = 0;

  /** @param index of the supplier among all, from 0: keeps the numbers apart */
  constructor(
    private readonly supplier: Supplier,
    private readonly index: number,
    private readonly priceList: PriceList,
    seed: number,
    private readonly today: Day,
  ) {
    this.random = seededRandom(`${seed}:orders:${supplier.id}`);
  }

  /** @returns the newest first; none where the catalogue is empty */
  generate(): PurchaseOrder[] {
    const goods = this.goods();
    if (goods.length === 0) return [];
    const drafts = PLANS.flatMap((plan) => {
      const count = this.random.integer(...plan.count);
      return Array.from({ length: count }, (_, nth) => this.draft(plan, nth, goods));
    });
    return this.numbered(drafts).sort((a, b) => b.day.localeCompare(a.day) || b.number.localeCompare(a.number));
  }

  /** Live goods, those with a price if any has one. */
  private goods(): CatalogueItem[] {
    const live = this.priceList.catalogue.items.filter((item) => !item.discontinued);
    const priced = live.filter((item) => item.prices.length > 0);
    return priced.length > 0 ? priced : live;
  }

  private draft(plan: StatusPlan, nth: number, goods: readonly CatalogueItem[]): Draft {
    const lines = this.random.sample(goods, this.random.integer(2, 7)).map((item) => this.line(item));
    // A foreign supplier is spared the Russian remarks.
    const domestic = this.supplier.inn !== undefined;
    const base = {
      plan,
      number: '',
      status: plan.status,
      statusText: domestic ? plan.statusText : undefined,
      comment: domestic && this.random.integer(1, 3) === 1 ? this.random.pick(COMMENTS) : undefined,
      currency: this.supplier.profile.currency,
      receipts: [],
      payments: [],
    };
    const day = addDays(this.today, -this.random.integer(...plan.age));
    switch (plan.status) {
      case 'draft':
      case 'awaiting_confirmation':
        return { ...base, day, lines };
      case 'confirmed':
        return { ...base, day, lines, expectedDay: addDays(this.today, this.random.integer(5, 21)) };
      case 'in_transit':
        // The second one is late.
        return { ...base, day, lines, expectedDay: addDays(this.today, nth === 1 ? -2 : this.random.integer(1, 6)) };
      case 'partially_received':
        return this.partiallyReceived({ ...base, day, lines });
      case 'received':
        return this.received({ ...base, day, lines }, RECEIVED_MONEY[nth % RECEIVED_MONEY.length] ?? 'planned');
      case 'closed':
        return this.closed({ ...base, day, lines });
      case 'cancelled':
        return { ...base, day, lines, comment: domestic ? this.random.pick(CANCELLED_BECAUSE) : undefined };
      default:
        return plan.status satisfies never;
    }
  }

  private line(item: CatalogueItem): OrderLine {
    const price = this.priceList.agreed(this.supplier, item)?.price ?? this.random.integer(500, 90_000) / 10;
    const quantity = price > 3000 ? this.random.integer(1, 12) : this.random.integer(2, 60) * (price > 300 ? 1 : 10);
    return { item, quantity, received: 0, price };
  }

  private partiallyReceived(draft: Draft): Draft {
    const lines = draft.lines.map((line, index) => ({
      ...line,
      // The first line comes in part or not at all, the others wholly or not at all.
      received: index === 0 ? Math.floor(line.quantity / 2) : this.random.integer(0, 1) * line.quantity,
    }));
    if (lines.every(({ received }) => received === 0)) return this.partiallyReceived(this.enlarged(draft));
    const receipt = this.receipt(addDays(this.today, -this.random.integer(2, 9)), costOfReceived(lines));
    return { ...draft, lines, receipts: [receipt], expectedDay: addDays(this.today, this.random.integer(2, 8)) };
  }

  /** An order of one single thing cannot come in part. */
  private enlarged(draft: Draft): Draft {
    return { ...draft, lines: draft.lines.map((line) => ({ ...line, quantity: line.quantity * 2 })) };
  }

  private received(draft: Draft, money: (typeof RECEIVED_MONEY)[number]): Draft {
    const { deferralDays } = this.supplier.profile;
    const overdueBy = this.random.integer(2, 9);
    const receiptDay =
      money === 'overdue'
        ? addDays(this.today, -deferralDays - overdueBy)
        : addDays(this.today, -this.random.integer(1, deferralDays - 2));
    const lines = inFull(draft.lines);
    const receipt = this.receipt(receiptDay, costOfReceived(lines));
    const half = Math.floor(receipt.amount * 50) / 100;
    const payments = money === 'partial' ? [this.payment(receipt, receiptDay, half)] : [];
    const day = addDays(receiptDay, -this.random.integer(7, 20));
    return { ...draft, day, lines, receipts: [receipt], payments, expectedDay: receiptDay };
  }

  private closed(draft: Draft): Draft {
    const lines = inFull(draft.lines);
    const amount = costOfReceived(lines);
    const first = addDays(draft.day, this.random.integer(7, 15));
    const inTwo = amount > 100 && this.random.integer(1, 3) === 1;
    const part = inTwo ? Math.floor(amount * 60) / 100 : amount;
    const receipts = [this.receipt(first, part)];
    if (inTwo) receipts.push(this.receipt(addDays(first, this.random.integer(3, 10)), sumOf([amount, -part])));
    const payments = receipts.map((receipt) =>
      this.payment(receipt, addDays(receipt.dueDay, this.random.integer(-3, 2)), receipt.amount),
    );
    return { ...draft, lines, receipts, payments, expectedDay: first };
  }

  private receipt(day: Day, amount: number): Receipt {
    return { number: this.documentNumber(), day, amount, dueDay: addDays(day, this.supplier.profile.deferralDays) };
  }

  private payment(receipt: Receipt, day: Day, amount: number): Payment {
    return { number: this.documentNumber(), day, amount, receipt };
  }

  private documentNumber(): string {
    this.documents += 1;
    return `00-${String((this.index + 1) * 10_000 + this.documents * 7).padStart(8, '0')}`;
  }

  /**
   * The profile's own numbers go to the first order of their status, the others count in the order of their days, so that
   * the first order of the pivot's status has the number 123 plus the supplier's index.
   */
  private numbered(drafts: readonly Draft[]): PurchaseOrder[] {
    const { orderNumbers, pivotStatus } = this.supplier.profile;
    const named = new Map<Draft, string>();
    for (const plan of PLANS) {
      const number = orderNumbers[plan.status];
      const first = drafts.find((draft) => draft.status === plan.status);
      if (first && number !== undefined) named.set(first, number);
    }
    const counted = drafts.filter((draft) => !named.has(draft)).sort((a, b) => a.day.localeCompare(b.day));
    const pivot = Math.max(
      0,
      counted.findIndex((draft) => draft.status === pivotStatus),
    );
    return drafts.map(({ plan: _, ...order }, index) => {
      const draft = drafts[index] as Draft;
      const number = PIVOT_NUMBER + this.index + (counted.indexOf(draft) - pivot) * NUMBER_STEP;
      return { ...order, number: named.get(draft) ?? `00-${String(number).padStart(8, '0')}` };
    });
  }
}

function inFull(lines: readonly OrderLine[]): OrderLine[] {
  return lines.map((line) => ({ ...line, received: line.quantity }));
}

function costOfReceived(lines: readonly OrderLine[]): number {
  return sumOf(lines.map(({ received, price }) => costOf(received, price)));
}
