import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ContractClient } from '../scripts/contract/client';
import { CHECKS, runChecks } from '../scripts/contract/run';
import { World } from '../scripts/contract/world';
import { readExtension } from '../scripts/onec/extension-files';
import { type Books } from '../scripts/onec/interpreter/books';
import { ServiceUnderTest } from '../scripts/onec/interpreter/service';

const KEY = 'Key-Of-The-Extension-Test';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** More than a page of each, so that pages can be told apart. */
const books = (): Books => ({
  suppliers: [{ id: 'S1', name: 'ООО «Светотех»', inn: '7701234560', active: true, phone: '9161234506' }],
  chats: new Map([['77', { supplierId: 'S1', status: 'active', contact: 'Анна Смирнова' }]]),
  invites: new Map([[sha256('DEMO2026'), { supplierId: 'S1', used: false, expired: false }]]),
  items: [
    { article: 'BP-4500/2', name: 'Насос', category: 'Насосы', available: 118, price: 14600 },
    { article: 'E27-9N', name: 'Лампа', barcode: '4600007000193', price: 94.5 },
    { article: 'АВ-1', name: 'Автомат кириллицей', available: 0, price: 10.5 },
    { article: 'AB1', name: 'Автомат латиницей', available: 3, price: 4 },
  ],
  orders: ['confirmed', 'closed', 'in_transit', 'received', 'cancelled'].map((status, index) => ({
    number: `00-0000012${index}`,
    date: `2026-11-1${9 - index}`,
    status,
    amount: 1000 + index,
  })),
  payments: ['planned', 'overdue', 'paid'].map((status, index) => ({
    number: `СЧ-45${index}`,
    order: '00-00000121',
    date: `2026-10-1${9 - index}`,
    amount: 511000 + index,
    status,
  })),
  missing: new Set(),
  askedPeriods: [],
  keyHash: sha256(KEY),
  previousKeyHash: '',
});

/** What the stand-ins for the queries and the spreadsheet answer themselves, and more simply than 1C does. */
const OF_THE_STAND_INS = ['products.search', 'reconciliation.pdf', 'reconciliation.xlsx'];

/** As the platform does: POST alone, the handler's answer as it is. */
function serve(service: ServiceUnderTest): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat((await request.toArray()) as Buffer[]);
      if (request.method !== 'POST') {
        response.writeHead(405).end();
        return;
      }
      const headers: Record<string, string> = {};
      for (let at = 0; at < request.rawHeaders.length; at += 2) {
        headers[request.rawHeaders[at] ?? ''] = request.rawHeaders[at + 1] ?? '';
      }
      const answer = service.post((request.url ?? '').replace(/^\/v1\//, ''), headers, body.toString());
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => response.destroy());
  });
}

it('the protocol and the operations of the extension, run outside of 1C, keep the contract', async () => {
  const server = serve(new ServiceUnderTest(readExtension(), books())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Interpreted code on a machine that others work on: how fast it is says nothing.
  const client = new ContractClient({ url, key: KEY, timeoutMs: 15_000 });

  const results = await runChecks(new World(client, { chat: 77, write: true, invite: 'DEMO-2026' }));
  client.close();
  server.closeAllConnections();
  server.close();

  const ofTheExtension = results.filter(({ id }) => !OF_THE_STAND_INS.includes(id) && !id.startsWith('times.'));
  expect(ofTheExtension.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'warned')).toEqual([]);
  expect(ofTheExtension.filter(({ outcome }) => outcome.kind === 'skipped').map(({ id }) => id)).toEqual([
    'transport.https',
    'transport.old-tls',
    'access.basic',
    'ping.clock',
  ]);
  expect(results).toHaveLength(CHECKS.length);
}, 120_000);
