import { type Operation } from '../../src/onec/contract';
import { type CureCode } from './cures';
import { type Text, text } from './text';

/** What is wrong with a `Cache-Control`. */
export interface CachingFault {
  isFailure: boolean;
  seen: Text;
  code: CureCode;
}

/** Answers about one supplier alone: kept for everybody, they would be shown to another one. */
const PERSONAL: readonly Operation[] = ['identify', 'link', 'unlink', 'orders', 'payments', 'reconciliation'];
/** Answers that change with the question itself. */
const NEVER_KEPT: readonly Operation[] = ['link', 'unlink'];
/** Longer than that, a blocked supplier is answered for too long. */
const IDENTIFY_MAX_SECONDS = 600;
const MAX_SECONDS = 86_400;
const KNOWN = [
  'public',
  'private',
  'no-store',
  'no-cache',
  'max-age',
  's-maxage',
  'must-revalidate',
  'proxy-revalidate',
];

/**
 * Whether a `Cache-Control` can be read (RFC 9111, section 5.2) and fits its operation (contract, Caching).
 *
 * @param header null where the answer has none: the defaults of the contract hold
 * @returns undefined where all is well
 */
export function cachingFault(operation: Operation, header: string | null): CachingFault | undefined {
  if (header === null) return undefined;
  const fault = (code: CureCode, isFailure = true): CachingFault => ({
    isFailure,
    code,
    seen: text(`${operation}: Cache-Control: ${header}`, `${operation}: Cache-Control: ${header}`),
  });

  const directives = new Map(header.split(',').map((part) => directiveOf(part)));
  if ([...directives.keys()].some((name) => !KNOWN.includes(name))) return fault('caching-header');
  const ages = ['max-age', 's-maxage'].filter((name) => directives.has(name)).map((name) => directives.get(name) ?? '');
  if (ages.some((age) => !/^\d+$/.test(age))) return fault('caching-header');
  const keeps = ages.some((age) => Number(age) > 0);
  if (directives.has('no-store')) {
    return keeps || directives.has('public') ? fault('caching-header') : undefined;
  }
  if (directives.has('public') && directives.has('private')) return fault('caching-header');
  if (directives.has('public') && PERSONAL.includes(operation)) return fault('caching-scope');
  if (NEVER_KEPT.includes(operation) && keeps) return fault('caching-header');
  const limit = operation === 'identify' ? IDENTIFY_MAX_SECONDS : MAX_SECONDS;
  if (ages.some((age) => Number(age) > limit)) return fault('caching-time', false);
  // Not wrong where all suppliers have one price; most companies have several.
  if (directives.has('public') && operation === 'prices') return fault('caching-scope', false);
  return undefined;
}

function directiveOf(part: string): [name: string, value: string | undefined] {
  const [name = '', value] = part.split('=', 2);
  return [name.trim().toLowerCase(), value?.trim().replace(/^"(.*)"$/, '$1')];
}
