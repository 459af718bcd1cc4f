import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { type Accounting, startAccounting } from '../stand/accounting/server';
import { type LocalTelegram, startTelegram } from '../stand/telegram/server';
import { eventually } from './support/eventually';
import { compileMain, MainProcess } from './support/main-process';
import { TEST_API_KEY, TEST_MANAGER, TEST_TOKEN } from './support/world';

const ANNA = 77;

describe('node dist/main.js between Telegram and 1C', () => {
  let accounting: Accounting;
  let telegram: LocalTelegram;
  let main: MainProcess;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  beforeEach(async () => {
    accounting = await startAccounting({ apiKey: TEST_API_KEY, catalogue: await loadSampleCatalogue() });
    telegram = await startTelegram({ token: TEST_TOKEN });
    main = start();
    await main.event('polling');
  });

  afterEach(async () => {
    await main.kill();
    await Promise.all([accounting.close(), telegram.close()]);
  });

  function start(): MainProcess {
    return new MainProcess({
      TELEGRAM_BOT_TOKEN: TEST_TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      ONEC_BASE_URL: accounting.url,
      ONEC_API_KEY: TEST_API_KEY,
      MANAGER_CONTACT: TEST_MANAGER,
      ONEC_TIMEOUT_MS: '600',
      ONEC_DEADLINE_MS: '800',
      PORT: '0',
      LOG_LEVEL: 'debug',
    });
  }

  async function stopped(): Promise<number> {
    const startedAt = Date.now();
    main.signal('SIGTERM');
    expect(await main.exit()).toBe(0);
    return Date.now() - startedAt;
  }

  it('answers a question that was under way when SIGTERM came, and stops within two seconds', async () => {
    const user = telegram.user(ANNA);
    await accounting.faults.set({ mode: 'none', latencyMs: 400, operation: 'stock' });
    user.send('есть BP-4500/2?');
    await eventually(() => expect(user.actions.length).toBeGreaterThan(0));
    expect(await stopped()).toBeLessThan(2000);
    expect((await user.nextMessage({ timeoutMs: 100 })).text).toContain('Артикул: BP-4500/2');
  });

  it('tells the trouble where 1C is stuck when SIGTERM comes', async () => {
    const user = telegram.user(ANNA);
    user.send('/start');
    await user.nextMessage();
    await accounting.faults.set({ mode: 'hang', operation: 'stock' });
    const before = user.actions.length;
    user.send('есть BP-4500/2?');
    await eventually(() => expect(user.actions.length).toBeGreaterThan(before));
    expect(await stopped()).toBeLessThan(2000);
    expect((await user.nextMessage({ timeoutMs: 100 })).text).toContain('не отвечает');
  });

  it('leaves what came after SIGTERM to the next process, and answers nothing twice', async () => {
    const user = telegram.user(ANNA);
    user.send('есть BP-4500/2?');
    await user.nextMessage();
    await stopped();
    user.send('есть АРТ-100?');
    main = start();
    expect((await user.nextMessage({ timeoutMs: 15_000 })).text).toContain('АРТ-100');
    expect(user.messages.filter(({ from }) => from.is_bot)).toHaveLength(2);
  });

  it('logs each question with what it cost, and nothing that is secret or personal', async () => {
    const user = telegram.user(ANNA);
    user.send('есть BP-4500/2? мой телефон +7 916 123-45-67, Анна Смирнова');
    await user.nextMessage();
    await eventually(() => expect(main.log).toContainEqual(expect.objectContaining({ event: 'question' })));
    const question = main.log.find(({ event }) => event === 'question');
    expect(question).toMatchObject({ chatId: ANNA, intents: ['stock'], articles: ['BP-4500/2'], outcome: 'answered' });
    expect(question?.['onec']).toEqual([
      expect.objectContaining({ operation: 'identify' }),
      expect.objectContaining({ operation: 'stock', attempts: [expect.objectContaining({ status: 200 })] }),
    ]);
    const all = main.output.join('\n');
    for (const secret of [TEST_TOKEN, TEST_API_KEY, '916 123-45-67', '9161234567', 'Смирнова']) {
      expect(all).not.toContain(secret);
    }
  });
});
