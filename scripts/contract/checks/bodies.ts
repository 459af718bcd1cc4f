import { type Operation } from '../../../src/onec/contract';
import { type Check } from '../check';
import { BAD_REQUEST, expectAnswer, expectRefusal, expectReply, fail, shown } from '../expect';
import { text } from '../text';
import { NO_SUCH_ARTICLE, OPERATIONS, READ_OPERATIONS } from '../world';

/** Twice the body that the publication samples let through. */
const OVERSIZED_BYTES = 128 * 1024;

/** Bodies of which every member has the wrong type or value. */
const FAULTY: Readonly<Partial<Record<Operation, readonly object[]>>> = {
  identify: [{ chatId: 'семь' }, { chatId: 7.5 }, { chatId: {} }],
  link: [
    { chatId: 'x', phone: 7, user: 'x' },
    { chatId: 1, inviteCode: ['x'], user: { id: 'x' } },
  ],
  unlink: [{ supplierId: 7, chatId: 'x' }],
  products: [{ supplierId: 7 }, { supplierId: '*', query: 7, articles: 'x' }],
  stock: [
    { supplierId: '*', articles: 'x' },
    { supplierId: '*', articles: [7] },
    { supplierId: {}, articles: ['x'] },
  ],
  prices: [
    { supplierId: '*', articles: 'x' },
    { supplierId: '*', articles: [null] },
  ],
  orders: [
    { supplierId: '*', number: 7 },
    { supplierId: '*', state: 'нет-такого' },
  ],
  payments: [{ supplierId: '*', document: 7 }],
  reconciliation: [
    { supplierId: '*', from: '2026-02-30', to: '2026-03-31', format: 'pdf' },
    { supplierId: '*', from: '01.02.2026', to: '2026-03-31', format: 'pdf' },
    { supplierId: '*', from: '2026-02-01', to: '2026-03-31', format: 'doc' },
  ],
};
const FAULTY_PAGES = [{ limit: 0 }, { limit: 101 }, { limit: 1.5 }, { limit: 'x' }, { offset: -1 }];

export const bodyChecks: readonly Check[] = [
  {
    id: 'body.broken-json',
    title: text('Не JSON, пусто, не объект, не UTF-8: 400', 'No JSON, nothing, no object, no UTF-8: 400'),
    async run({ client }) {
      const bodies = ['{"chatId":', '', '[1]', '"text"', 'null'].map((body) => Buffer.from(body));
      for (const raw of [...bodies, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])]) {
        expectRefusal('identify', await client.call('identify', {}, { raw }), BAD_REQUEST, 'check-the-body');
      }
    },
  },
  {
    id: 'body.required',
    title: text('Нет обязательных полей: 400', 'Required members lack: 400'),
    async run(world) {
      for (const operation of await world.servedOf(OPERATIONS.filter((name) => name !== 'ping'))) {
        expectRefusal(operation, await world.call(operation, {}), BAD_REQUEST, 'check-the-body');
      }
    },
  },
  {
    id: 'body.types',
    title: text('Неверные типы и значения полей: 400', 'Wrong types and values of members: 400'),
    async run(world) {
      const hasSupplier = world.options.chat !== undefined;
      const supplierId = hasSupplier ? await world.supplierId() : '';
      const served = await world.servedOf(hasSupplier ? OPERATIONS : ['identify', 'link']);
      for (const operation of served) {
        for (const body of FAULTY[operation] ?? []) {
          const request = JSON.parse(JSON.stringify(body).replace('"*"', JSON.stringify(supplierId))) as object;
          expectRefusal(operation, await world.call(operation, request), BAD_REQUEST, 'check-the-body');
        }
      }
    },
  },
  {
    id: 'body.pages',
    title: text('limit 1-100, offset от 0: иначе 400', 'limit 1-100, offset from 0: else 400'),
    async run(world) {
      const supplierId = await world.supplierId();
      for (const operation of await world.servedOf(['products', 'orders', 'payments'])) {
        for (const page of FAULTY_PAGES) {
          const reply = await world.call(operation, { supplierId, ...page });
          expectRefusal(operation, reply, BAD_REQUEST, 'check-the-body');
        }
      }
    },
  },
  {
    id: 'body.hundred-articles',
    title: text('100 артикулов принимаются, 101 — 400', '100 articles are taken, 101 are 400'),
    async run(world) {
      const supplierId = await world.supplierId();
      const articles = Array.from({ length: 101 }, (_, index) => `${NO_SUCH_ARTICLE}-${index}`);
      for (const operation of await world.servedOf(['stock', 'prices', 'products'])) {
        const hundred = await world.call(operation, { supplierId, articles: articles.slice(0, 100) });
        expectAnswer(operation, hundred, 'hundred-articles');
        expectRefusal(
          operation,
          await world.call(operation, { supplierId, articles }),
          BAD_REQUEST,
          'hundred-articles',
        );
      }
    },
  },
  {
    id: 'body.oversized',
    title: text('Тело в 128 КиБ отклоняется', 'A body of 128 KiB is refused'),
    async run({ client }) {
      const raw = Buffer.from(JSON.stringify({ padding: 'x'.repeat(OVERSIZED_BYTES) }));
      const reply = await client.call('ping', {}, { raw });
      // A web server may cut the connection while the body is still on its way.
      if (reply.kind === 'none' && /^(ECONNRESET|EPIPE)$/.test(reply.code)) {
        return text('соединение оборвано', 'the connection was cut');
      }
      const { status } = expectReply(reply);
      if (status !== 413 && status !== 400) fail(shown(reply), 'limit-the-body');
      return text(String(status), String(status));
    },
  },
  {
    id: 'body.unknown-fields',
    title: text('Незнакомые поля пропускаются', 'Unknown members are ignored'),
    async run(world) {
      const added = { addedLater: { a: [1, null, 'x'] }, ещеПоле: true };
      expectAnswer('ping', await world.call('ping', added), 'unknown-fields');
      const supplierId = await world.supplierId();
      const { chat } = world.options;
      expectAnswer('identify', await world.call('identify', { chatId: chat, ...added }), 'unknown-fields');
      for (const operation of await world.servedOf(['products', 'orders', 'payments'])) {
        expectAnswer(operation, await world.call(operation, { supplierId, ...added }), 'unknown-fields');
      }
    },
  },
  {
    id: 'body.null-is-missing',
    title: text('null и отсутствие поля равнозначны', 'null and a missing member mean the same'),
    async run(world) {
      const supplierId = await world.supplierId();
      const nulls: Readonly<Partial<Record<Operation, object>>> = {
        products: { query: null, articles: null, limit: null, offset: null },
        orders: { number: null, state: null, limit: null, offset: null },
        payments: { document: null, limit: null, offset: null },
      };
      for (const operation of await world.servedOf(READ_OPERATIONS)) {
        const optional = nulls[operation];
        if (!optional) continue;
        expectAnswer(operation, await world.call(operation, { supplierId, ...optional }), 'null-is-missing');
      }
      for (const operation of OPERATIONS.filter((name) => FAULTY[name] !== undefined)) {
        const { operations } = await world.ping();
        if (!operations.includes(operation)) continue;
        const missing = { supplierId: null, chatId: null };
        expectRefusal(operation, await world.call(operation, missing), BAD_REQUEST, 'null-is-missing');
      }
    },
  },
];
