import { type Operation } from '../onec/contract';

/** Whom an answer may be kept for; `none`: nobody. */
export type Scope = 'public' | 'private' | 'none';

export interface CachePolicy {
  scope: Scope;
  /** How long from now; 0: not at all. */
  ttlMs: number;
}

/** An answer that the accounting system gives for itself alone, headers included. */
export interface CacheHeaders {
  cacheControl?: string;
  ageSeconds?: number;
}

const IDENTIFY_TTL_SECONDS = 60;
/** RFC 9111, section 1.2.2: larger numbers of seconds count as this one. */
const MAX_DELTA_SECONDS = 2 ** 31;

/** A directive with its optional value, plain or quoted (RFC 9111, section 5.2). */
const DIRECTIVE = /([!#$%&'*+\-.^_`|~\w]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/**
 * How long and for whom an answer may be kept (contract, Caching; RFC 9111).
 *
 * `no-cache` counts as `no-store`: nothing here asks 1C whether a kept answer still holds. Of `public` and `private`
 * together the narrower wins, and a lifetime without a scope is private. A scope without a lifetime lasts
 * `defaultTtlSeconds`; a lifetime that is no number of seconds is over at once (section 4.2.1). `Age` is subtracted.
 * A header that says nothing of this is as good as none.
 *
 * @param defaultTtlSeconds the setting `CACHE_TTL_SECONDS`
 */
export function cachePolicy(operation: Operation, headers: CacheHeaders, defaultTtlSeconds: number): CachePolicy {
  const directives = parseDirectives(headers.cacheControl ?? '');
  if (directives.has('no-store') || directives.has('no-cache')) return { scope: 'none', ttlMs: 0 };

  const isPublic = directives.has('public') && !directives.has('private');
  const lifetime = (isPublic ? directives.get('s-maxage') : undefined) ?? directives.get('max-age');
  const saysNothing = !directives.has('public') && !directives.has('private') && lifetime === undefined;
  if (saysNothing) return aged(defaultPolicy(operation, defaultTtlSeconds), headers.ageSeconds);

  const seconds = lifetime === undefined ? defaultTtlSeconds : deltaSeconds(lifetime);
  return aged({ scope: isPublic ? 'public' : 'private', ttlMs: seconds * 1000 }, headers.ageSeconds);
}

/** Without the header (contract, Caching). */
function defaultPolicy(operation: Operation, defaultTtlSeconds: number): CachePolicy {
  switch (operation) {
    case 'stock':
    case 'prices':
    case 'products':
      return { scope: 'private', ttlMs: defaultTtlSeconds * 1000 };
    case 'identify':
      return { scope: 'private', ttlMs: IDENTIFY_TTL_SECONDS * 1000 };
    default:
      return { scope: 'none', ttlMs: 0 };
  }
}

function aged({ scope, ttlMs }: CachePolicy, ageSeconds = 0): CachePolicy {
  return { scope, ttlMs: Math.max(0, ttlMs - ageSeconds * 1000) };
}

/** Names are compared without regard to case; of a directive given twice the first counts (RFC 9111, section 4.2.1). */
function parseDirectives(header: string): Map<string, string> {
  const directives = new Map<string, string>();
  for (const [, name, quoted, plain] of header.matchAll(DIRECTIVE)) {
    const key = name!.toLowerCase();
    if (!directives.has(key)) directives.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return directives;
}

function deltaSeconds(text: string): number {
  return /^\d+$/.test(text.trim()) ? Math.min(Number(text), MAX_DELTA_SECONDS) : 0;
}
