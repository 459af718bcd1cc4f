import { randomInt } from 'node:crypto';
import { type OneCSupplier, type Operation } from '../../src/onec/contract';
import { type CallOptions, type ContractClient, type NoReply, type Reply } from './client';
import { type AnswerOf, expectAnswer } from './expect';
import { Failed, Skipped } from './outcome';
import { documentedOperations, openapi } from './schema';
import { text } from './text';

export interface WorldOptions {
  /** A chat that is linked to an active supplier. */
  chat?: number;
  article?: string;
  order?: string;
  /** Whether links may be made and undone. */
  write: boolean;
  /** A code that was not used yet, for `write`. */
  invite?: string;
}

/** The operations, bot to accounting system. */
export const OPERATIONS = documentedOperations.filter((name) => `/v1/${name}` in openapi.paths) as Operation[];

/** Operations that carry `supplierId` and change nothing. */
export const READ_OPERATIONS = [
  'products',
  'stock',
  'prices',
  'orders',
  'payments',
  'reconciliation',
] as const satisfies readonly Operation[];
export type ReadOperation = (typeof READ_OPERATIONS)[number];

/** An article that no catalogue has. */
export const NO_SUCH_ARTICLE = 'ZZ-НЕТ-ТАКОГО-00/1';
/** A document number that no supplier has. */
export const NO_SUCH_NUMBER = '987654321';
/** A supplier that nobody is. */
export const NO_SUCH_SUPPLIER = 'no-such-supplier';
/** Near the top of the 52 bits that Telegram's ids may have. */
const FIRST_UNUSED_CHAT = 4_503_599_000_000_000;

/** What is known of the server so far; found out once, when a check first needs it. */
export class World {
  /** A chat that nobody has: a new one in every run. */
  readonly unknownChat = FIRST_UNUSED_CHAT + randomInt(1_000_000);
  private readonly known = new Map<string, Promise<unknown>>();

  constructor(
    readonly client: ContractClient,
    readonly options: WorldOptions,
  ) {}

  call(operation: Operation, body: unknown, options?: CallOptions): Promise<Reply | NoReply> {
    return this.client.call(operation, body, options);
  }

  /** Calls an operation; its answer has to be 200 and to fit the document. */
  async ask<O extends Operation>(operation: O, body: unknown, options?: CallOptions): Promise<AnswerOf<O>> {
    return expectAnswer(operation, await this.call(operation, body, options));
  }

  ping(): Promise<AnswerOf<'ping'>> {
    return this.once('ping', () => this.ask('ping', {}));
  }

  /** Skips the check where the server does not name the operation in ping. */
  async needs(operation: Operation): Promise<void> {
    const { operations } = await this.ping();
    if (!operations.includes(operation)) {
      throw new Skipped(text(`${operation} нет в ping.operations`, `${operation} is not in ping.operations`));
    }
  }

  /** The operations of a list that ping names; skips the check where there are none. */
  async servedOf<O extends Operation>(operations: readonly O[]): Promise<O[]> {
    const { operations: named } = await this.ping();
    const served = operations.filter((operation) => named.includes(operation));
    if (served.length === 0) throw new Skipped(text('таких операций в ping.operations нет', 'ping names none of them'));
    return served;
  }

  /** The active supplier of `--chat`; skips the check where there is none. */
  async supplier(): Promise<OneCSupplier> {
    const { chat } = this.options;
    if (chat === undefined) {
      throw new Skipped(text('дайте --chat N: чат подключённого поставщика', 'give --chat N: a chat that is linked'));
    }
    await this.needs('identify');
    const { supplier } = await this.found('supplier', () => this.ask('identify', { chatId: chat }));
    if (supplier.status !== 'active') {
      const [ru, en] = [
        `поставщик чата ${chat}: ${supplier.status}`,
        `the supplier of chat ${chat} is ${supplier.status}`,
      ];
      throw new Skipped(text(`${ru}, нужен active`, `${en}, an active one is needed`));
    }
    return supplier;
  }

  async supplierId(): Promise<string> {
    return (await this.supplier()).id;
  }

  /** Articles in the spelling of the catalogue, that of `--article` first; skips the check where none is known. */
  async articles(): Promise<string[]> {
    const { article } = this.options;
    const given = article === undefined ? [] : [article];
    const supplierId = await this.supplierId();
    const { operations } = await this.ping();
    if (!operations.includes('products')) {
      if (given.length > 0) return given;
      throw new Skipped(
        text('дайте --article A: products нет в ping.operations', 'give --article A: ping names no products'),
      );
    }
    const { items } = await this.found('products', () => this.ask('products', { supplierId, query: '', limit: 100 }));
    const found = items.map((item) => item.article);
    if (given.length + found.length === 0) {
      throw new Skipped(
        text('products ничего не нашла; дайте --article A', 'products has found nothing; give --article A'),
      );
    }
    return [...new Set([...given, ...found])];
  }

  /** The newest orders; skips the check where the supplier has none. */
  async orders(): Promise<AnswerOf<'orders'>['items']> {
    await this.needs('orders');
    const supplierId = await this.supplierId();
    const { items } = await this.found('orders', () => this.ask('orders', { supplierId, state: 'all', limit: 100 }));
    if (items.length === 0) throw new Skipped(text('у поставщика нет заказов', 'the supplier has no orders'));
    return items;
  }

  /** What every check would fail on is one check's failure; the others are skipped with its name. */
  private async found<T>(name: string, find: () => Promise<T>): Promise<T> {
    try {
      return await this.once(name, find);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      throw new Skipped(text(`нет данных: ${error.seen.ru}`, `nothing to ask with: ${error.seen.en}`));
    }
  }

  private once<T>(name: string, find: () => Promise<T>): Promise<T> {
    const known = this.known.get(name) ?? find();
    this.known.set(name, known);
    return known as Promise<T>;
  }
}

/** A request of each reading operation that brings a 200 wherever the operation is served. */
export function plainRequest(operation: ReadOperation, supplierId: string): object {
  switch (operation) {
    case 'stock':
    case 'prices':
      return { supplierId, articles: [NO_SUCH_ARTICLE] };
    case 'reconciliation':
      return { supplierId, ...lastMonth(), format: 'pdf' };
    default:
      return { supplierId, limit: 1 };
  }
}

/** The last thirty days, as `reconciliation` takes them. */
export function lastMonth(now = new Date()): { from: string; to: string } {
  const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  return { from: day(30), to: day(0) };
}
