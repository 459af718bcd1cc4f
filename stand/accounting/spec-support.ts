import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { type Operation, OPERATIONS, type ResponseOf } from '../../src/onec/contract';
import { loadSampleCatalogue } from './load-catalogue';
import { type Accounting, type AccountingOptions, startAccounting } from './server';

export const KEY = 'key-of-the-spec';
export const ANNA = '00-000077';
export const BORIS = '00-000078';
export const MEI = '00-000079';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the text is no JSON. */
  body: unknown;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
}

export async function start(options: Partial<AccountingOptions> = {}): Promise<Accounting> {
  return startAccounting({
    catalogue: await loadSampleCatalogue(),
    apiKey: KEY,
    now: new Date('2026-11-24T12:00:00+03:00'),
    ...options,
  });
}

/** One request with all that the contract asks for; `init` replaces parts of it. */
export async function call(
  accounting: { url: string },
  operation: string,
  body: unknown,
  init: RequestInit = {},
): Promise<Reply> {
  const { headers, ...rest } = init;
  const response = await fetch(`${accounting.url}/v1/${operation}`, {
    method: 'POST',
    headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...rest,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
}

/** The answer of a request that must succeed, held to the class of the contract. */
export async function ask<O extends Operation>(
  accounting: { url: string },
  operation: O,
  body: unknown,
): Promise<ResponseOf<O>> {
  const reply = await call(accounting, operation, body);
  if (reply.status !== 200) throw new Error(`${operation} answered ${reply.status}: ${reply.text}`);
  const Response = OPERATIONS[operation].response as new () => object;
  const violations = validateSync(plainToInstance(Response, reply.body), { forbidUnknownValues: false });
  if (violations.length > 0) throw new Error(`${operation} does not fit the contract: ${violations.join('; ')}`);
  return reply.body as ResponseOf<O>;
}

/** The problem of a request that must fail. */
export async function refusal(accounting: { url: string }, operation: string, body: unknown): Promise<Problem> {
  const { status, headers, body: problem } = await call(accounting, operation, body);
  if (status < 400 || !headers.get('content-type')?.startsWith('application/problem+json')) {
    throw new Error(`${operation} was not refused: ${status}`);
  }
  return problem as Problem;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
