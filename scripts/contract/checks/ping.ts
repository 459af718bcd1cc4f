import { type Operation } from '../../../src/onec/contract';
import { type Check } from '../check';
import { cure } from '../cures';
import { expectRefusal, expectReply, fail, NOT_SUPPORTED, shown } from '../expect';
import { Skipped, Warned } from '../outcome';
import { joined, text } from '../text';
import { lastMonth, NO_SUCH_ARTICLE, NO_SUCH_SUPPLIER, OPERATIONS, type World } from '../world';

const CLOCK_TOLERANCE_SECONDS = 120;
const WITH_OFFSET = /T.*(Z|[+-]\d{2}:\d{2})$/;

export const pingChecks: readonly Check[] = [
  {
    id: 'ping.operations',
    title: text(
      'ping.operations: имена из договора, без повторов',
      'ping.operations: names of the contract, each once',
    ),
    async run(world) {
      const { operations } = await world.ping();
      if (!operations.includes('ping') || new Set(operations).size !== operations.length) {
        fail(text(operations.join(', '), operations.join(', ')), 'ping-operations');
      }
      const others = operations.filter((name) => !OPERATIONS.includes(name as Operation));
      const missing = OPERATIONS.filter((name) => !operations.includes(name));
      return joined([
        text(`${operations.length} операций`, `${operations.length} operations`),
        ...(missing.length > 0 ? [text(`нет: ${missing.join(', ')}`, `without ${missing.join(', ')}`)] : []),
        ...(others.length > 0
          ? [text(`незнакомы боту: ${others.join(', ')}`, `unknown to the bot: ${others.join(', ')}`)]
          : []),
      ]);
    },
  },
  {
    id: 'ping.served',
    title: text('Названное в ping работает, остальное — 422', 'What ping names works, the rest is 422'),
    async run(world) {
      const { operations } = await world.ping();
      for (const operation of OPERATIONS) {
        const reply = await world.call(operation, harmlessRequest(operation, world));
        if (!operations.includes(operation)) {
          expectRefusal(operation, reply, NOT_SUPPORTED, 'ping-operations');
        } else if (expectReply(reply).status === 422) {
          fail(shown(reply), 'ping-operations');
        }
      }
    },
  },
  {
    id: 'ping.clock',
    title: text('Часы сервера верны', "The server's clock is right"),
    async run(world) {
      const { time } = await world.ask('ping', {});
      if (!WITH_OFFSET.test(time)) {
        throw new Skipped(text(`${time} без смещения: пояс неизвестен`, `${time} has no offset: its zone is unknown`));
      }
      const seconds = Math.round((Date.parse(time) - Date.now()) / 1000);
      const told = text(`расхождение ${seconds} с`, `${seconds} s apart`);
      if (Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS) throw new Warned(told, cure('clock-is-off'));
      return told;
    },
  },
];

/** A request that fits, changes nothing and needs to know nobody. */
function harmlessRequest(operation: Operation, { unknownChat }: World): object {
  const supplierId = NO_SUCH_SUPPLIER;
  switch (operation) {
    case 'ping':
      return {};
    case 'identify':
      return { chatId: unknownChat };
    case 'link':
      return { chatId: unknownChat, inviteCode: 'NO-SUCH-CODE', user: { id: unknownChat } };
    case 'unlink':
      return { supplierId, chatId: unknownChat };
    case 'stock':
    case 'prices':
      return { supplierId, articles: [NO_SUCH_ARTICLE] };
    case 'reconciliation':
      return { supplierId, ...lastMonth(), format: 'pdf' };
    default:
      return { supplierId };
  }
}
