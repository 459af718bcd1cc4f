import { setTimeout as pause } from 'node:timers/promises';
import { Intake } from '../src/bot/reception/intake';
import { ManagementPort } from '../src/http/management-port';
import { QueueUnavailableError } from '../src/queue/durable-queue';
import { Inbox } from '../src/queue/inbox';
import { Outbox } from '../src/queue/outbox';
import { describeWithRedis, RedisServer } from '../src/redis/testing/redis-server';
import { type MetricFamily, parseExposition, seriesOf } from './support/exposition';
import { startWorld, TEST_API_KEY, TEST_TOKEN, type World } from './support/world';

const ANNA = 77;
const BORIS = 78;
const PREFIX = 'supplier_bot_';

/** Everything that a scrape shows, with the values at hand by name and labels. */
class Scrape {
  readonly families: Map<string, MetricFamily>;
  private readonly values: Map<string, number>;

  constructor(readonly text: string) {
    this.families = parseExposition(text);
    const samples = Array.from(this.families.values()).flatMap((family) => family.samples);
    this.values = new Map(samples.map((sample) => [seriesOf(sample), sample.value]));
  }

  /** @param name without the prefix; 0 where there is no such series, as Prometheus adds up */
  value(name: string, labels: Record<string, string> = {}): number {
    return this.values.get(seriesOf({ name: PREFIX + name, labels })) ?? 0;
  }

  has(name: string, labels: Record<string, string> = {}): boolean {
    return this.values.has(seriesOf({ name: PREFIX + name, labels }));
  }

  get series(): string[] {
    return [...this.values.keys()].filter((key) => key.startsWith(PREFIX));
  }

  get own(): MetricFamily[] {
    return [...this.families.values()].filter(({ name }) => name.startsWith(PREFIX));
  }
}

async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  const type = response.headers.get('content-type')?.split('; ') ?? [];
  expect(new Set(type)).toEqual(new Set(['text/plain', 'version=0.0.4', 'charset=utf-8']));
  return new Scrape(await response.text());
}

/** Scrapes until the check passes; its last failure is thrown after five seconds. */
async function scrapedUntil(url: string, check: (now: Scrape) => void): Promise<Scrape> {
  const until = Date.now() + 5000;
  for (;;) {
    const now = await scrape(url);
    try {
      check(now);
      return now;
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(20);
    }
  }
}

async function say(world: World, text: string, person = ANNA): Promise<string> {
  world.telegram.user(person).send(text);
  return (await world.telegram.user(person).nextMessage()).text ?? '';
}

