import { serverAdvice } from './server-advice';

describe(serverAdvice.name, () => {
  const info = (...lines: string[]) => ['# Memory', ...lines].join('\r\n');

  it.each([
    ['nothing is known', info()],
    ['all is well', info('maxmemory:1000', 'maxmemory_policy:noeviction', 'aof_enabled:1')],
    ['memory has no bound', info('maxmemory:0', 'maxmemory_policy:allkeys-lru', 'aof_enabled:1')],
  ])('has none where %s', (_, text) => {
    expect(serverAdvice(text)).toEqual([]);
  });

  it('warns of a server that throws keys away, and of one that forgets', () => {
    const [eviction, persistence] = serverAdvice(
      info('maxmemory:1000', 'maxmemory_policy:allkeys-lru', '# Persistence', 'aof_enabled:0'),
    );
    expect(eviction).toContain('allkeys-lru');
    expect(persistence).toContain('appendonly yes');
  });
});
