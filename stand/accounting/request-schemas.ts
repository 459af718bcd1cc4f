import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { type Operation, type RequestOf } from '../../src/onec/contract';
import { OPERATION_NAMES } from './operation-names';
import { Problem } from './problem';

const text = { type: 'string', pattern: '\\S' };
const supplierId = text;
const chatId = { type: 'integer' };
const articles = { type: 'array', maxItems: 100, items: text };
const limit = { type: 'integer', minimum: 1, maximum: 100 };
const offset = { type: 'integer', minimum: 0 };
const date = { type: 'string', format: 'contract-date' };
const user = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    username: { type: 'string' },
    firstName: { type: 'string' },
    lastName: { type: 'string' },
  },
};

/** The contract's requests, written down a second time on purpose: the bot is not checked by its own classes. */
const SCHEMAS: Readonly<Record<Operation, object>> = {
  ping: { type: 'object' },
  identify: { type: 'object', required: ['chatId'], properties: { chatId } },
  link: {
    type: 'object',
    required: ['chatId', 'user'],
    properties: { chatId, user, phone: { type: 'string', format: 'phone' }, inviteCode: text },
    oneOf: [{ required: ['phone'] }, { required: ['inviteCode'] }],
  },
  unlink: { type: 'object', required: ['supplierId', 'chatId'], properties: { supplierId, chatId } },
  products: {
    type: 'object',
    required: ['supplierId'],
    properties: { supplierId, query: { type: 'string' }, articles, limit, offset },
  },
  stock: { type: 'object', required: ['supplierId', 'articles'], properties: { supplierId, articles } },
  prices: { type: 'object', required: ['supplierId', 'articles'], properties: { supplierId, articles } },
  orders: {
    type: 'object',
    required: ['supplierId'],
    properties: { supplierId, number: text, state: { enum: ['open', 'all'] }, limit, offset },
  },
  payments: {
    type: 'object',
    required: ['supplierId'],
    properties: { supplierId, document: text, limit, offset },
  },
  reconciliation: {
    type: 'object',
    required: ['supplierId', 'from', 'to', 'format'],
    properties: { supplierId, from: date, to: date, format: { enum: ['pdf', 'xlsx'] } },
  },
};

const ajv = new Ajv({ allErrors: true })
  .addFormat('contract-date', isContractDate)
  .addFormat('phone', (phone: string) => phone.replace(/\D/g, '').length >= 10);

const VALIDATORS = new Map<string, ValidateFunction>(OPERATION_NAMES.map((name) => [name, ajv.compile(SCHEMAS[name])]));

/**
 * @param body parsed JSON; `null` and a missing field mean the same
 * @returns the body without nulls
 * @throws Problem `bad_request` with a detail that names each faulty field
 */
export function validateRequest<O extends Operation>(operation: O, body: unknown): RequestOf<O> {
  const request = withoutNulls(body);
  const validate = VALIDATORS.get(operation);
  if (!validate?.(request)) {
    const faulty = new Set((validate?.errors ?? []).flatMap((error) => describe(error)));
    throw new Problem(400, 'bad_request', [...faulty].join('; '));
  }
  return request as RequestOf<O>;
}

function describe({ keyword, instancePath, params, message }: ErrorObject): string[] {
  const field = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replace(/\//g, '.');
  const within = field === '' ? '' : `${field}.`;
  switch (keyword) {
    case 'oneOf':
      return ['phone, inviteCode: exactly one of them must be given'];
    case 'required':
      // What is missing in a branch of oneOf is told by oneOf.
      return ['phone', 'inviteCode'].includes(String(params['missingProperty']))
        ? []
        : [`${within}${params['missingProperty']}: is required`];
    case 'pattern':
      return [`${field}: must not be empty`];
    case 'enum':
      return [`${field}: must be one of ${(params['allowedValues'] as string[]).join(', ')}`];
    case 'format':
      return [
        params['format'] === 'phone'
          ? `${field}: must be a phone of at least ten digits`
          : `${field}: must be a day such as 2026-11-24, or a time with its offset`,
      ];
    default:
      return [`${field || 'body'}: ${message}`];
  }
}

/** `2026-11-24` or `2026-11-24T10:15:00+03:00`, a day that exists (contract, Transport). */
function isContractDate(value: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(value);
  if (!match || Number.isNaN(Date.parse(value))) return false;
  // A thirtieth of February is silently moved on by Date.
  return new Date(`${match[1]}T00:00:00Z`).toISOString().startsWith(match[1] ?? '');
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
