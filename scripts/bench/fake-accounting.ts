import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { jsonOf, listen, type LoopbackServer, reply } from './loopback';

/** How 1C fails: it is not there, its web server answers 503, or it takes questions and never answers. */
export type Fault = 'refused' | 'unavailable' | 'hanging';

const OPERATIONS = ['ping', 'identify', 'products', 'stock', 'prices', 'orders', 'payments'];
const PUBLIC = { 'Cache-Control': 'public, max-age=300' };
const PRIVATE = { 'Cache-Control': 'private, max-age=300' };

/** The contract's `identify`, `stock` and `ping`, with a latency and faults that a scenario sets. */
export class FakeAccounting {
  url = '';
  /** Milliseconds that 1C thinks about a question. */
  latencyMs = 0;
  /** An article that is never answered for. */
  stuckArticle: string | undefined;
  /** What the last answered request took here, from its arrival to the answer's being written. */
  lastOwnMs = 0;
  private readonly requests = new Map<string, number>();
  private fault: Fault | undefined;

  private server: LoopbackServer | undefined;

  private constructor() {}

  static async start(): Promise<FakeAccounting> {
    const accounting = new FakeAccounting();
    accounting.server = await listen(
      createServer((request, response) => {
        // A contender that gave up has broken its connection.
        accounting.answer(request, response).catch(() => response.destroy());
      }),
    );
    accounting.url = accounting.server.url;
    return accounting;
  }

  /** Requests for an operation so far. */
  count(operation: string): number {
    return this.requests.get(operation) ?? 0;
  }

  async fail(fault: Fault): Promise<void> {
    this.fault = fault;
    if (fault === 'refused') await this.stop();
  }

  async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = performance.now();
    const operation = request.url?.split('/').pop() ?? '';
    this.requests.set(operation, this.count(operation) + 1);
    const body = await jsonOf(request);
    if (this.fault === 'hanging') return;
    if (this.fault === 'unavailable') return reply(response, 503, { status: 503, code: 'unavailable', title: 'Away' });
    if (this.latencyMs > 0 && operation !== 'ping') await pause(this.latencyMs);
    this.serve(operation, body, response);
    this.lastOwnMs = performance.now() - arrivedAt;
  }

  private serve(operation: string, body: object, response: ServerResponse): void {
    const time = new Date().toISOString();
    switch (operation) {
      case 'ping':
        return reply(response, 200, { status: 'ok', system: 'bench', version: '1.0.0', time, operations: OPERATIONS });
      case 'identify':
        return reply(response, 200, { supplier: supplierOf(body as { chatId: number }) }, PRIVATE);
      case 'stock': {
        const { articles } = body as { articles: string[] };
        if (this.stuckArticle !== undefined && articles.includes(this.stuckArticle)) return;
        return reply(response, 200, { items: articles.map(stockOf), notFound: [], asOf: time }, PUBLIC);
      }
      default:
        return reply(response, 422, { status: 422, code: 'not_supported', title: 'Not supported' });
    }
  }
}

function supplierOf({ chatId }: { chatId: number }) {
  const manager = { name: 'Ирина Волкова', phone: '+74950000000' };
  return { id: `S${chatId}`, name: `ООО «Поставщик ${chatId}»`, inn: '7700000000', status: 'active', manager };
}

function stockOf(article: string) {
  const warehouses = [
    { name: 'Основной', available: 30 },
    { name: 'Склад 2', available: 12 },
  ];
  return { article, name: `Подшипник ${article}`, unit: 'шт', available: 42, warehouses };
}
