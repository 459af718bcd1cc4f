import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ClassifierService } from '../src/classifier/classifier.service';
import type { Intent } from '../src/classifier/understanding';
import { FakeModelServer } from '../src/understanding/testing/fake-model-server';
import type { RequestRecord } from '../stand/accounting/request-log';
import { PEOPLE } from '../stand/people';
import type { ChatMessage } from '../stand/telegram/server';
import type { TelegramUser } from '../stand/telegram/people/telegram-user';
import { eventually } from './support/eventually';
import { startWorld, type World, type WorldOptions } from './support/world';

const ANNA = 77;

/** Every question reaches the accounting system, and none twice because the machine is busy. */
const UNCACHED: WorldOptions = {
  cacheControl: { stock: 'no-store', prices: 'no-store', products: 'no-store' },
  env: { ONEC_TIMEOUT_MS: '5000', ONEC_DEADLINE_MS: '10000', CHAT_RATE_LIMIT: '0' },
};

/** Goods and no question; which of these the classifier leaves open is for its training to say. */
const GOODS = ['перчатки', 'перчатки нитриловые размер М', 'перчатки нитриловые М', 'есть перчатки?'];

function leftOpen(): string {
  const classifier = new ClassifierService();
  const open = GOODS.find((text) => {
    const { sure, candidates } = classifier.understand(text);
    return !sure && candidates.includes('stock') && candidates.includes('price');
  });
  if (open === undefined) throw new Error('The classifier leaves nothing of GOODS open: name what it does leave open');
  return open;
}

const OPEN = leftOpen();

let world: World;
let lastChat = 5000;

/** One more employee of Anna's company, with whom the bot has not spoken yet. */
function newcomer(): TelegramUser {
  lastChat += 1;
  const [anna] = PEOPLE;
  const supplier = world.accounting.suppliers.suppliers.find(({ phone }) => phone === anna?.phone);
  if (!anna || !supplier) throw new Error('The demo has no Anna');
  world.accounting.suppliers.connect(lastChat, supplier.id);
  return world.telegram.addPerson({ ...anna, id: lastChat, username: `colleague_${lastChat}` });
}

/** What one question makes the bot ask the accounting system, with what it is told first. */
async function told(act: () => unknown, user: TelegramUser): Promise<{ message: ChatMessage; asked: RequestRecord[] }> {
  const before = world.accounting.requests.length;
  await act();
  const message = await user.nextMessage({ timeoutMs: 10_000 });
  const asked = world.accounting.requests
    .slice(before)
    .filter(({ operation }) => operation !== 'identify' && operation !== 'ping');
  return { message, asked };
}

const say = (user: TelegramUser, text: string) => told(() => user.send(text), user);
const press = (user: TelegramUser, message: ChatMessage, label: string) => told(() => user.press(message, label), user);

const labelsOf = (message: ChatMessage): string[] =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? [];

interface AskedBody {
  articles?: string[];
  number?: string;
  document?: string;
  query?: string;
}

const bodyOf = ({ body }: RequestRecord): AskedBody => JSON.parse(body) as AskedBody;

