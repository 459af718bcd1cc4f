import { type Scope } from './cache-control';

/**
 * The key of one entry (contract, Caching): the operation, the scope and the normalised parameter.
 *
 * A JSON array, so that no part can pass for the end of another: a supplier id or an article with any characters in it
 * has one key and no other.
 *
 * @param shelf the operation, and what its parameter is where it has several
 * @param owner the supplier (the chat, for `identify`) that a private entry was answered to; no part of a public key
 */
export function cacheKey(shelf: string, scope: Exclude<Scope, 'none'>, owner: string, parameter: string): string {
  return JSON.stringify(scope === 'public' ? [shelf, scope, parameter] : [shelf, scope, owner, parameter]);
}
