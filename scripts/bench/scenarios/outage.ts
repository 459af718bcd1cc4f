import { article, type Arena, askInTrouble, warmUp, within } from '../arena';
import { type Contender, ONEC_DEADLINE_MS } from '../contender';
import { type Fault } from '../fake-accounting';
import { atMost, type Figure, figure } from '../figure';
import { median } from '../statistics';

const FIRST = 6;
const NEXT = 20;

/**
 * Chats that are known ask for articles that are not while 1C is away: six at once, of which the slowest answer counts,
 * then one after the other, when the breaker is open.
 */
async function troubleOf(arena: Arena, fault: Fault): Promise<Figure[]> {
  const ask = async (contender: Contender, next: number) => {
    await warmUp(contender, FIRST + NEXT, 1);
    await contender.accounting.fail(fault);
    const questions = Array.from({ length: FIRST }, (_, index) =>
      askInTrouble(contender, index + 1, article(1000 + index)),
    );
    const first = await within(contender, Promise.all(questions));
    const times: number[] = [];
    for (let index = 0; index < next; index += 1) {
      const question = askInTrouble(contender, FIRST + index + 1, article(2000 + index));
      times.push((await within(contender, question)).ms);
    }
    return { first: Math.max(...first.map(({ ms }) => ms)), next: median(times) };
  };
  const { bot, floor } = await arena.match(async (bot, floor) => ({
    bot: await ask(bot, NEXT),
    // The floor has no breaker: where 1C hangs, each question would take its time.
    floor: await ask(floor, fault === 'hanging' ? 1 : NEXT),
  }));
  return [
    figure('first trouble message', 'ms', { bot: bot.first, floor: floor.first }, atMost(ONEC_DEADLINE_MS)),
    figure('p50 with the breaker open', 'ms', { bot: bot.next, floor: floor.next }),
  ];
}

export const refused = (arena: Arena): Promise<Figure[]> => troubleOf(arena, 'refused');
export const unavailable = (arena: Arena): Promise<Figure[]> => troubleOf(arena, 'unavailable');
export const hanging = (arena: Arena): Promise<Figure[]> => troubleOf(arena, 'hanging');
