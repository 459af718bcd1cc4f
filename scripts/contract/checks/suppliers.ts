import { type Check } from '../check';
import { expectRefusal, SUPPLIER_NOT_FOUND } from '../expect';
import { text } from '../text';
import { plainRequest, READ_OPERATIONS } from '../world';

/** Ids that no supplier has, among them those that trip up a parser of identifiers or a query. */
const STRANGE_IDS = [
  'no-such-supplier',
  '00000000-0000-0000-0000-000000000000',
  '%',
  "' ИЛИ 1=1 --",
  '../../ping',
  'я'.repeat(300),
];

export const supplierChecks: readonly Check[] = [
  {
    id: 'identify.unknown',
    title: text('Незнакомый чат: 404 supplier_not_found', 'An unknown chat: 404 supplier_not_found'),
    async run(world) {
      await world.needs('identify');
      const reply = await world.call('identify', { chatId: world.unknownChat });
      expectRefusal('identify', reply, SUPPLIER_NOT_FOUND, 'unknown-chat');
    },
  },
  {
    id: 'identify.known',
    title: text('Чат --chat: поставщик по схеме', 'The chat of --chat: a supplier by the schema'),
    async run(world) {
      // The first question of the supplier's: its failure is told here, all the others are skipped for it.
      const { chat } = world.options;
      if (chat === undefined) await world.supplier();
      await world.needs('identify');
      const { supplier } = await world.ask('identify', { chatId: chat });
      await world.supplier();
      return text(`${supplier.name}, ${supplier.status}`, `${supplier.name}, ${supplier.status}`);
    },
  },
  {
    id: 'supplier.foreign',
    title: text('Чужой supplierId: 404 supplier_not_found', 'A supplierId that is not ours: 404 supplier_not_found'),
    async run(world) {
      for (const operation of await world.servedOf(READ_OPERATIONS)) {
        for (const supplierId of STRANGE_IDS) {
          const reply = await world.call(operation, plainRequest(operation, supplierId));
          expectRefusal(operation, reply, SUPPLIER_NOT_FOUND, 'foreign-supplier');
        }
      }
      const { operations } = await world.ping();
      if (!operations.includes('unlink')) return;
      for (const supplierId of STRANGE_IDS) {
        const reply = await world.call('unlink', { supplierId, chatId: world.unknownChat });
        expectRefusal('unlink', reply, SUPPLIER_NOT_FOUND, 'foreign-supplier');
      }
    },
  },
];
