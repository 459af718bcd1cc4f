import { cacheKey } from './cache-key';

describe(cacheKey.name, () => {
  it('is one key for each combination, whatever the parts hold', () => {
    const parts = [
      '',
      'S',
      'S-1',
      '1',
      '"',
      '","',
      '\\',
      '\\"',
      ':',
      '","1',
      'public',
      'private',
      '\uD800',
      ']',
      'null',
    ];
    const keys = new Set<string>();
    for (const owner of parts) {
      for (const parameter of parts) keys.add(cacheKey('stock', 'private', owner, parameter));
    }
    for (const parameter of parts) keys.add(cacheKey('stock', 'public', 'S-1', parameter));
    expect(keys.size).toBe(parts.length ** 2 + parts.length);
  });

  it('leaves the owner out of a public key', () => {
    expect(cacheKey('stock', 'public', 'S-1', 'A')).toBe(cacheKey('stock', 'public', 'S-2', 'A'));
  });

  it('keeps operations apart', () => {
    expect(cacheKey('stock', 'public', '', 'A')).not.toBe(cacheKey('prices', 'public', '', 'A'));
  });
});