describe('GET /metrics', () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.stop();
  });

  it('counts a question all the way: update, intent, cache, 1C, outbox, Telegram', async () => {
    const before = Date.now() / 1000;
    await say(world, 'есть BP-4500/2?');
    await say(world, 'есть BP-4500/2?');
    const now = await scrapedUntil(world.url, (one) => {
      expect(one.value('telegram_calls_total', { method: 'sendMessage', result: 'ok' })).toBe(2);
      expect(one.value('delivery_duration_seconds_count')).toBe(2);
      expect(one.value('questions_total', { intent: 'stock', outcome: 'answered' })).toBe(2);
      expect(one.value('queue_items', { queue: 'inbox', state: 'claimed' })).toBe(0);
    });
    expect(now.value('updates_total', { result: 'stored' })).toBe(2);
    expect(now.value('updates_total', { result: 'duplicate' })).toBe(0);
    expect(now.value('last_update_timestamp_seconds')).toBeGreaterThanOrEqual(before);
    expect(now.value('last_update_timestamp_seconds')).toBeLessThanOrEqual(Date.now() / 1000);
    expect(now.value('question_duration_seconds_count', { source: 'onec' })).toBe(1);
    expect(now.value('question_duration_seconds_count', { source: 'bot' })).toBe(1);
    for (const operation of ['identify', 'stock']) {
      expect(now.value('cache_lookups_total', { operation, result: 'miss' })).toBe(1);
      expect(now.value('cache_lookups_total', { operation, result: 'hit' })).toBe(1);
      expect(now.value('onec_calls_total', { operation, result: 'ok' })).toBe(1);
      expect(now.value('onec_attempts_total', { operation, result: 'ok' })).toBe(1);
      expect(now.value('onec_attempt_duration_seconds_count', { operation })).toBe(1);
    }
    for (const queue of ['inbox', 'outbox', 'promised']) {
      expect(now.value('queue_up', { queue })).toBe(1);
      for (const state of ['waiting', 'claimed', 'dead']) {
        expect(now.has('queue_items', { queue, state })).toBe(true);
        expect(now.value('queue_items', { queue, state })).toBe(0);
      }
    }
    expect(now.value('reception_state', { state: 'up' })).toBe(1);
    expect(now.value('reception_state', { state: 'down' })).toBe(0);
    expect(now.value('onec_breaker_state', { state: 'closed' })).toBe(1);
    expect(now.has('redis_up')).toBe(false);
  });

  it('keeps to the conventions of names, and says of each metric what it tells', async () => {
    const { own, families } = await scrape(world.url);
    expect(own.length).toBeGreaterThan(15);
    for (const { name, type, help, samples } of own) {
      expect(name).toMatch(/^supplier_bot_[a-z0-9_]+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(type === 'histogram' && !name.endsWith('_seconds')).toBe(false);
      expect(help.length).toBeGreaterThan(20);
      expect(samples.flatMap(({ labels }) => Object.keys(labels)).filter((label) => !/^[a-z_]+$/.test(label))).toEqual(
        [],
      );
    }
    expect([...families.keys()]).toEqual(
      expect.arrayContaining([
        'process_cpu_user_seconds_total',
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_seconds',
      ]),
    );
    const build = families.get(`${PREFIX}build_info`)?.samples ?? [];
    expect(build).toEqual([
      {
        name: `${PREFIX}build_info`,
        labels: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string, node_version: process.versions.node },
        value: 1,
      },
    ]);
  });

  it('shows 1C going away and coming back: attempts, the breaker, promised answers', async () => {
    const people = [ANNA, BORIS, 79];
    for (const person of people) await say(world, 'есть BP-4500/2?', person);
    await world.accounting.faults.set({ mode: 'status', status: 503, operation: 'stock' });
    const articles = ['АРТ-100', 'SKU-90871'];
    await Promise.all(
      people.map(async (person) => {
        for (const article of articles) await say(world, `есть ${article}?`, person);
      }),
    );
    const open = await scrapedUntil(world.url, (one) => {
      expect(one.value('onec_breaker_state', { state: 'open' })).toBe(1);
      expect(one.value('onec_breaker_changes_total', { state: 'open' })).toBe(1);
      expect(one.value('questions_total', { intent: 'stock', outcome: 'trouble' })).toBeGreaterThanOrEqual(1);
    });
    expect(open.value('onec_breaker_state', { state: 'closed' })).toBe(0);
    expect(open.value('onec_calls_total', { operation: 'stock', result: 'onec_unavailable' })).toBeGreaterThanOrEqual(
      2,
    );
    expect(open.value('onec_attempts_total', { operation: 'stock', result: 'server_error' })).toBeGreaterThanOrEqual(3);
    expect(open.value('queue_items', { queue: 'promised', state: 'waiting' })).toBeGreaterThanOrEqual(1);
    await world.accounting.faults.clear();
    const closed = await scrapedUntil(world.url, (one) =>
      expect(one.value('promises_kept_total', { outcome: 'answered' })).toBeGreaterThanOrEqual(1),
    );
    expect(closed.value('onec_breaker_state', { state: 'closed' })).toBe(1);
    expect(closed.value('onec_breaker_changes_total', { state: 'closed' })).toBe(1);
  });

  it('counts older answers that were shown because 1C was away', async () => {
    await world.stop();
    world = await startWorld({ cacheControl: { stock: 'private, max-age=1' } });
    await say(world, 'есть BP-4500/2?');
    await pause(1100);
    await world.accounting.faults.set({ mode: 'refused' });
    await say(world, 'есть BP-4500/2?');
    const now = await scrapedUntil(world.url, (one) =>
      expect(one.value('questions_total', { intent: 'stock', outcome: 'stale' })).toBe(1),
    );
    expect(now.value('cache_stale_answers_total', { operation: 'stock' })).toBe(1);
    expect(now.value('onec_attempts_total', { operation: 'stock', result: 'connection' })).toBe(3);
  });

  it('tells the refusals of Telegram apart', async () => {
    world.telegram.faults.set({ method: 'sendMessage', mode: 'status', status: 429, retryAfter: 1, times: 1 });
    await say(world, 'спасибо');
    world.telegram.faults.set({ method: 'sendMessage', mode: 'status', status: 502, times: 1 });
    await say(world, 'спасибо', 79);
    await world.accounting.faults.set({ mode: 'none', latencyMs: 200, operation: 'stock', times: 1 });
    world.telegram.user(BORIS).send('есть АРТ-100?');
    world.telegram.user(BORIS).block();
    const blocked = await scrapedUntil(world.url, (one) => {
      for (const result of ['too_many_requests', 'server_error', 'blocked']) {
        expect(one.value('telegram_calls_total', { method: 'sendMessage', result })).toBe(1);
      }
      expect(one.value('unreachable_chats')).toBe(1);
    });
    expect(blocked.value('telegram_calls_total', { method: 'sendMessage', result: 'ok' })).toBe(2);
    world.telegram.user(BORIS).unblock();
    await say(world, 'спасибо', BORIS);
    expect((await scrape(world.url)).value('unreachable_chats')).toBe(0);
  });

  it('tells stored, known and refused updates apart', async () => {
    const intake = world.app.get(Intake, { strict: false });
    const poll = { id: '1', question: '?', options: [], type: 'regular' };
    const update = (update_id: number) => ({ update_id, poll }) as unknown as Parameters<Intake['store']>[0][number];
    const updates = [update(900_000_001), update(900_000_002)];
    await intake.store(updates);
    await intake.store([...updates, update(900_000_003)]);
    jest
      .spyOn(world.app.get(Inbox, { strict: false }), 'add')
      .mockRejectedValueOnce(new QueueUnavailableError('the disk is full'));
    await expect(intake.store(updates)).rejects.toThrow('the disk is full');
    const now = await scrape(world.url);
    expect(now.value('updates_total', { result: 'stored' })).toBe(3);
    expect(now.value('updates_total', { result: 'duplicate' })).toBe(2);
    expect(now.value('updates_total', { result: 'refused' })).toBe(2);
  });

  it('shows dead items, and waits for no store that hangs', async () => {
    const outbox = world.app.get(Outbox, { strict: false });
    jest.spyOn(outbox, 'counts').mockResolvedValueOnce({ waiting: 4, claimed: 2, dead: 1 });
    const shown = await scrape(world.url);
    expect(shown.value('queue_items', { queue: 'outbox', state: 'waiting' })).toBe(4);
    expect(shown.value('queue_items', { queue: 'outbox', state: 'claimed' })).toBe(2);
    expect(shown.value('queue_items', { queue: 'outbox', state: 'dead' })).toBe(1);

    jest.spyOn(outbox, 'counts').mockReturnValue(new Promise(() => undefined));
    const startedAt = Date.now();
    const scrapes = await Promise.all([scrape(world.url), scrape(world.url), scrape(world.url)]);
    expect(Date.now() - startedAt).toBeLessThan(1500);
    for (const one of scrapes) {
      expect(one.has('queue_up', { queue: 'outbox' })).toBe(true);
      expect(one.value('queue_up', { queue: 'outbox' })).toBe(0);
      expect(one.has('queue_items', { queue: 'outbox', state: 'dead' })).toBe(false);
      expect(one.value('queue_up', { queue: 'inbox' })).toBe(1);
      expect(one.has('queue_items', { queue: 'inbox', state: 'dead' })).toBe(true);
    }
  });

  it('grows with no person, article or word, and has nothing personal or secret in it', async () => {
    const questions = (n: number) => [
      `есть ЯЯ-${n}?`,
      `скока стоит QX-${n}/7`,
      `что с заказом ${70_000 + n}`,
      `хрю ${n}`,
    ];
    for (const text of questions(1)) await say(world, text);
    const few = await scrape(world.url);
    for (let n = 2; n < 8; n += 1) {
      for (const text of questions(n)) await Promise.all([ANNA, BORIS, 79, 82].map((id) => say(world, text, id)));
    }
    const many = await scrapedUntil(world.url, (one) =>
      expect(one.value('telegram_calls_total', { method: 'sendMessage', result: 'ok' })).toBe(4 + 6 * 4 * 4),
    );
    const grown = many.series.filter((series) => !few.series.includes(series));
    // An unknown chat is turned away: one outcome more, and one refusal of 1C.
    expect(grown.length).toBeLessThan(10);
    expect(many.series.length).toBeLessThan(400);
    for (const { name, samples } of many.own.filter(({ name }) => name !== `${PREFIX}build_info`)) {
      for (const [label, value] of samples.flatMap(({ labels }) => Object.entries(labels))) {
        expect(`${name} ${label}=${value}`).toMatch(label === 'le' ? /=(\d+(\.\d+)?|\+Inf)$/ : /=[a-zA-Z_]+$/);
      }
    }
    expect(many.text).not.toMatch(/[а-яё]/i);
    for (const secret of [TEST_TOKEN, TEST_API_KEY, 'QX-', '127.0.0.1']) expect(many.text).not.toContain(secret);
  });
});

