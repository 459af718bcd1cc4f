import { randomUUID } from 'node:crypto';
import { type Check } from '../check';
import { basicCredentials, type ContractClient, type NoReply, type Reply } from '../client';
import { expectRefusal, expectReply, fail, FORBIDDEN, shown } from '../expect';
import { Skipped } from '../outcome';
import { same, text } from '../text';
import { OPERATIONS } from '../world';

const TIMED_CALLS = 15;
/** A difference below this one is lost in the noise of a network. */
const TELLING_MS = 25;

export const accessChecks: readonly Check[] = [
  {
    id: 'access.missing-key',
    title: text('Без ключа: 403 forbidden', 'Without a key: 403 forbidden'),
    async run({ client }) {
      expectForbidden(await withKey(client, undefined));
    },
  },
  {
    id: 'access.wrong-key',
    title: text('С неверным ключом: 403 forbidden', 'With a wrong key: 403 forbidden'),
    async run({ client }) {
      for (const wrong of wrongKeys(client.options.key)) expectForbidden(await withKey(client, wrong));
    },
  },
  {
    id: 'access.every-operation',
    title: text('Ключ проверяется в каждой операции', 'Every operation checks the key'),
    async run({ client }) {
      for (const operation of [...OPERATIONS, 'no-such-operation']) {
        expectForbidden(await withKey(client, 'wrong', operation), operation);
      }
    },
  },
  {
    id: 'access.before-body',
    title: text('Ключ проверяется раньше тела', 'The key is checked before the body'),
    async run({ client }) {
      const reply = expectReply(
        await client.call('stock', {}, { headers: { 'X-API-Key': 'wrong' }, raw: Buffer.from('{"') }),
      );
      if (reply.status === 400) fail(shown(reply), 'key-before-body');
      expectForbidden(reply, 'stock');
    },
  },
  {
    id: 'access.same-answer',
    title: text('Ответ без ключа и с неверным один и тот же', 'No key and a wrong key are answered alike'),
    async run({ client }) {
      const requestId = randomUUID();
      const replies: Reply[] = [];
      for (const key of [undefined, 'wrong', client.options.key.slice(0, -1) || 'wrong']) {
        replies.push(expectForbidden(await withKey(client, key, 'ping', { 'X-Request-Id': requestId })));
      }
      const [first, ...others] = replies.map(({ text: body, headers }) => `${headers.get('content-type')} ${body}`);
      const other = others.find((one) => one !== first);
      if (other !== undefined) fail(same(`${first} / ${other}`), 'key-tells');
    },
  },
  {
    id: 'access.timing',
    title: text('Время ответа не выдаёт ключ', 'The time of the answer does not tell the key'),
    async run({ client }) {
      const { key } = client.options;
      const near = `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`;
      const samples = { missing: [] as number[], far: [] as number[], near: [] as number[] };
      for (let nth = 0; nth < TIMED_CALLS; nth++) {
        samples.missing.push(expectReply(await withKey(client, undefined)).ms);
        samples.far.push(expectReply(await withKey(client, 'z'.repeat(key.length))).ms);
        samples.near.push(expectReply(await withKey(client, near)).ms);
      }
      const medians = Object.values(samples).map(medianOf);
      const told = `${medians.join(' / ')} `;
      const gap = Math.max(...medians) - Math.min(...medians);
      // Half of what a call takes at all: a busy line shakes more than a quick one.
      if (gap > Math.max(TELLING_MS, Math.min(...medians) / 2)) fail(text(`${told}мс`, `${told}ms`), 'key-timing');
      return text(`${told}мс`, `${told}ms`);
    },
  },
  {
    id: 'access.no-echo',
    title: text('Ключа нет в ответах', 'Answers do not hold the key'),
    async run({ client }) {
      const { key } = client.options;
      const replies = [
        await client.call('ping', {}),
        await withKey(client, `${key}${key}`),
        await client.call(key.slice(0, 8), {}),
      ];
      for (const reply of replies) {
        const { text: body, headers } = expectReply(reply);
        const said = [body, ...[...headers].flat()].join('\n');
        if (key.length > 7 && said.includes(key))
          fail(text('ответ содержит ключ', 'an answer holds the key'), 'key-in-answer');
      }
    },
  },
  {
    id: 'access.basic',
    title: text('Пользователь Basic: без него 401', 'HTTP Basic: 401 without it'),
    async run({ client }) {
      const { basicUser } = client.options;
      if (basicUser === undefined) throw new Skipped(text('--basic-user не задан', '--basic-user is not given'));
      for (const authorization of [undefined, basicCredentials(basicUser, `wrong-${randomUUID()}`)]) {
        const reply = expectReply(await client.call('ping', {}, { headers: { Authorization: authorization } }));
        if (reply.status !== 401) fail(shown(reply), 'basic-not-checked');
      }
    },
  },
];

/** Keys that are nearly right: cut, longer, of another case, empty. */
function wrongKeys(key: string): string[] {
  const swapped = key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase();
  return ['wrong', '', key.slice(0, -1), `${key}1`, `${key}%`, swapped].filter((wrong) => wrong !== key);
}

function withKey(
  client: ContractClient,
  key: string | undefined,
  operation = 'ping',
  headers: Record<string, string> = {},
): Promise<Reply | NoReply> {
  return client.call(operation, {}, { headers: { ...headers, 'X-API-Key': key } });
}

function expectForbidden(reply: Reply | NoReply, operation = 'ping'): Reply {
  return expectRefusal(operation, reply, FORBIDDEN, 'key-not-checked');
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