describe('A message that leaves open what is asked', () => {
  beforeAll(async () => {
    world = await startWorld(UNCACHED);
  });
  afterAll(() => world.stop());

  it('is asked back, and answered for the same product when a button is pressed', async () => {
    const user = newcomer();
    const { message, asked } = await say(user, OPEN);
    expect(message.text).toMatch(/про остаток.*про цену/);
    expect(labelsOf(message)).toEqual(expect.arrayContaining(['Остаток', 'Цена']));
    expect(asked).toEqual([]);
    const answer = await press(user, message, 'Цена');
    expect(answer.asked.map(({ operation }) => operation)).toContain('products');
    expect(bodyOf(answer.asked[0] as RequestRecord).query).toContain('перчатки');
    expect(answer.message.text).toMatch(/перчатки/i);
    const [choice] = labelsOf(answer.message);
    const isChoice = !answer.message.text?.includes('Цена: ');
    const price = isChoice ? await press(user, answer.message, choice ?? '') : answer;
    expect(price.asked.map(({ operation }) => operation)).toContain('prices');
    expect(price.message.text).toMatch(/Цена: /);
  });

  it('offers the articles nearest to one that 1C does not know, and answers the chosen one', async () => {
    const user = newcomer();
    const { message } = await say(user, 'почём BP-4500/9');
    expect(message.text).toContain('BP-4500/9 не найден');
    expect(labelsOf(message)).toContain('BP-4500/2');
    const price = await press(user, message, 'BP-4500/2');
    expect(price.asked.map((one) => [one.operation, bodyOf(one).articles])).toEqual([['prices', ['BP-4500/2']]]);
    expect(price.message.text).toMatch(/BP-4500\/2[\s\S]*Цена: /);
  });

  it('offers the products that go by a name, of which a button or a word chooses', async () => {
    const user = newcomer();
    const { message, asked } = await say(user, 'перчатки есть?');
    expect(asked.map(({ operation }) => operation)).toEqual(['products']);
    const offered = labelsOf(message);
    expect(offered.length).toBeGreaterThan(1);
    expect(message.text).toContain(offered[0]);
    const chosen = await press(user, message, offered[1] ?? '');
    expect(chosen.asked.map((one) => [one.operation, bodyOf(one).articles])).toEqual([['stock', [offered[1]]]]);
    expect(chosen.message.text).toMatch(/В наличии|Нет в наличии/);
    const colleague = newcomer();
    await say(colleague, 'перчатки есть?');
    const second = await say(colleague, 'по второму');
    expect(second.asked.map((one) => [one.operation, bodyOf(one).articles])).toEqual([['stock', [offered[1]]]]);
  });

  it('answers at once where one product goes by the name', async () => {
    const user = newcomer();
    const { message, asked } = await say(user, 'сколько осталось перчаток нитриловых M');
    const [products, stock] = asked;
    expect(products && bodyOf(products).query).toMatch(/перчаток нитриловых/);
    expect(stock).toMatchObject({ operation: 'stock' });
    expect(message.text).toMatch(/Перчатки нитриловые[\s\S]*(В наличии|Нет в наличии)/);
    const price = await say(user, 'а почём?');
    expect(price.asked.map((one) => [one.operation, bodyOf(one).articles])).toEqual([
      ['prices', stock && bodyOf(stock).articles],
    ]);
  });

  it('is looked for by name where its designation is no article', async () => {
    const user = newcomer();
    const { message, asked } = await say(user, 'сколько подшипников 6205');
    const last = asked.at(-1) as RequestRecord;
    expect(asked[0]).toMatchObject({ operation: 'stock' });
    expect(bodyOf(asked[0] as RequestRecord).articles).toEqual(['6205']);
    expect(last.operation).toBe('products');
    expect(bodyOf(last).query).toBe('подшипников 6205');
    const [first = ''] = labelsOf(message);
    expect(message.text).toContain(first);
    const chosen = await say(user, 'по первому');
    expect(chosen.asked.map((one) => [one.operation, bodyOf(one).articles])).toEqual([['stock', [first]]]);
  });

  it('says honestly that it was not understood, with the menu and the manager', async () => {
    const user = newcomer();
    const { message, asked } = await say(user, 'фывапролд ячсмить');
    expect(message.text).toContain('не получилось понять');
    expect(message.text).toMatch(/Ваш менеджер: /);
    expect(asked).toEqual([]);
  });
});

