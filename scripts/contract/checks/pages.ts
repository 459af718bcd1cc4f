import { type Operation } from '../../../src/onec/contract';
import { type AnswerOf, expectAnswer, fail } from '../expect';
import { Skipped } from '../outcome';
import { same, text } from '../text';
import { type World } from '../world';

type Paged = Extract<Operation, 'products' | 'orders' | 'payments'>;

/**
 * Two pages of one are the page of two, every page tells the same total, and behind the last one is nothing.
 *
 * @param namesOf what tells one entry of an answer from another
 */
export async function checkPages<O extends Paged>(
  world: World,
  operation: O,
  namesOf: (answer: AnswerOf<O>) => string[],
): Promise<void> {
  const supplierId = await world.supplierId();
  const page = async (limit: number, offset: number) => {
    const answer = expectAnswer(operation, await world.call(operation, { supplierId, limit, offset }), 'paging');
    return { names: namesOf(answer), total: Number(answer.total) };
  };
  const both = await page(2, 0);
  if (both.total < 2)
    throw new Skipped(text(`${operation}: меньше двух записей`, `${operation}: fewer than two entries`));
  const [first, second, behind] = [await page(1, 0), await page(1, 1), await page(1, both.total)];
  const totals = [both, first, second, behind].map(({ total }) => total);
  if (new Set(totals).size > 1) fail(same(`${operation}: total ${totals.join(', ')}`), 'paging');
  const apart = [...first.names, ...second.names];
  if (JSON.stringify(apart) !== JSON.stringify(both.names)) {
    fail(same(`${operation}: ${both.names.join(' | ')} / ${apart.join(' | ')}`), 'paging');
  }
  if (behind.names.length > 0) {
    fail(
      text(`${operation}: за концом ${behind.names.length}`, `${operation}: ${behind.names.length} behind the end`),
      'paging',
    );
  }
}
