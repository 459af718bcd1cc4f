import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { startChatServer } from '../stand/chat/server';
import { type Demo, startDemo } from '../stand/chat/start-demo';
import { eventually } from './support/eventually';
import { compileMain } from './support/main-process';

const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
const title = hasChromium ? 'chat page' : `chat page (skipped: no Chromium at ${CHROMIUM}, set CHROMIUM_PATH)`;

const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };
const ANNA = 77;
const BORIS = 78;
const DENIS = 82;

const SCREENSHOTS = path.resolve(__dirname, 'screenshots');
/** The two that README shows; written only when asked for, so that a run of the tests leaves the tree as it was. */
const README_IMAGES = path.resolve(__dirname, '..', 'docs', 'images');

jest.setTimeout(60_000);

(hasChromium ? describe : describe.skip)(title, () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    demo = await startDemo({
      catalogue: await loadSampleCatalogue(),
      port: 0,
      botEntry: compileMain(),
      // An outage is seen in a second and not in ten.
      botEnv: { ONEC_TIMEOUT_MS: '400', ONEC_DEADLINE_MS: '3000' },
    });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  afterEach(async () => {
    await page.context().close();
    await demo.accounting.faults.clear();
    for (const id of [ANNA, BORIS, DENIS]) demo.telegram.user(id).clear();
    // Whatever a test did, the page itself neither failed nor tried to load or run what is not its own.
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });

  async function open(options: BrowserContextOptions = {}, url = demo.url): Promise<void> {
    const context = await browser.newContext({ viewport: DESKTOP, locale: 'ru-RU', ...options });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => problems.push(`dialog: ${dialog.message()}`));
    page.on('console', (message) => {
      // A server that is away is a test of its own.
      if (message.type() === 'error' && !message.text().includes('net::ERR_')) problems.push(message.text());
    });
    await page.goto(url);
  }

  const person = (id: number) => page.locator(`[data-person="${id}"]`);
  const messages = () => page.getByRole('log', { name: 'Сообщения' });
  const lastAnswer = () => messages().locator('.message.in:not(.typing)').last();
  const cards = () => page.getByRole('feed', { name: 'Вопросы' }).getByRole('article');

  async function say(text: string): Promise<void> {
    await page.getByLabel('Сообщение боту').fill(text);
    await page.getByLabel('Сообщение боту').press('Enter');
  }

  async function expectShown(locator: Locator, text: string | RegExp): Promise<void> {
    await locator.filter({ hasText: text }).first().waitFor();
  }

  const shot = (name: string) =>
    page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });

  async function readmeShot(name: string): Promise<void> {
    const image = await shot(name);
    if (process.env.UPDATE_SCREENSHOTS !== '1') return;
    mkdirSync(README_IMAGES, { recursive: true });
    writeFileSync(path.join(README_IMAGES, `${name}.png`), image);
  }

  /** Calls the Bot API as the bot would. */
  async function asBot(method: string, body: object | FormData): Promise<void> {
    const response = await fetch(`${demo.telegram.url}/bot${demo.telegram.token}/${method}`, {
      method: 'POST',
      ...(body instanceof FormData
        ? { body }
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
  }

  it('answers a supplier, whose questions the panel explains', async () => {
    await open();
    await person(ANNA).click();
    await page.getByRole('button', { name: 'Начать' }).click();
    await expectShown(lastAnswer(), 'Анна');
    await shot('desktop-start');

    await say('есть BP-4500/2?');
    await expectShown(lastAnswer(), /BP-4500\/2[\s\S]*В наличии/);
    const stock = cards().first();
    await expectShown(stock, 'есть BP-4500/2?');
    await expectShown(stock, 'остаток');
    await expectShown(stock.locator('.call', { hasText: 'stock' }).getByRole('listitem'), '200');
    await expectShown(stock, 'ответил');

    await lastAnswer().getByRole('button', { name: 'Цена' }).click();
    await expectShown(lastAnswer(), '₽');
    const price = cards().first();
    await expectShown(price, 'Цена');
    await expectShown(price.locator('.call', { hasText: 'prices' }).getByRole('listitem'), '200');

    // What is known is not asked again: the second question costs 1C nothing.
    await say('есть BP-4500/2?');
    await expectShown(cards().first(), /есть BP-4500\/2\?[\s\S]*было: 2[\s\S]*не спрашивал/);

    await page.getByRole('button', { name: 'Скрыть клавиатуру бота' }).click();
    await page.getByRole('group', { name: 'Клавиатура бота' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Очистить чат' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Очистить' }).click();
    await page.getByRole('button', { name: 'Начать' }).waitFor();
    await say('есть BP-4500/2?');
    await expectShown(lastAnswer(), 'В наличии');
    await say('скока щас 12345 и почём');
    await expectShown(lastAnswer(), /12345[\s\S]*₽/);
    await expectShown(cards().first(), /скока[\s\S]*ответил/);
    await readmeShot('chat-desktop');
  });

  it('switches failures of 1C on and off', async () => {
    await open();
    await person(BORIS).click();
    await page.getByText('нет связи', { exact: true }).click();
    await expectShown(page.getByRole('status'), 'сбой: нет связи');
    await say('есть BP-4500/3?');
    await expectShown(lastAnswer(), /Ковал|Титов|Белова|\+7/);
    const card = cards().first();
    await expectShown(card, '1С недоступна');
    expect(await card.locator('.attempt.bad').count()).toBe(3);
    await shot('desktop-trouble');

    await page.getByText('работает', { exact: true }).first().click();
    await expectShown(page.getByRole('status'), 'отвечает');
    // The breaker, if it has opened, lets the next question through after its pause.
    for (let attempt = 0; attempt < 15 && !(await lastAnswer().textContent())?.includes('BP-4500/3'); attempt += 1) {
      const before = await messages().locator('.message').count();
      await say('есть BP-4500/3?');
      await messages()
        .locator('.message')
        .nth(before + 1)
        .waitFor();
    }
    await expectShown(lastAnswer(), 'BP-4500/3');
  });

  it('shows that the bot is typing, and a failure that was switched on elsewhere', async () => {
    await open();
    await person(ANNA).click();
    await demo.accounting.faults.set({ mode: 'none', latencyMs: 350 });
    await expectShown(page.getByRole('status'), 'медленно');
    await say('почём BP-4500/4');
    await page.getByText('печатает…').first().waitFor();
    await messages().locator('.typing').waitFor();
    await shot('desktop-typing');
    await expectShown(lastAnswer(), 'BP-4500/4');
    await messages().locator('.typing').waitFor({ state: 'detached' });
  });

  it('renders what a message carries, and runs none of it', async () => {
    await open();
    await person(ANNA).click();
    await say('<img src=x onerror=alert(1)>');
    await lastAnswer().waitFor();
    await asBot('sendMessage', {
      chat_id: ANNA,
      parse_mode: 'HTML',
      text:
        'a &lt;img src=x onerror=alert(1)&gt; 👍 <b>жирный <i>и курсив</i></b> <code>код</code> ' +
        '<tg-spoiler>секрет</tg-spoiler> <a href="https://example.org/">ссылка</a>\n<pre>A  1</pre>',
      reply_markup: { inline_keyboard: [[{ text: 'Сайт', url: 'https://example.org/' }]] },
    });
    const message = lastAnswer();
    await expectShown(message, 'жирный');
    expect(await messages().locator('img').count()).toBe(0);
    expect(await message.locator('strong > em').textContent()).toBe('и курсив');
    expect(await message.locator('code').textContent()).toBe('код');
    expect(await message.locator('pre').textContent()).toBe('A  1');
    expect(await message.locator('.text a').getAttribute('rel')).toContain('noopener');
    expect(await message.getByRole('link', { name: 'Сайт' }).getAttribute('href')).toBe('https://example.org/');
    await message.getByRole('button', { name: 'Показать скрытое' }).click();
    await message.getByText('секрет', { exact: true }).waitFor();
    await shot('desktop-formatted');
  });

  it('shares a contact only after a question', async () => {
    await open();
    await person(DENIS).click();
    await page.getByRole('button', { name: 'Начать' }).click();
    await lastAnswer().waitFor();
    await asBot('sendMessage', {
      chat_id: DENIS,
      text: 'Поделитесь номером телефона',
      reply_markup: {
        keyboard: [[{ text: 'Отправить номер', request_contact: true }]],
        resize_keyboard: true,
        one_time_keyboard: true,
      },
    });
    const contacts = () => demo.telegram.user(DENIS).messages.filter(({ contact }) => contact);
    const share = page.getByRole('button', { name: 'Отправить номер' });
    await share.click();
    await page.getByRole('button', { name: 'Отмена' }).click();
    expect(contacts()).toEqual([]);

    await share.click();
    await shot('desktop-contact');
    await page.getByRole('button', { name: 'Поделиться' }).click();
    await messages().locator('.message.out', { hasText: 'Денис' }).waitFor();
    expect(contacts()).toMatchObject([{ contact: { user_id: DENIS, phone_number: '+79161234506' } }]);
    await share.waitFor({ state: 'hidden' });
  });

  it('sends and downloads files', async () => {
    await open();
    await person(ANNA).click();
    const invoice = { name: 'счёт.txt', mimeType: 'text/plain', buffer: Buffer.from('счёт') };
    await page.locator('#file').setInputFiles(invoice);
    await messages().locator('.message.out', { hasText: 'счёт.txt' }).waitFor();
    await lastAnswer().waitFor();

    const form = new FormData();
    form.set('chat_id', String(ANNA));
    form.set('document', new Blob(['акт']), 'Акт сверки.txt');
    await asBot('sendDocument', form);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      messages()
        .getByRole('link', { name: /Акт сверки\.txt/ })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe('Акт сверки.txt');
    expect(readFileSync(await download.path(), 'utf8')).toBe('акт');
  });

  it('offers the commands to the keyboard alone', async () => {
    await open();
    await person(ANNA).click();
    const text = page.getByLabel('Сообщение боту');
    await text.pressSequentially('/');
    const menu = page.getByRole('listbox', { name: 'Команды бота' });
    await menu.getByRole('option').nth(2).waitFor();
    await text.press('Escape');
    await menu.waitFor({ state: 'hidden' });

    await text.pressSequentially('he');
    await text.press('Enter');
    await messages().locator('.message.out', { hasText: '/help' }).waitFor();
    await lastAnswer().waitFor();
    expect(await text.inputValue()).toBe('');

    await text.pressSequentially('есть BP-4500/2');
    await text.press('Shift+Enter');
    await text.pressSequentially('и 12345');
    await text.press('Enter');
    await expectShown(lastAnswer(), /BP-4500\/2[\s\S]*12345/);
  });

  it('answers the press of a button that is too old', async () => {
    await open();
    await person(ANNA).click();
    await say('привет');
    await lastAnswer().waitFor();
    await asBot('sendMessage', {
      chat_id: ANNA,
      text: 'старое сообщение',
      reply_markup: { inline_keyboard: [[{ text: 'Старая', callback_data: 'x-of-another-version' }]] },
    });
    const button = page.getByRole('button', { name: 'Старая' });
    await button.click();
    await page.locator('.toast, .dialog').first().waitFor();
    expect(await button.getAttribute('aria-busy')).toBeNull();
    // It was no question: the panel quotes the next one right.
    await say('есть BP-4500/1?');
    await expectShown(cards().first(), /есть BP-4500\/1\?[\s\S]*ответил/);
  });

  it('counts what is unread', async () => {
    await open();
    await person(ANNA).click();
    demo.telegram.user(BORIS).send('что с заказом 123');
    await expectShown(person(BORIS).locator('.unread'), '1');
    await person(BORIS).click();
    await person(BORIS).locator('.unread').waitFor({ state: 'detached' });
    await page.reload();
    await expectShown(lastAnswer(), '123');
    expect(await person(BORIS).locator('.unread').count()).toBe(0);
  });

  it('catches up after the connection was lost', async () => {
    const { telegram, accounting, bot, examples } = demo;
    const serve = (port: number) => startChatServer({ port, telegram, accounting, bot, examples, catalogue: '' });
    let server = await serve(0);
    await open({}, server.url);
    await person(ANNA).click();
    await server.close();
    await expectShown(page.locator('.banner'), 'Нет связи со стендом');
    await say('сейчас не дойдёт');
    await messages().getByRole('button', { name: 'Повторить' }).waitFor();

    telegram.user(ANNA).send('есть 12345?');
    server = await serve(Number(new URL(server.url).port));
    await page.locator('.banner').waitFor({ state: 'hidden' });
    await expectShown(lastAnswer(), '12345');
    await messages().getByRole('button', { name: 'Повторить' }).click();
    await messages().getByRole('button', { name: 'Повторить' }).waitFor({ state: 'detached' });
    expect(telegram.user(ANNA).messages.map(({ text }) => text)).toContain('сейчас не дойдёт');
    // The bot owes nothing when the next test kills it: an answer that came then would fill a chat that was cleared.
    await eventually(() => expect(telegram.user(ANNA).messages.at(-1)?.from?.is_bot).toBe(true));
    await server.close();
  });

  it('tells of a bot that fell, and starts it again', async () => {
    await open();
    await person(ANNA).click();
    process.kill(demo.bot.status.pid ?? NaN, 'SIGKILL');
    await expectShown(page.locator('.banner'), 'Бот упал');
    await say('есть BP-4500/2?');
    await page.locator('.banner').getByRole('button', { name: 'Запустить' }).click();
    // Telegram kept the message until there was somebody to take it.
    await expectShown(lastAnswer(), 'BP-4500/2');
    await page.locator('.banner').waitFor({ state: 'hidden' });
  });

  it('fits a phone', async () => {
    await open({ viewport: PHONE, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    await person(ANNA).waitFor();
    expect(await overflow()).toBe(0);
    await shot('phone-people');

    await person(ANNA).tap();
    await messages().getByRole('button', { name: 'есть BP-4500/2?' }).tap();
    await expectShown(lastAnswer(), 'В наличии');
    await lastAnswer().getByRole('button', { name: 'Цена' }).tap();
    await expectShown(lastAnswer(), '₽');
    expect(await overflow()).toBe(0);
    await readmeShot('chat-phone');

    await page.getByRole('button', { name: 'Показать, что сделал бот' }).tap();
    await expectShown(cards().first(), 'ответил');
    await page.waitForTimeout(300);
    await shot('phone-panel');
    await page.getByRole('button', { name: 'Закрыть панель' }).tap();
    await page.getByRole('button', { name: 'К списку поставщиков' }).tap();
    await person(BORIS).waitFor();
  });

  it('is dark where the system is, and keeps the theme that was chosen', async () => {
    await open({ colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await person(ANNA).click();
    await say('что с заказом 123');
    await lastAnswer().waitFor();
    const dark = await background();
    await shot('desktop-dark');
    await page.getByRole('button', { name: 'Светлая тема' }).click();
    const light = await background();
    expect(light).not.toBe(dark);
    await page.reload();
    await person(ANNA).waitFor();
    expect(await background()).toBe(light);
  });
});
