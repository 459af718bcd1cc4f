import { type Operation } from '../../../src/onec/contract';
import { type Check } from '../check';
import { type CureCode } from '../cures';
import { type AnswerOf, expectAnswer, fail } from '../expect';
import { Skipped } from '../outcome';
import { mostTelling, spellingsOf } from '../spellings';
import { same, text } from '../text';
import { NO_SUCH_ARTICLE, type World } from '../world';
import { checkPages } from './pages';

type ByArticle = Extract<Operation, 'stock' | 'prices' | 'products'>;

/** Articles that a pattern or an empty comparison key would take for everything. */
const PATTERNS = ['%', '_____', '[A-Z]%', '-', '. / -'];
/** Letters that ICU still knows and ISO 4217 gave up. */
const FORMER_CURRENCIES = ['RUR', 'BYR', 'BYB', 'AZM', 'TRL', 'UAK', 'GEK'];

export const goodsChecks: readonly Check[] = [
  {
    id: 'products.page',
    title: text('products без условий: первая страница до 20', 'products without conditions: a first page of up to 20'),
    async run(world) {
      await world.needs('products');
      const { items, total } = await world.ask('products', { supplierId: await world.supplierId() });
      if (items.length > 20 || total < items.length) fail(same(`products: ${items.length}, total ${total}`), 'paging');
      return text(`всего ${total}`, `${total} in all`);
    },
  },
  {
    id: 'products.paging',
    title: text('products: страницы не пересекаются', 'products: pages do not overlap'),
    async run(world) {
      await world.needs('products');
      await checkPages(world, 'products', ({ items }) => items.map(({ article, name }) => `${article} ${name}`));
    },
  },
  {
    id: 'products.search',
    title: text('products ищет по артикулу и по слову', 'products searches by article and by word'),
    async run(world) {
      await world.needs('products');
      const supplierId = await world.supplierId();
      const [article = ''] = await world.articles();
      const { items } = await world.ask('products', { supplierId, articles: [article] });
      const name =
        items.find((item) => item.article === article)?.name ??
        fail(same(`products: ${article}`), 'catalogue-spelling');
      const word = name.split(/[^\p{L}]+/u).find((one) => one.length > 3);
      for (const query of [article, ...(word === undefined ? [] : [word])]) {
        const found = await world.ask('products', { supplierId, query, limit: 100 });
        // A common word finds more than a page: that it finds at all is what can be asked.
        const has = query === article ? found.items.some((item) => item.article === article) : found.items.length > 0;
        if (!has)
          fail(
            text(`по «${query}» не найдено: ${article} ${name}`, `"${query}" did not find ${article} ${name}`),
            'search',
          );
      }
    },
  },
  ...(['stock', 'prices', 'products'] as const).flatMap((operation) => articleChecks(operation)),
  {
    id: 'prices.currency',
    title: text('Валюта цены: действующий код ISO 4217', 'The currency of a price: letters of ISO 4217'),
    async run(world) {
      await world.needs('prices');
      const articles = (await world.articles()).slice(0, 100);
      const { items } = await world.ask('prices', { supplierId: await world.supplierId(), articles });
      if (items.length === 0) throw new Skipped(text('у поставщика нет цен', 'the supplier has no prices'));
      const codes = new Set(items.map(({ currency }) => currency));
      for (const code of codes) expectCurrency(code);
      return same([...codes].join(', '));
    },
  },
];

