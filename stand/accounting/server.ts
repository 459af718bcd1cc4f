import { EventEmitter } from 'node:events';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Operation } from '../../src/onec/contract';
import { type Person } from '../people';
import { Business } from './business';
import { type SupplierDirectory } from './business/supplier-directory';
import { type Catalogue } from './catalogue';
import { type Fault, Faults } from './faults';
import { problemAnswer, send } from './http/answer';
import { ContractEndpoint } from './http/contract-endpoint';
import { ControlEndpoint } from './http/control-endpoint';
import { Listener } from './http/listener';
import { OPERATION_NAMES } from './operation-names';
import { createOperations } from './operations';
import { Problem } from './problem';
import { RequestLog, type RequestRecord } from './request-log';

const LOOPBACK_HOST = '127.0.0.1';

/** How long, and for whom, answers may be kept (contract, Caching). */
export const STOCK_CACHE_CONTROL: Readonly<Record<Operation, string>> = {
  ping: 'no-store',
  identify: 'private, max-age=60',
  link: 'no-store',
  unlink: 'no-store',
  products: 'public, max-age=300',
  stock: 'public, max-age=300',
  prices: 'private, max-age=300',
  orders: 'no-store',
  payments: 'no-store',
  reconciliation: 'no-store',
};

export interface AccountingOptions {
  catalogue: Catalogue;
  /** What the bot sends in X-API-Key. */
  apiKey: string;
  /** With it, HTTP Basic is asked for as well. */
  basicUser?: string;
  basicPassword?: string;
  /** @default 0, a free one */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Port of the control API, on the loopback only. @default 0, a free one */
  controlPort?: number;
  /** Before `/v1`, such as `/erp/hs/supplier-bot`. @default '' */
  pathPrefix?: string;
  /** The accounts that speak for suppliers. @default those of stand/people.ts */
  people?: readonly Person[];
  /** Other orders, prices and payments of the same catalogue. */
  seed?: number;
  /** The time that the stand begins at; all days are relative to it. @default now */
  now?: Date;
  /** Cache-Control of single operations instead of the stock ones. */
  cacheControl?: Partial<Record<Operation, string>>;
  /** What this accounting system can do. @default every operation */
  operations?: readonly Operation[];
  /** Whether answers begin with a byte order mark. @default false */
  bom?: boolean;
}

export interface AccountingEvents {
  /** A request has ended. */
  request: [RequestRecord];
  /** Another fault is on, or none. */
  fault: [Fault];
}

/** A running accounting system. */
export interface Accounting {
  /** What ONEC_BASE_URL is set to; the same after a `refused`. */
  url: string;
  /** Where the control API (`/_stand/…`) can be reached even while the port is closed. */
  controlUrl: string;
  catalogue: Catalogue;
  /** Who is linked to whom; what a manager does in 1C. */
  suppliers: SupplierDirectory;
  business: Business;
  faults: Faults;
  events: EventEmitter<AccountingEvents>;
  /** The last requests, the oldest first. */
  requests: readonly RequestRecord[];
  close(): Promise<void>;
}

/** Starts the accounting system of the demo; resolves when it listens, rejects where a port cannot be had. */
export async function startAccounting(options: AccountingOptions): Promise<Accounting> {
  const { catalogue, people, seed, pathPrefix = '' } = options;
  const started = Date.now();
  const now = options.now ?? new Date(started);
  const clock = () => new Date(now.getTime() + Date.now() - started);
  const business = new Business({ catalogue, people, seed, now });
  const served = options.operations ?? OPERATION_NAMES;

  let closed = false;
  const events = new EventEmitter<AccountingEvents>();
  const log = new RequestLog((record) => events.emit('request', record));
  const faults = new Faults(
    async (refused) => {
      if (!closed) await (refused ? listener.close() : listener.open());
    },
    (fault) => events.emit('fault', fault),
  );
  const contract = new ContractEndpoint({
    operations: createOperations(business, served, clock),
    served,
    credentials: options,
    cacheControl: { ...STOCK_CACHE_CONTROL, ...options.cacheControl },
    faults,
    log,
    bom: options.bom ?? false,
  });
  const control = new ControlEndpoint({ faults, log, business });

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    const operation = path.startsWith(`${pathPrefix}/v1/`) ? path.slice(pathPrefix.length + '/v1/'.length) : undefined;
    if (path.startsWith('/_stand')) return control.handle(request, response, path, controlListener.url);
    if (operation !== undefined) return contract.handle(request, response, operation);
    send(response, problemAnswer(new Problem(404, 'not_found', `There is no ${path}`)));
  };
  const listener = new Listener(guarded(route), options.host ?? LOOPBACK_HOST, options.port ?? 0);
  const controlListener = new Listener(
    guarded((request, response) => control.handle(request, response, pathOf(request))),
    LOOPBACK_HOST,
    options.controlPort ?? 0,
  );

  await listener.open();
  try {
    await controlListener.open();
  } catch (error) {
    await listener.close();
    throw error;
  }
  return {
    url: listener.url + pathPrefix,
    controlUrl: controlListener.url,
    catalogue,
    suppliers: business.directory,
    business,
    faults,
    events,
    requests: log.records,
    close: async () => {
      closed = true;
      await Promise.all([listener.close(), controlListener.close()]);
    },
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** A request that breaks off, or a fault of the stand itself, ends that request alone. */
function guarded(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => response.destroy());
  };
}
