import { OneCOrdersRequest, OneCOrdersResponse } from './orders';
import { OneCPaymentsRequest, OneCPaymentsResponse } from './payments';
import { OneCPingRequest, OneCPingResponse } from './ping';
import { OneCPricesResponse } from './prices';
import { OneCProductsRequest, OneCProductsResponse } from './products';
import { OneCReconciliationRequest, OneCReconciliationResponse } from './reconciliation';
import { OneCArticlesRequest, OneCStockResponse } from './stock';
import {
  OneCIdentifyRequest,
  OneCIdentifyResponse,
  OneCLinkRequest,
  OneCUnlinkRequest,
  OneCUnlinkResponse,
} from './supplier';

/** The classes of each operation, bot to accounting system (contract, Operations). */
export const OPERATIONS = {
  ping: { request: OneCPingRequest, response: OneCPingResponse },
  identify: { request: OneCIdentifyRequest, response: OneCIdentifyResponse },
  link: { request: OneCLinkRequest, response: OneCIdentifyResponse },
  unlink: { request: OneCUnlinkRequest, response: OneCUnlinkResponse },
  products: { request: OneCProductsRequest, response: OneCProductsResponse },
  stock: { request: OneCArticlesRequest, response: OneCStockResponse },
  prices: { request: OneCArticlesRequest, response: OneCPricesResponse },
  orders: { request: OneCOrdersRequest, response: OneCOrdersResponse },
  payments: { request: OneCPaymentsRequest, response: OneCPaymentsResponse },
  reconciliation: { request: OneCReconciliationRequest, response: OneCReconciliationResponse },
} as const;

export type Operation = keyof typeof OPERATIONS;
export type RequestOf<O extends Operation> = InstanceType<(typeof OPERATIONS)[O]['request']>;
export type ResponseOf<O extends Operation> = InstanceType<(typeof OPERATIONS)[O]['response']>;