describe('What was not understood or only by a button', () => {
  let folder: string;
  const lines = () =>
    readFileSync(path.join(folder, 'feedback.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; intents: Intent[] | null });

  beforeAll(async () => {
    world = await startWorld(UNCACHED);
    folder = world.dataDir;
  });
  afterAll(() => world.stop());

  it('is kept to learn from, without phones and names', async () => {
    const user = newcomer();
    await say(user, 'фывапролд ячсмить, это Анна Смирнова, 8 916 123-45-67');
    const { message } = await say(user, OPEN);
    await press(user, message, 'Остаток');
    await eventually(() =>
      expect(lines()).toEqual([
        expect.objectContaining({ text: 'фывапролд ячсмить, это [имя], +7 000 000-00-00', intents: null }),
        expect.objectContaining({ text: OPEN, intents: ['stock'] }),
      ]),
    );
  });
});

describe('A message that the classifier is not sure of, where there is a language model', () => {
  let model: FakeModelServer;

  beforeAll(async () => {
    model = await FakeModelServer.start();
    world = await startWorld({
      ...UNCACHED,
      env: { ...UNCACHED.env, CLASSIFIER_LLM_URL: model.url, CLASSIFIER_LLM_MODEL: 'test-model', FEEDBACK: 'false' },
    });
  });
  afterAll(async () => {
    await world.stop();
    await model.close();
  });

  it('is answered by its labels', async () => {
    model.writes({ intents: ['price'], articles: ['ALL'], order: '1', product: 'перчатки' });
    const user = newcomer();
    const { message, asked } = await say(user, OPEN);
    expect(model.lastMessage).toBe(OPEN);
    expect(asked.map(({ operation }) => operation)).toContain('products');
    expect(message.text).toMatch(/перчатки/i);
    expect(message.text).not.toMatch(/про остаток.*про цену/);
  });

  it('is asked back as ever where the model fails', async () => {
    model.sends('<html>Bad Gateway</html>', 502);
    const { message } = await say(newcomer(), OPEN);
    expect(message.text).toMatch(/про остаток.*про цену/);
  });

  it('is not asked about what is clear', async () => {
    model.requests.splice(0);
    await say(world.telegram.user(ANNA), 'есть BP-4500/2?');
    expect(model.requests).toEqual([]);
  });
});

const SHARED = path.resolve(__dirname, '../..', 'shared/data/dialogues.jsonl');
const isShared = existsSync(SHARED);
const describeShared = isShared ? describe : describe.skip;

interface Turn {
  text: string;
  expect: { intents: Intent[]; articles: string[]; order: string | null };
}

const OPERATION_OF: Partial<Record<Intent, string>> = {
  stock: 'stock',
  price: 'prices',
  order: 'orders',
  product: 'products',
  payment: 'payments',
  reconciliation: 'reconciliation',
};

/** Products are looked up by name, and for articles that are near an unknown one. */
const isLookUp = (request: RequestRecord): boolean => request.operation === 'products' && 'query' in bodyOf(request);

const slotOf = (operation: string, articles: readonly string[], number: string | null): string => {
  if (operation === 'orders' || operation === 'payments') return number ?? 'all';
  return operation === 'reconciliation' ? 'period' : articles.join(' ');
};

/** A request as what it asks and about what; which article a product in words stands for is the catalogue's to say. */
function factOf(request: RequestRecord, { articles: expected }: Turn['expect']): string {
  const { operation } = request;
  const { articles = [], number, document } = bodyOf(request);
  return `${operation} ${slotOf(operation, expected.length > 0 ? articles : [], number ?? document ?? null)}`;
}

function expectedFacts({ intents, articles, order }: Turn['expect']): string[] {
  return intents.flatMap((intent) => {
    const operation = OPERATION_OF[intent];
    return operation === undefined ? [] : [`${operation} ${slotOf(operation, articles, order)}`];
  });
}

describeShared(
  `Ten of the shared dialogues${isShared ? '' : ' (skipped: no shared folder beside the repository)'}`,
  () => {
    beforeAll(async () => {
      world = await startWorld(UNCACHED);
    });
    afterAll(() => world.stop());

    const dialogues = isShared
      ? readFileSync(SHARED, 'utf8')
          .trim()
          .split('\n')
          .slice(0, 10)
          .map((line) => (JSON.parse(line) as { turns: Turn[] }).turns)
      : [];

    it.each(dialogues.map((turns) => [turns[0]?.text, turns] as const))(
      'that begins with %j asks 1C turn by turn for what is meant',
      async (_, turns) => {
        const user = newcomer();
        for (const { text, expect: expected } of turns) {
          const { asked } = await say(user, text);
          const facts = asked.filter((request) => !isLookUp(request)).map((request) => factOf(request, expected));
          expect([text, facts.sort()]).toEqual([text, expectedFacts(expected).sort()]);
        }
      },
    );
  },
);
