import { cachingFault } from './caching';

describe('Cache-Control', () => {
  it.each([
    ['stock', null],
    ['stock', 'public, max-age=300'],
    ['prices', 'private, max-age=300'],
    ['prices', 'PRIVATE , Max-Age="60"'],
    ['orders', 'no-store'],
    ['orders', 'private, max-age=30, must-revalidate'],
    ['payments', 'no-store, no-cache, max-age=0, must-revalidate'],
    ['link', 'no-store'],
  ] as const)('of %s may be %s', (operation, header) => {
    expect(cachingFault(operation, header)).toBeUndefined();
  });

  it.each([
    ['stock', 'max-age=-1', 'caching-header', true],
    ['stock', 'max-age=1.5', 'caching-header', true],
    ['stock', 'max-age', 'caching-header', true],
    ['stock', '300', 'caching-header', true],
    ['stock', '', 'caching-header', true],
    ['stock', 'public, private', 'caching-header', true],
    ['stock', 'no-store, max-age=300', 'caching-header', true],
    ['link', 'private, max-age=60', 'caching-header', true],
    ['orders', 'public, max-age=60', 'caching-scope', true],
    ['identify', 'public', 'caching-scope', true],
    ['prices', 'public, max-age=60', 'caching-scope', false],
    ['identify', 'private, max-age=3600', 'caching-time', false],
    ['products', 'private, max-age=604800', 'caching-time', false],
  ] as const)('of %s must not be %s: %s', (operation, header, code, isFailure) => {
    expect(cachingFault(operation, header)).toMatchObject({ code, isFailure });
  });
});
