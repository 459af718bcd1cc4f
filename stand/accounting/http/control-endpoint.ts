import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type SupplierStatus } from '../../../src/onec/contract';
import { type Business } from '../business';
import { type Fault, FaultError, type Faults } from '../faults';
import { Problem } from '../problem';
import { type RequestLog } from '../request-log';
import { jsonAnswer, problemAnswer, send } from './answer';
import { readJson } from './body';

const STATUSES: readonly SupplierStatus[] = ['active', 'pending', 'blocked'];
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** @param parameter of the path @param otherUrl see ControlEndpoint.handle */
type Handler = (request: IncomingMessage, parameter: string, otherUrl?: string) => unknown;

export interface ControlEndpointOptions {
  faults: Faults;
  log: RequestLog;
  business: Business;
}

/**
 * What tests, the chat page's panel and hands on a keyboard do to the stand; no part of the contract. JSON, without a
 * key, for this machine only:
 *
 * - `GET`, `PUT`, `DELETE /_stand/faults`: the failure switch; PUT takes `{"mode":"status","status":503,"times":2}`,
 *   see `Fault` for its members
 * - `GET`, `DELETE /_stand/requests`: the last requests of the bot, the oldest first
 * - `GET /_stand/suppliers`: suppliers with their chats and the numbers of their orders
 * - `PUT /_stand/suppliers/{id}` with `{"status":"active"|"pending"|"blocked"}`: what a manager does in 1C
 * - `PUT /_stand/chats/{chatId}` with `{"supplierId":"…"}`: connects a chat without any asking
 */
export class ControlEndpoint {
  private readonly routes: readonly [path: RegExp, handlers: Readonly<Record<string, Handler>>][];

  constructor({ faults, log, business }: ControlEndpointOptions) {
    this.routes = [
      [
        /^\/_stand\/faults$/,
        {
          GET: () => faults.current,
          PUT: async (request, _, otherUrl) => {
            const fault = (await readObject(request)) as unknown as Fault;
            if (fault.mode === 'refused' && otherUrl !== undefined) {
              const detail = `refused closes this very port: send it to ${otherUrl}/_stand/faults, which stays open`;
              throw new Problem(409, 'port_would_close', detail);
            }
            await faults.set(fault);
            return faults.current;
          },
          DELETE: async () => {
            await faults.clear();
            return faults.current;
          },
        },
      ],
      [
        /^\/_stand\/requests$/,
        {
          GET: () => log.records,
          DELETE: () => ({ removed: log.records.splice(0).length }),
        },
      ],
      [/^\/_stand\/suppliers$/, { GET: () => business.directory.suppliers.map((one) => describe(business, one.id)) }],
      [
        /^\/_stand\/suppliers\/([^/]+)$/,
        {
          PUT: async (request, id) => {
            const { status } = await readObject(request);
            if (!STATUSES.includes(status as SupplierStatus)) {
              throw new Problem(400, 'bad_request', `status: must be one of ${STATUSES.join(', ')}`);
            }
            business.directory.setStatus(id, status as SupplierStatus);
            return describe(business, id);
          },
        },
      ],
      [
        /^\/_stand\/chats\/(\d+)$/,
        {
          PUT: async (request, chatId) => {
            const { supplierId } = await readObject(request);
            return business.directory.connect(Number(chatId), String(supplierId));
          },
        },
      ],
    ];
  }

  /** @param otherUrl where the control API can be reached while this port is closed; undefined on that very port */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, otherUrl?: string): Promise<void> {
    try {
      send(response, jsonAnswer(await this.answer(request, path, otherUrl)));
    } catch (error) {
      const known = error instanceof FaultError ? new Problem(400, 'bad_request', error.message) : error;
      send(response, problemAnswer(known));
    }
    request.resume();
  }

  private answer(request: IncomingMessage, path: string, otherUrl: string | undefined): unknown {
    if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
      throw new Problem(403, 'forbidden', 'The control API answers this machine only');
    }
    for (const [pattern, handlers] of this.routes) {
      const match = pattern.exec(path);
      if (!match) continue;
      const handler = handlers[request.method ?? ''];
      if (!handler) {
        const allowed = Object.keys(handlers).join(', ');
        throw new Problem(405, 'method_not_allowed', `${path} takes ${allowed}`, { Allow: allowed });
      }
      return handler(request, decodeURIComponent(match[1] ?? ''), otherUrl);
    }
    throw new Problem(404, 'not_found', `There is no ${path}`);
  }
}

function describe(business: Business, supplierId: string): object {
  const supplier = business.directory.suppliers.find(({ id }) => id === supplierId);
  if (!supplier) throw new Problem(404, 'supplier_not_found', `There is no supplier ${supplierId}`);
  const { id, name, inn, blocked, phone } = supplier;
  const orders = business.ordersOf(supplier).map(({ number }) => number);
  return { id, name, inn, phone, blocked, chats: business.directory.chatsOf(supplier), orders };
}

async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = await readJson(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem(400, 'bad_request', 'body: must be a JSON object');
  }
  return body as Record<string, unknown>;
}
