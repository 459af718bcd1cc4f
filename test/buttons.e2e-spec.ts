import { Catalogue, type CatalogueItem } from '../stand/accounting/catalogue';
import type { ChatMessage } from '../stand/telegram/server';
import { startWorld, TEST_TOKEN, type World } from './support/world';

const ANNA = 77;

function dataOf(message: ChatMessage): string[] {
  return message.reply_markup?.inline_keyboard?.flat().map((button) => button.callback_data ?? '') ?? [];
}

describe('Buttons under an answer', () => {
  let world: World;

  afterEach(() => world.stop());

  it('ask for the price of the same article in a new message', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('есть BP-4500/2?');
    const stock = await user.nextMessage();
    await user.press(stock, 'Цена');
    const price = await user.nextMessage();
    expect(price.text).toContain('BP-4500/2');
    expect(price.text).toContain('Цена: ');
    user.send('а остаток?');
    expect((await user.nextMessage()).text).toMatch(/Артикул: BP-4500\/2[\s\S]*(В наличии|Нет в наличии)/);
  });

  it('refresh the answer in its place, past the cache', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('есть BP-4500/2?');
    const stock = await user.nextMessage();
    const requests = () => world.accounting.requests.filter(({ operation }) => operation === 'stock').length;
    expect(requests()).toBe(1);
    const answer = await user.press(stock, 'Обновить');
    expect(answer.text).toBeUndefined();
    user.send('спасибо');
    await user.nextMessage();
    expect(requests()).toBe(2);
    expect(user.messages.filter(({ text }) => text?.includes('BP-4500/2') && text.includes('В наличии'))).toHaveLength(
      1,
    );
  });

  it('leave two answers in one message together', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('есть 12346? и какие наши заказы открыты?');
    const both = await user.nextMessage();
    expect(both.text).toMatch(/12346[\s\S]*Показано 1–5 из/);
    const labels = both.reply_markup?.inline_keyboard?.flat().map((button) => button.text) ?? [];
    expect(labels).toContain('Цена');
    expect(labels).not.toContain('Обновить');
    await user.press(both, 'Ещё');
    expect((await user.nextMessage()).text).toContain('Показано 6–');
    expect(user.messages.find(({ message_id }) => message_id === both.message_id)?.text).toBe(both.text);
  });

  it('turn the pages of a list in its place', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('какие у нас заказы?');
    const first = await user.nextMessage();
    expect(first.text).toContain('Показано 1–5 из');
    await user.press(first, 'Ещё');
    const second = await user.nextEdit();
    expect(second.message_id).toBe(first.message_id);
    expect(second.text).toContain('Показано 6–');
    await user.press(second, 'Назад');
    expect((await user.nextEdit()).text).toBe(first.text);
  });

  it('open an order of the list, and its payment', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('какие у нас заказы?');
    const list = await user.nextMessage();
    const number = /Заказ (\S+) от/.exec(list.text ?? '')?.[1] ?? '';
    await user.press(list, `№ ${number}`);
    const order = await user.nextMessage();
    expect(order.text).toContain(`Заказ ${number}`);
    expect(order.text).toMatch(/Состав: /);
    await user.press(order, 'Оплата');
    expect((await user.nextMessage()).text).toContain(number);
  });

  it('never hold more than 64 bytes, whatever the article, and still know it', async () => {
    const article = `Щ-${'Ж'.repeat(60)}/1`;
    const item: CatalogueItem = {
      id: '1',
      article,
      name: 'Щит с длинным артикулом',
      unit: 'шт',
      prices: [{ priceType: 'Закупочная', value: 10, currency: 'RUB', vatIncluded: true }],
      quantity: 3,
      warehouses: [],
      discontinued: false,
    };
    world = await startWorld({ catalogue: new Catalogue([item]) });
    const user = world.telegram.user(ANNA);
    user.send(`/stock ${article}`);
    const stock = await user.nextMessage();
    expect(stock.text).toContain(article);
    for (const data of dataOf(stock)) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    await user.press(stock, 'Цена');
    expect((await user.nextMessage()).text).toContain(article);
  });

  it('that the bot does not know any more say so', async () => {
    world = await startWorld();
    const user = world.telegram.user(ANNA);
    user.send('/start');
    await user.nextMessage();
    const old = { inline_keyboard: [[{ text: 'Цена', callback_data: '~kept-before-a-restart' }]] };
    await fetch(`${world.telegram.url}/bot${TEST_TOKEN}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: ANNA, text: 'Ответ до перезапуска', reply_markup: old }),
    });
    const message = await user.nextMessage();
    expect((await user.press(message, 'Цена')).text).toContain('устарела');
  });
});