describe('MANAGEMENT_PORT', () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld({ env: { MANAGEMENT_PORT: '0' } });
  });
  afterEach(() => world.stop());

  it('has the metrics, and the main port has none', async () => {
    const management = world.app.get(ManagementPort).port;
    const { own } = await scrape(`http://127.0.0.1:${management}`);
    expect(own.length).toBeGreaterThan(15);
    const main = await fetch(`${world.url}/metrics`);
    expect(main.status).toBe(404);
    expect(await main.text()).not.toContain(PREFIX);
  });
});

describeWithRedis('With REDIS_URL', () => {
  let redis: RedisServer;
  let world: World;

  beforeEach(async () => {
    redis = await RedisServer.start();
    world = await startWorld({ env: { REDIS_URL: redis.url } });
  });
  afterEach(async () => {
    redis.thaw();
    await world.stop();
    await redis.stop();
  });

  it('the metrics and readiness show whether Redis answers, and a scrape waits for none that is frozen', async () => {
    const stores = async () => {
      const { details } = (await (await fetch(`${world.url}/health/ready`)).json()) as {
        details: Record<string, { status: string }>;
      };
      return { redis: details['redis']?.status, queues: details['queues']?.status };
    };
    await scrapedUntil(world.url, (one) => {
      expect(one.value('redis_up')).toBe(1);
      expect(one.value('queue_up', { queue: 'inbox' })).toBe(1);
    });
    await expect(stores()).resolves.toEqual({ redis: 'up', queues: 'up' });
    redis.freeze();
    const startedAt = Date.now();
    await scrape(world.url);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    const frozen = await scrapedUntil(world.url, (one) => expect(one.value('redis_up')).toBe(0));
    expect(frozen.has('redis_up')).toBe(true);
    expect(frozen.value('queue_up', { queue: 'inbox' })).toBe(0);
    await pause(1000);
    await expect(stores()).resolves.toEqual({ redis: 'down', queues: 'down' });
    redis.thaw();
    await scrapedUntil(world.url, (one) => expect(one.value('redis_up')).toBe(1));
  });
});

