import { setTimeout as pause } from 'node:timers/promises';
import type { Operation } from '../src/onec/contract';
import { startWorld, type World } from './support/world';

const ANNA = 77;
const BORIS = 78;
const ANNA_ID = '00-000077';

describe('The cache', () => {
  let world: World;
  afterEach(() => world.stop());

  async function start(cacheControl: Partial<Record<Operation, string>>, env: Record<string, string> = {}) {
    world = await startWorld({ cacheControl, env });
  }

  async function say(text: string, person = ANNA): Promise<string> {
    world.telegram.user(person).send(text);
    return (await world.telegram.user(person).nextMessage()).text ?? '';
  }

  const bodies = (operation: string) =>
    world.accounting.requests.filter((request) => request.operation === operation).map(({ body }) => body);

  it('asks 1C only for the articles that are not known', async () => {
    await start({ stock: 'private, max-age=300' });
    await say('есть АРТ-100, 12345?');
    await say('есть АРТ-100, BP-4500/2, 12345?');
    expect(bodies('stock').map((body) => (JSON.parse(body) as { articles: string[] }).articles)).toEqual([
      ['АРТ-100', '12345'],
      ['BP-4500/2'],
    ]);
  });

  it('knows an article by any spelling', async () => {
    await start({ stock: 'private, max-age=300' });
    for (const spelling of ['BP-4500/2', 'вр-4500/2', 'bp4500/2']) await say(`есть ${spelling}?`);
    expect(bodies('stock')).toHaveLength(1);
  });

  it('serves every supplier what is public', async () => {
    await start({ stock: 'public, max-age=300' });
    expect(await say('есть BP-4500/2?', ANNA)).toBe(await say('есть BP-4500/2?', BORIS));
    expect(bodies('stock')).toHaveLength(1);
  });

  it('keeps what is private to one supplier from another, also where both ask at once', async () => {
    await start({ prices: 'private, max-age=300' });
    const [anna, boris] = await Promise.all([say('почём BP-4500/2?', ANNA), say('почём BP-4500/2?', BORIS)]);
    const price = (text: string) => /Цена: (.+) за/.exec(text)?.[1];
    expect(price(anna)).toBeTruthy();
    expect(price(boris)).toBeTruthy();
    expect(price(anna)).not.toBe(price(boris));
    expect(price(await say('почём BP-4500/2?', ANNA))).toBe(price(anna));
    expect(price(await say('почём BP-4500/2?', BORIS))).toBe(price(boris));
    expect(bodies('prices')).toHaveLength(2);
  });

  it('keeps nothing that must not be stored', async () => {
    await start({ stock: 'no-store' });
    await say('есть BP-4500/2?');
    await say('есть BP-4500/2?');
    expect(bodies('stock')).toHaveLength(2);
  });

  it('forgets when the time is over', async () => {
    await start({ stock: 'public, max-age=1' });
    await say('есть BP-4500/2?');
    await pause(1100);
    await say('есть BP-4500/2?');
    expect(bodies('stock')).toHaveLength(2);
  });

  it('asks 1C once for many who ask for one new article at the same time', async () => {
    await start({ stock: 'public, max-age=300' });
    await Promise.all([say('/start', ANNA), say('/start', BORIS)]);
    await world.accounting.faults.set({ mode: 'none', latencyMs: 100, operation: 'stock' });
    const [anna, boris] = await Promise.all([say('есть BP-4500/2?', ANNA), say('есть BP-4500/2?', BORIS)]);
    expect(anna).toBe(boris);
    expect(bodies('stock')).toHaveLength(1);
  });

  it('bounds what it holds', async () => {
    await start({ stock: 'public, max-age=300', identify: 'no-store' }, { CACHE_MAX_ENTRIES: '2' });
    for (const article of ['АРТ-100', '12345', 'BP-4500/2', 'АРТ-100']) await say(`есть ${article}?`);
    expect(bodies('stock')).toHaveLength(4);
  });

  it('keeps an identity for a minute at most, and no refusal', async () => {
    await start({ identify: 'private, max-age=1' });
    expect(await say('есть BP-4500/2?')).toMatch(/В наличии|Нет в наличии/);
    world.accounting.suppliers.setStatus(ANNA_ID, 'blocked');
    await pause(1100);
    expect(await say('есть BP-4500/2?')).toContain('Доступ для этого чата закрыт');
  });

  it('does not shield a supplier whom 1C has stopped answering', async () => {
    await start({ stock: 'no-store', identify: 'private, max-age=300' });
    await say('есть BP-4500/2?');
    world.accounting.suppliers.setStatus(ANNA_ID, 'blocked');
    expect(await say('есть BP-4500/2?')).toContain('не подключён');
  });
});
