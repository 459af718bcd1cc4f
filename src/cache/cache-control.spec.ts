import { OPERATIONS, type Operation } from '../onec/contract';
import { cachePolicy } from './cache-control';

const DEFAULT = 120;

describe(cachePolicy.name, () => {
  describe('without the header', () => {
    const expected: Record<Operation, { scope: string; ttlMs: number }> = {
      stock: { scope: 'private', ttlMs: 120_000 },
      prices: { scope: 'private', ttlMs: 120_000 },
      products: { scope: 'private', ttlMs: 120_000 },
      identify: { scope: 'private', ttlMs: 60_000 },
      ping: { scope: 'none', ttlMs: 0 },
      link: { scope: 'none', ttlMs: 0 },
      unlink: { scope: 'none', ttlMs: 0 },
      orders: { scope: 'none', ttlMs: 0 },
      payments: { scope: 'none', ttlMs: 0 },
      reconciliation: { scope: 'none', ttlMs: 0 },
    };

    it.each(Object.keys(OPERATIONS) as Operation[])('%s has its default', (operation) => {
      expect(cachePolicy(operation, {}, DEFAULT)).toEqual(expected[operation]);
    });

    it.each(['', 'must-revalidate', 'stale-if-error=60, immutable', 's-maxage=60'])(
      'a header that says nothing of it (%p) counts as none',
      (cacheControl) => {
        expect(cachePolicy('orders', { cacheControl }, DEFAULT)).toEqual({ scope: 'none', ttlMs: 0 });
        expect(cachePolicy('stock', { cacheControl }, DEFAULT)).toEqual({ scope: 'private', ttlMs: 120_000 });
      },
    );
  });

  it.each<[string, string, number]>([
    ['public, max-age=300', 'public', 300],
    ['private, max-age=300', 'private', 300],
    ['PUBLIC, Max-Age=10', 'public', 10],
    ['max-age=10,public', 'public', 10],
    ['max-age=10', 'private', 10],
    ['public', 'public', DEFAULT],
    ['private', 'private', DEFAULT],
    ['public, s-maxage=7, max-age=90', 'public', 7],
    ['private, s-maxage=7, max-age=90', 'private', 90],
    ['s-maxage=7, max-age=90', 'private', 90],
    ['public, s-maxage=7', 'public', 7],
    ['public, private, max-age=10', 'private', 10],
    ['private="X-Secret, X-Other", max-age=10', 'private', 10],
    ['public, max-age="10"', 'public', 10],
    ['public, max-age = 10', 'public', 10],
    ['public, max-age=10, must-revalidate, community="UCI, public"', 'public', 10],
    ['max-age=10, note="public"', 'private', 10],
    ['max-age=10, note="a \\" public, b"', 'private', 10],
    ['public, max-age=10, max-age=500', 'public', 10],
    ['public, max-age=0', 'public', 0],
    ['public, max-age=-5', 'public', 0],
    ['public, max-age=soon', 'public', 0],
    ['public, max-age', 'public', 0],
    ['public, max-age=1.5', 'public', 0],
    ['public, max-age=99999999999999', 'public', 2 ** 31],
    ['no-store', 'none', 0],
    ['public, no-store, max-age=300', 'none', 0],
    ['No-Cache', 'none', 0],
    ['public, max-age=300, no-cache="Set-Cookie"', 'none', 0],
    ['x-no-store, public, max-age=5', 'public', 5],
  ])('%p is %s for %i s', (cacheControl, scope, seconds) => {
    expect(cachePolicy('orders', { cacheControl }, DEFAULT)).toEqual({ scope, ttlMs: seconds * 1000 });
  });

  it('never lets the setting replace a max-age', () => {
    expect(cachePolicy('stock', { cacheControl: 'private, max-age=5' }, 9999).ttlMs).toBe(5000);
  });

  it.each([
    ['public, max-age=300', 100, 200_000],
    ['public, max-age=300', 300, 0],
    ['public, max-age=300', 999, 0],
    [undefined, 20, 100_000],
  ])('of %p after %i s elsewhere %i ms are left', (cacheControl, ageSeconds, ttlMs) => {
    expect(cachePolicy('stock', { ...(cacheControl ? { cacheControl } : {}), ageSeconds }, DEFAULT).ttlMs).toBe(ttlMs);
  });
});