describe(parseExposition.name, () => {
  const head = '# HELP a Says a.\n# TYPE a counter\n';
  const histogram = '# HELP h Says h.\n# TYPE h histogram\n';

  it.each([
    ['no line feed at the end', `${head}a 1`],
    ['a sample without its TYPE', 'a 1\n'],
    ['a TYPE without its HELP', '# TYPE a counter\na 1\n'],
    ['a metric in two groups', `${head}a 1\n# HELP b Says b.\n# TYPE b gauge\nb 1\na{c="1"} 1\n`],
    ['a series twice', `${head}a{b="1",c="2"} 1\na{c="2",b="1"} 2\n`],
    ['a quote that is not escaped', `${head}a{b="1"2"} 1\n`],
    ['an escape that there is not', `${head}a{b="\\t"} 1\n`],
    ['a label of Prometheus itself', `${head}a{__b="1"} 1\n`],
    ['no number', `${head}a one\n`],
    ['a counter below 0', `${head}a -1\n`],
    ['a histogram that shrinks', `${histogram}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`],
    ['a histogram without +Inf', `${histogram}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
    ['a histogram without its sum', `${histogram}h_bucket{le="+Inf"} 1\nh_count 1\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parseExposition(text)).toThrow(Error);
  });

  it('reads values and labels', () => {
    const text = `${head}a{b="x\\"\\\\\\n",c=""} 1e3\n\n${histogram}h_bucket{le="+Inf"} 1\nh_sum +Inf\nh_count 1\n`;
    expect(parseExposition(text).get('a')?.samples).toEqual([
      { name: 'a', labels: { b: 'x"\\\n', c: '' }, value: 1000 },
    ]);
  });
});
