import { Logger } from '@nestjs/common';
import { FakeModelServer } from '../testing/fake-model-server';
import { LanguageModel } from './language-model';

const KEY = 'key-of-the-language-model';
const PRICE = { intents: ['price'], articles: [], order: null, product: null };

describe(LanguageModel.name, () => {
  let server: FakeModelServer;
  let model: LanguageModel;
  let logged: unknown[];

  beforeEach(async () => {
    server = await FakeModelServer.start();
    model = new LanguageModel({ url: server.url, model: 'test-model', key: KEY, deadlineMs: 300, pauseMs: 200 });
    logged = [];
    for (const level of ['warn', 'error', 'log'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args[0]));
  });
  afterEach(async () => {
    await server.close();
    jest.restoreAllMocks();
  });

  it('asks once, at temperature 0, with the guide, the message as data and the labels before', async () => {
    server.writes(PRICE);
    expect(await model.suggest('а скока', ['stock'])).toMatchObject(PRICE);
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request).toMatchObject({ path: '/v1/chat/completions', authorization: `Bearer ${KEY}` });
    const body = JSON.parse(request?.body ?? '') as Record<string, unknown>;
    expect(body).toMatchObject({ model: 'test-model', temperature: 0, stream: false });
    expect(body.messages).toEqual([
      { role: 'system', content: expect.stringContaining('you only label it') as string },
      { role: 'user', content: '{"message":"а скока","previous":["stock"]}' },
    ]);
  });

  it('takes an address that names the endpoint already, and needs no key', async () => {
    server.writes(PRICE);
    const other = new LanguageModel({ url: `${server.url}/chat/completions`, model: 'test-model' });
    expect(await other.suggest('скока', [])).toMatchObject(PRICE);
    expect(server.requests).toEqual([expect.objectContaining({ path: '/v1/chat/completions' })]);
    expect(server.requests[0]?.authorization).toBeUndefined();
  });

  it.each([
    ['fenced', '```json\n{"intents":["price"]}\n```'],
    ['explained', 'Here you are: {"intents":["price"]} Anything else?'],
    ['with more than asked for', '{"intents":["price"],"confidence":1,"__proto__":{"a":1}}'],
  ])('understands an answer that is %s', async (_, content) => {
    server.writes(content);
    expect(await model.suggest('скока', [])).toMatchObject({ intents: ['price'] });
  });

  const completion = (content: unknown) => JSON.stringify({ choices: [{ message: { content } }] });

  it.each<[string, () => void, RegExp]>([
    ['nonsense', () => server.writes('Я всего лишь модель'), /no JSON object/],
    ['broken JSON of the model', () => server.writes('{"intents": ["price"'), /no JSON object|broken JSON/],
    ['labels that are no list', () => server.writes({ intents: 'price' }), /form: intents/],
    ['articles that are no texts', () => server.writes({ intents: [], articles: [{}] }), /form: articles/],
    ['a number as order', () => server.writes({ intents: [], order: 12 }), /form: order/],
    ['too many labels', () => server.writes({ intents: Array(21).fill('price') }), /form: intents/],
    ['too many articles', () => server.writes({ intents: [], articles: Array(101).fill('1') }), /form: articles/],
    ['a list', () => server.sends('[]'), /no JSON object/],
    ['no choices', () => server.sends('{"choices":[]}'), /form: choices/],
    ['a choice without a message', () => server.sends('{"choices":[{}]}'), /form: choices/],
    ['a content that is no text', () => server.sends(completion(null)), /form: choices/],
    ['HTML', () => server.sends('<html>Welcome</html>', 200, { 'Content-Type': 'text/html' }), /not JSON/],
    ['broken JSON', () => server.sends('{"choices":'), /not JSON/],
    ['nothing', () => server.sends(''), /not JSON/],
    ['too much', () => server.sends(completion('x'.repeat(70_000))), /longer than 65536 bytes/],
    ['401', () => server.sends('{}', 401), /HTTP 401: check CLASSIFIER_LLM_KEY/],
    ['404', () => server.sends('{}', 404), /HTTP 404: check CLASSIFIER_LLM_URL/],
    ['429', () => server.sends('{}', 429), /HTTP 429/],
    ['500', () => server.sends('{}', 500), /HTTP 500/],
    ['a redirect', () => server.sends('', 307, { Location: 'http://127.0.0.1:9/' }), /connection failed/],
    ['a closed connection', () => server.does((response) => void response.socket?.destroy()), /connection failed/],
    ['silence', () => server.does(() => undefined), /within 300 ms/],
    ['half an answer', () => server.does((response) => void response.write('{"choices":')), /within 300 ms/],
  ])('gives nothing for %s, tries no second time and says why', async (_, prepare, reason) => {
    prepare();
    const startedAt = performance.now();
    expect(await model.suggest('скока', [])).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(server.requests).toHaveLength(1);
    expect(logged).toEqual([
      {
        msg: 'The language model gave no answer',
        reason: expect.stringMatching(reason) as string,
        ms: expect.any(Number) as number,
      },
    ]);
    expect(JSON.stringify(logged)).not.toContain(KEY);
  });

  it('does not read an endless answer to its end', async () => {
    let written = 0;
    server.does((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) written += 16_384;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await model.suggest('скока', [])).toBeNull();
    expect(logged).toEqual([expect.objectContaining({ reason: 'the answer is longer than 65536 bytes' })]);
    expect(written).toBeLessThan(20_000_000);
  });

  it('gives nothing where nobody listens', async () => {
    await server.close();
    expect(await model.suggest('скока', [])).toBeNull();
    expect(logged).toEqual([expect.objectContaining({ reason: 'the connection failed (ECONNREFUSED)' })]);
  });

  it('ends with its caller, which says nothing about the server', async () => {
    server.does(() => undefined);
    for (let time = 0; time < 4; time += 1) {
      const caller = new AbortController();
      const answer = model.suggest('скока', [], caller.signal);
      setTimeout(() => caller.abort(), 20);
      expect(await answer).toBeNull();
    }
    expect(logged).toEqual([]);
    server.writes(PRICE);
    expect(await model.suggest('скока', [])).toMatchObject(PRICE);
  });

  it('is left alone after three failures, then tried by a single question', async () => {
    server.sends('{}', 500);
    for (let time = 0; time < 5; time += 1) expect(await model.suggest('скока', [])).toBeNull();
    expect(server.requests).toHaveLength(3);
    expect(logged).toContainEqual(expect.objectContaining({ event: 'language_model', state: 'open' }));
    await new Promise((resolve) => setTimeout(resolve, 250));
    server.writes(PRICE);
    const answers = await Promise.all([1, 2, 3].map(() => model.suggest('скока', [])));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(server.requests).toHaveLength(4);
    expect(await model.suggest('скока', [])).toMatchObject(PRICE);
    expect(logged).toContainEqual(expect.objectContaining({ event: 'language_model', state: 'closed' }));
  });

  it('is asked four questions at once and no more', async () => {
    const held: (() => void)[] = [];
    server.does((response) => void held.push(() => response.end(completion(JSON.stringify(PRICE)))));
    const answers = [1, 2, 3, 4, 5, 6].map(() => model.suggest('скока', []));
    expect(await Promise.all(answers.slice(4))).toEqual([null, null]);
    while (held.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const release of held) release();
    expect((await Promise.all(answers.slice(0, 4))).map((answer) => answer?.intents)).toEqual(Array(4).fill(['price']));
  });
});
