import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import tls from 'node:tls';
import { type Check } from '../check';
import { cure } from '../cures';
import { expectAnswer, expectRefusal, expectReply, fail, NOT_SUPPORTED, shown } from '../expect';
import { Skipped, Warned } from '../outcome';
import { joined, text } from '../text';
import { type World } from '../world';

/** How much longer than one call the first answer may take: a session of 1C has to be opened for it. */
const FIRST_CALL_FACTOR = 3.4;
const DAY_MS = 86_400_000;
const CERTIFICATE_WARNING_DAYS = 14;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH'] as const;

export const transportChecks: readonly Check[] = [
  {
    id: 'transport.reach',
    title: text('Сервер отвечает, и вовремя', 'The server answers, and in time'),
    isEssential: true,
    async run({ client }) {
      const { timeoutMs } = client.options;
      const first = expectReply(await client.call('ping', {}, { timeoutMs: timeoutMs * FIRST_CALL_FACTOR }));
      if (first.ms <= timeoutMs) return undefined;
      // The first call may have opened a session; the second one is what a supplier waits for.
      const second = expectReply(await client.call('ping', {}, { timeoutMs: timeoutMs * FIRST_CALL_FACTOR }));
      if (second.ms <= timeoutMs) {
        return text(
          `первый ответ за ${first.ms} мс, второй за ${second.ms}`,
          `first answer in ${first.ms} ms, second in ${second.ms}`,
        );
      }
      const [ru, en] = [
        `ping: ${second.ms} мс при сроке ${timeoutMs}`,
        `ping: ${second.ms} ms, the deadline is ${timeoutMs}`,
      ];
      return fail(text(ru, en), 'too-slow');
    },
  },
  {
    id: 'transport.https',
    title: text('HTTPS: TLS 1.2 или 1.3, годный сертификат', 'HTTPS: TLS 1.2 or 1.3, a valid certificate'),
    async run({ client }) {
      const { hostname, protocol } = new URL(client.options.url);
      if (protocol === 'http:') {
        if (LOOPBACK.test(hostname))
          throw new Skipped(text('http к своей машине разрешен', 'http to this machine is allowed'));
        return fail(text(`${protocol}//${hostname}`, `${protocol}//${hostname}`), 'plain-http');
      }
      const { tlsProtocol = '?', certificateEnds } = expectReply(await client.call('ping', {}));
      if (certificateEnds === undefined) return text(tlsProtocol, tlsProtocol);
      const days = Math.floor((certificateEnds.getTime() - Date.now()) / DAY_MS);
      const told = text(
        `${tlsProtocol}, сертификат ещё ${days} дн.`,
        `${tlsProtocol}, ${days} days left of the certificate`,
      );
      if (days < CERTIFICATE_WARNING_DAYS) throw new Warned(told, cure('certificate-ends-soon'));
      return told;
    },
  },
  {
    id: 'transport.old-tls',
    title: text('TLS 1.0 и 1.1 выключены', 'TLS 1.0 and 1.1 are off'),
    async run({ client }) {
      if (!client.isTls) throw new Skipped(text('без TLS', 'no TLS'));
      const protocol = await oldProtocolOf(new URL(client.options.url), client.options.timeoutMs);
      if (protocol !== undefined) fail(text(`согласован ${protocol}`, `${protocol} was agreed on`), 'old-tls');
    },
  },
  {
    id: 'ping.answer',
    title: text('ping отвечает 200 по схеме', 'ping answers 200 by its schema'),
    isEssential: true,
    async run(world) {
      const { system, version } = await world.ping();
      return text(`${system}, ${version}`, `${system}, ${version}`);
    },
  },
  {
    id: 'transport.encoding',
    title: text('Тело ответа: UTF-8, лучше без BOM', 'The body of an answer: UTF-8, better without a BOM'),
    async run({ client }) {
      const reply = expectReply(await client.call('ping', {}));
      if (!reply.isUtf8) fail(shown(reply), 'not-utf8');
      if (reply.hasBom)
        throw new Warned(text('ответ начинается с BOM', 'the answer begins with a BOM'), cure('has-bom'));
    },
  },
  {
    id: 'transport.post-only',
    title: text('Другие методы, кроме POST, отклоняются', 'Methods other than POST are refused'),
    async run({ client }) {
      for (const method of METHODS) {
        const reply = expectReply(await client.call('ping', method === 'GET' ? undefined : {}, { method }));
        const isRefused = (reply.status >= 400 && reply.status < 500) || reply.status === 501;
        if (!isRefused) fail(joined([text(method, method), shown(reply)], ' '), 'post-only');
      }
    },
  },
  {
    id: 'transport.header-names',
    title: text('Имена заголовков без учета регистра', 'Header names have no case'),
    async run(world) {
      const { key } = world.client.options;
      for (const name of ['x-api-key', 'X-API-KEY', 'X-Api-Key']) {
        const reply = await world.client.call('ping', {}, { headers: { 'X-API-Key': undefined, [name]: key } });
        if (reply.kind === 'reply' && reply.status === 403)
          fail(joined([text(name, name), shown(reply)], ': '), 'header-names');
        expectAnswer('ping', reply);
      }
    },
  },
  {
    id: 'transport.request-bom',
    title: text('Тело запроса принимается с BOM', 'The body of a request may begin with a BOM'),
    run: (world) => takes(world, { raw: Buffer.from('\ufeff{}') }),
  },
  {
    id: 'transport.request-type',
    title: text('Content-Type запроса: с charset и без', 'Content-Type of a request: with charset and without'),
    async run(world) {
      for (const type of ['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"']) {
        await takes(world, { headers: { 'Content-Type': type } });
      }
    },
  },
  {
    id: 'transport.request-id',
    title: text('X-Request-Id: любой, повторный и никакого', 'X-Request-Id: any, repeated, and none'),
    async run(world) {
      const id = randomUUID();
      for (const value of [id, id, id.toUpperCase(), 'not-a-uuid', undefined]) {
        await takes(world, { headers: { 'X-Request-Id': value } });
      }
    },
  },
  {
    id: 'transport.unknown-operation',
    title: text('Неизвестная операция: 422 not_supported', 'An unknown operation: 422 not_supported'),
    async run({ client }) {
      const operation = 'no-such-operation';
      expectRefusal(operation, await client.call(operation, {}), NOT_SUPPORTED, 'unknown-operation');
    },
  },
];

async function takes(world: World, options: { raw?: Buffer; headers?: Record<string, string | undefined> }) {
  expectAnswer('ping', await world.client.call('ping', {}, options), 'request-form');
}

/** @returns what a client that knows nothing newer agrees on with the server; undefined where the server refuses it */
function oldProtocolOf({ hostname, port }: URL, timeoutMs: number): Promise<string | undefined> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port: Number(port || 443),
      servername: isIP(host) ? '' : host,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      // Only the protocol is asked for; nothing is sent.
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const end = (protocol?: string) => {
      socket.destroy();
      resolve(protocol);
    };
    socket.once('secureConnect', () => end(socket.getProtocol() ?? undefined));
    socket.once('error', () => end());
    socket.once('timeout', () => end());
  });
}
