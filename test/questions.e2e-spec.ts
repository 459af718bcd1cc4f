import { startWorld, TEST_MANAGER, type World } from './support/world';

const ANNA = 77;
const MEI = 79;
const WAITING = 80;
const BLOCKED = 81;
const STRANGER = 82;

describe('A question of a supplier', () => {
  let world: World;

  beforeAll(async () => {
    // No outage here: a file takes its time to be written on a busy machine.
    world = await startWorld({
      env: { ONEC_TIMEOUT_MS: '3000', ONEC_DEADLINE_MS: '10000', CHAT_RATE_LIMIT: '0' },
    });
  });
  afterAll(() => world.stop());

  async function say(text: string, person = ANNA): Promise<string> {
    world.telegram.user(person).send(text);
    const { text: answer = '' } = await world.telegram.user(person).nextMessage();
    return answer.replaceAll('\u00A0', ' ');
  }

  it('is answered from the accounting system: stock, then the price of the same article', async () => {
    const [item] = world.accounting.catalogue.find('BP-4500/2');
    const stock = await say('есть BP-4500/2?');
    expect(stock).toContain('Артикул: BP-4500/2');
    expect(stock).toContain(item?.name);
    expect(stock).toMatch(/В наличии: \d+ штук/);
    expect(stock).toMatch(/Данные на \d\d:\d\d/);
    const price = await say('а почём?');
    expect(price).toContain('Артикул: BP-4500/2');
    expect(price).toMatch(/Цена: [\d ]+,\d\d ₽ за штуку/);
  });

  it('may spell an article with letters that only look alike', async () => {
    expect(await say('вр-4500/2')).toContain('Артикул: BP-4500/2');
  });

  it('may be two questions about two articles in one message', async () => {
    const answer = await say('есть АРТ-100 и 12345, и почём');
    expect(answer).toContain('Остатки и цены');
    for (const article of ['АРТ-100', '12345']) expect(answer).toContain(article);
    expect(answer.match(/Цена: /g)).toHaveLength(2);
    expect(answer.match(/В наличии|Нет в наличии/g)).toHaveLength(2);
  });

  it.each(['est li u vas perchatki nitrilovye', 'есть перчатки нитриловые'])(
    'finds a product however its name is typed: %s',
    async (text) => {
      const answer = await say(text);
      for (const article of ['НТ-100-S', 'НТ-100-M']) expect(answer).toContain(article);
    },
  );

  it('is answered twice where a letter asks for two things', async () => {
    const answer = await say(
      'Коллеги, прошу сообщить остаток по позициям BP-4500/1 и BP-4500/2, а также подтвердить дату оплаты по накладной № 00-00000115. С уважением, Смирнова А. В.',
    );
    for (const part of ['BP-4500/1', 'BP-4500/2', '00-00000115', 'Срок оплаты']) expect(answer).toContain(part);
  });

  it('may be none: an "ok" is taken for what it is', async () => {
    expect(await say('ок, понял')).toBe('Хорошо! Если понадобится что-то ещё, пишите.');
  });

  it('finds an order by the short form of its number, with its lines', async () => {
    const answer = await say('что с заказом 123');
    expect(answer).toContain('Заказ 00-00000123');
    expect(answer).toMatch(/Статус: /);
    expect(answer).toMatch(/Состав: \d+ позици/);
  });

  it('says which order is not there and offers the list', async () => {
    const user = world.telegram.user(ANNA);
    user.send('что с заказом 777777');
    const message = await user.nextMessage();
    expect(message.text).toContain('777777');
    expect(message.text).toContain('не найден');
    await user.press(message, 'Список заказов');
    expect((await user.nextMessage()).text).toContain('Открытые заказы');
  });

  it('is told by name what was not found, with the nearest articles to choose from', async () => {
    const user = world.telegram.user(ANNA);
    user.send('есть BP-4500/9?');
    const message = await user.nextMessage();
    expect(message.text).toContain('BP-4500/9 не найден');
    expect(message.text).toContain('BP-4500/2');
    await user.press(message, 'BP-4500/2');
    expect((await user.nextMessage()).text).toContain('Артикул: BP-4500/2');
  });

  it('is answered about money', async () => {
    const answer = await say('когда деньги?');
    expect(answer).toMatch(/Мы должны вам: [\d ]+,\d\d ₽/);
  });

  it('gets the act of reconciliation as a file', async () => {
    const user = world.telegram.user(ANNA);
    user.send('пришлите акт сверки за март');
    const message = await user.nextMessage({ timeoutMs: 10_000 });
    expect(message.document?.file_name).toMatch(/\.pdf$/);
    expect(message.caption).toMatch(/Акт сверки с 1 марта \d{4} по 31 марта \d{4}/);
  });

  it('finds a product by its name', async () => {
    const answer = await say('найди перчатки нитриловые');
    expect(answer).toMatch(/перчатки/i);
    expect(answer).toMatch(/нитрил/i);
  });

  it('is greeted, helped and thanked', async () => {
    expect(await say('привет')).toContain('Здравствуйте, Анна');
    expect(await say('/help')).toContain('Спрашивайте своими словами');
    expect(await say('спасибо!')).toContain('Пожалуйста');
  });

  it('starts with a menu, whose entries are understood', async () => {
    expect(await say('/start')).toContain('ООО «Светотех»');
    const user = world.telegram.user(ANNA);
    expect(user.keyboard.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Остатки', 'Цены', 'Заказы', 'Помощь']),
    );
    expect(await say('Заказы')).toContain('Открытые заказы');
    expect(await say('Цены')).toContain('артикул');
    expect(await say('АРТ-100')).toMatch(/Цена: /);
  });

  it('may be a command with its subject', async () => {
    expect(await say('/price АРТ-100')).toMatch(/Цена: /);
    expect(await say('/stock АРТ-100')).toMatch(/В наличии|Нет в наличии/);
    expect(await say('/orders 123')).toContain('00-00000123');
  });

  it('that is not understood says so, offers examples and names the manager', async () => {
    const answer = await say('фывапролд ячсмить');
    expect(answer).toContain('не получилось понять');
    expect(answer).toMatch(/Ваш менеджер: /);
  });

  it('is answered in English to an English profile', async () => {
    const answer = await say('how many SKU-90871 left', MEI);
    expect(answer).toContain('Article: SKU-90871');
    expect(answer).toMatch(/In stock: [\d,]+ packs?/);
    expect(await say('and the price?', MEI)).toMatch(/Price: ¥[\d,.]+ per pack/);
  });

  it('of an unknown chat is told how to get connected, and nothing else', async () => {
    const answer = await say('есть BP-4500/2?', STRANGER);
    expect(answer).toContain('не подключён');
    expect(answer).toContain(String(STRANGER));
    expect(answer).toContain(TEST_MANAGER);
    expect(answer).not.toContain('В наличии');
  });

  it('of somebody who waits for approval or is blocked gets no data', async () => {
    expect(await say('есть BP-4500/2?', WAITING)).toContain('у менеджера');
    expect(await say('есть BP-4500/2?', BLOCKED)).toContain('Доступ для этого чата закрыт');
    const asked = world.accounting.requests.filter(({ operation }) => operation === 'stock');
    expect(asked.filter(({ body }) => body.includes('00-000080') || body.includes('00-000081'))).toEqual([]);
  });

  it('shows "typing" while 1C is asked, and not where the answer is known', async () => {
    const user = world.telegram.user(ANNA);
    await say('есть АРТ-204?');
    const before = user.actions.length;
    expect(before).toBeGreaterThan(0);
    await say('есть АРТ-204?');
    expect(user.actions).toHaveLength(before);
  });

  it('with a hundred articles is answered in messages that Telegram takes', async () => {
    const articles = world.accounting.catalogue.items
      .map(({ article }) => article)
      .filter((article): article is string => article !== undefined && /^[A-ZА-Я]+-\d+$/.test(article))
      .slice(0, 100);
    const user = world.telegram.user(ANNA);
    user.send(`остатки:\n${articles.join('\n')}`);
    const texts = [(await user.nextMessage()).text ?? ''];
    while (!texts.at(-1)?.includes('Данные на')) texts.push((await user.nextMessage()).text ?? '');
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(4096);
    for (const article of articles) expect(texts.join('\n')).toContain(article);
  });

  it('cannot bring in markup of its own', async () => {
    expect(await say('есть артикул <b>AB-1&2</b>?')).toBeTruthy();
    expect(await say('что с заказом <i>5')).toBeTruthy();
  });
});
