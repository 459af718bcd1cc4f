import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** An accounting system that knows `ping` alone, and how many came. */
export interface PingServer {
  url: string;
  pings: number;
  /** How the next pings are answered; a hanging one never is. */
  answer: 'ok' | 'forbidden' | 'failing' | 'hanging';
  close(): Promise<void>;
}

const ANSWERS: Record<PingServer['answer'], (response: ServerResponse) => void> = {
  ok: (response) => send(response, 200, { status: 'ok', system: '1C:test', version: '1.0.0', operations: ['ping'] }),
  forbidden: (response) => send(response, 403, { status: 403, code: 'forbidden', title: 'Forbidden' }),
  failing: (response) => send(response, 503, { status: 503, code: 'unavailable', title: 'Service Unavailable' }),
  hanging: () => undefined,
};

export async function startPingServer(): Promise<PingServer> {
  const server = createServer((request, response) => {
    request.resume();
    accounting.pings += 1;
    ANSWERS[accounting.answer](response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accounting: PingServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hs/supplier-bot`,
    pings: 0,
    answer: 'ok',
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return accounting;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': `application/${status === 200 ? 'json' : 'problem+json'}` });
  response.end(JSON.stringify(body));
}
