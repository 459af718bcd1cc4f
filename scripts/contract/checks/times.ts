import { type Check } from '../check';
import { cure } from '../cures';
import { expectAnswer, fail, shown } from '../expect';
import { Warned } from '../outcome';
import { text } from '../text';
import { type World } from '../world';

const CALLS = 10;
/** What a supplier waits for without noticing that they wait. */
const SECOND_MS = 1000;

export const timeChecks: readonly Check[] = [
  {
    id: 'times.stock',
    title: text(
      `Время: медиана ${CALLS} ответов stock до 1 с`,
      `Time: the median of ${CALLS} stock answers, up to 1 s`,
    ),
    async run(world) {
      const request = await stockRequest(world);
      const times: number[] = [];
      for (let nth = 0; nth < CALLS; nth++) times.push(await timeOf(world, request));
      times.sort((a, b) => a - b);
      const median = times[CALLS / 2] ?? 0;
      const told = text(
        `p50 ${median} мс, наибольшее ${times.at(-1)} мс`,
        `p50 ${median} ms, the longest ${times.at(-1)} ms`,
      );
      if (median > SECOND_MS) throw new Warned(told, cure('above-a-second'));
      return told;
    },
  },
  {
    id: 'times.parallel',
    title: text(`${CALLS} запросов stock сразу`, `${CALLS} stock calls at once`),
    async run(world) {
      const request = await stockRequest(world);
      const replies = await Promise.all(Array.from({ length: CALLS }, () => world.call('stock', request)));
      for (const reply of replies) {
        // One call alone is well, as the checks before have seen.
        if (reply.kind === 'none' || reply.status >= 429) fail(shown(reply), 'parallel');
        expectAnswer('stock', reply, 'parallel');
      }
      const longest = Math.max(...replies.map(({ ms }) => ms));
      return text(`наибольшее ${longest} мс`, `the longest ${longest} ms`);
    },
  },
];

async function stockRequest(world: World): Promise<object> {
  await world.needs('stock');
  const supplierId = await world.supplierId();
  return { supplierId, articles: (await world.articles()).slice(0, 3) };
}

async function timeOf(world: World, request: object): Promise<number> {
  const reply = await world.call('stock', request);
  expectAnswer('stock', reply);
  return reply.ms;
}
