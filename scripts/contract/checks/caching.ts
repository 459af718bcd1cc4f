import { cachingFault } from '../caching';
import { type Check } from '../check';
import { cure } from '../cures';
import { expectAnswer, expectReply, fail } from '../expect';
import { Warned } from '../outcome';
import { same, text } from '../text';
import { plainRequest, READ_OPERATIONS, type World } from '../world';

export const cachingChecks: readonly Check[] = [
  {
    id: 'caching.identify',
    title: text('Cache-Control: ping и identify', 'Cache-Control: ping and identify'),
    async run(world) {
      await world.supplierId();
      await checkCaching(world, 'ping', {});
      const header = await checkCaching(world, 'identify', { chatId: world.options.chat });
      return same(header ?? '-');
    },
  },
  ...READ_OPERATIONS.map((operation): Check => ({
    id: `caching.${operation}`,
    title: text(`Cache-Control: ${operation}`, `Cache-Control: ${operation}`),
    async run(world) {
      await world.needs(operation);
      const header = await checkCaching(world, operation, plainRequest(operation, await world.supplierId()));
      return header === null
        ? text('нет: действуют умолчания договора', 'none: the defaults of the contract hold')
        : same(header);
    },
  })),
];

async function checkCaching(
  world: World,
  operation: 'ping' | 'identify' | (typeof READ_OPERATIONS)[number],
  body: object,
) {
  const reply = expectReply(await world.call(operation, body));
  expectAnswer(operation, reply);
  const header = reply.headers.get('cache-control');
  const fault = cachingFault(operation, header);
  if (fault?.isFailure) fail(fault.seen, fault.code);
  if (fault) throw new Warned(fault.seen, cure(fault.code));
  return header;
}
