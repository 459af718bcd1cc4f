import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request as it arrived on the wire. */
export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What to answer; a string goes out as it is. */
export interface PreparedAnswer {
  status: number;
  contentType: string;
  body: unknown;
  headers?: Record<string, string>;
}

export interface ContractServer {
  url: string;
  requests: RecordedRequest[];
  /** The answer to every request from now on. */
  answer: PreparedAnswer;
  close(): Promise<void>;
}

/** An accounting system that answers what it is told and records what it was asked. */
export async function startContractServer(): Promise<ContractServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown });
      const { status, contentType, body, headers: more } = contractServer.answer;
      response.writeHead(status, { 'Content-Type': contentType, ...more });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const contractServer: ContractServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/erp/hs/supplier-bot`,
    requests,
    answer: { status: 200, contentType: 'application/json', body: {} },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return contractServer;
}