/** What holds for every operation that is asked by articles. */
function articleChecks(operation: ByArticle): Check[] {
  const ask = async (world: World, articles: readonly string[], code?: CureCode) => {
    const request = { supplierId: await world.supplierId(), articles };
    return expectAnswer(operation, await world.call(operation, request), code) as AnswerOf<ByArticle>;
  };
  return [
    {
      id: `${operation}.answer`,
      title: text(`${operation}: ответ по схеме`, `${operation}: an answer by its schema`),
      async run(world) {
        await world.needs(operation);
        const articles = (await world.articles()).slice(0, 20);
        const { items, notFound } = await ask(world, articles);
        const answered = [...items.map(({ article }) => article), ...notFound];
        const lost = articles.filter((article) => !answered.includes(article));
        if (lost.length > 0)
          fail(
            text(`${operation}: потеряны ${lost.join(', ')}`, `${operation}: lost ${lost.join(', ')}`),
            'not-found-by-name',
          );
        return text(`${items.length} позиций`, `${items.length} items`);
      },
    },
    {
      id: `${operation}.spelling`,
      title: text(`${operation}: артикул в любом написании`, `${operation}: an article in any spelling`),
      async run(world) {
        await world.needs(operation);
        const { items } = await ask(world, (await world.articles()).slice(0, 100));
        const article = world.options.article ?? mostTelling(items.map((item) => item.article));
        if (article === undefined) throw new Skipped(text('нет позиций', 'there are no items'));
        const own = items.find((item) => item.article === article)?.name;
        const spellings = spellingsOf(article);
        for (const { name, spelling } of spellings) {
          const found = await ask(world, [spelling], 'catalogue-spelling');
          // Where another item is spelled just so, the exact spelling wins.
          const wins = (item: { article: string; name: string }) => item.article === spelling && item.name !== own;
          if (found.items.some((item) => item.article === article || wins(item))) continue;
          const answered = found.items.map((item) => item.article).join(', ') || '-';
          fail(
            text(
              `${name}: «${spelling}» ─▶ ${answered}, ждали ${article}`,
              `${name}: "${spelling}" ─▶ ${answered}, expected ${article}`,
            ),
            'catalogue-spelling',
          );
        }
        return text(`${article}: ${spellings.length} написаний`, `${article}: ${spellings.length} spellings`);
      },
    },
    {
      id: `${operation}.not-found`,
      title: text(`${operation}: чего нет — в notFound`, `${operation}: what is not there is in notFound`),
      async run(world) {
        await world.needs(operation);
        const { items, notFound } = await ask(world, [NO_SUCH_ARTICLE], 'not-found-by-name');
        if (items.length > 0 || notFound.join() !== NO_SUCH_ARTICLE) {
          fail(same(`${operation}: notFound ${JSON.stringify(notFound)}`), 'not-found-by-name');
        }
      },
    },
    {
      id: `${operation}.wildcards`,
      title: text(`${operation}: спецсимволы ничего не находят`, `${operation}: wildcards find nothing`),
      async run(world) {
        await world.needs(operation);
        for (const pattern of PATTERNS) {
          const { items, notFound } = await ask(world, [pattern], 'wildcards');
          if (items.length > 0)
            fail(text(`«${pattern}» нашел ${items.length}`, `"${pattern}" found ${items.length}`), 'wildcards');
          if (!notFound.includes(pattern))
            fail(text(`«${pattern}» нет в notFound`, `"${pattern}" is not in notFound`), 'not-found-by-name');
        }
      },
    },
    {
      id: `${operation}.duplicates`,
      title: text(`${operation}: повтор отвечается один раз`, `${operation}: what is asked twice is answered once`),
      async run(world) {
        await world.needs(operation);
        const [first] = (await ask(world, (await world.articles()).slice(0, 100))).items;
        const article = world.options.article ?? first?.article;
        if (article === undefined) throw new Skipped(text('нет позиций', 'there are no items'));
        const { items } = await ask(world, [article, article, article.toLowerCase(), ` ${article} `], 'duplicates');
        const times = items.filter((item) => item.article === article).length;
        if (times !== 1) fail(text(`${article}: ${times} раз`, `${article}: ${times} times`), 'duplicates');
      },
    },
    ...(operation === 'products'
      ? []
      : [
          {
            id: `${operation}.none`,
            title: text(`${operation}: пустой список — пустой ответ`, `${operation}: no articles, an empty answer`),
            async run(world: World) {
              await world.needs(operation);
              const { items } = await ask(world, [], 'check-the-body');
              if (items.length > 0) fail(text(`${items.length} позиций`, `${items.length} items`), 'check-the-body');
            },
          },
        ]),
  ];
}

/** Letters that ISO 4217 has today: else Failed. */
export function expectCurrency(code: string): void {
  const isKnown = Intl.supportedValuesOf('currency').includes(code) && !FORMER_CURRENCIES.includes(code);
  if (!isKnown) fail(same(code), 'currency');
}
