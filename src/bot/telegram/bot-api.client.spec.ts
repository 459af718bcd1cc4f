import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { BotApiClient } from './bot-api.client';
import { refusalOf } from './telegram-api';

const OPTIONS = { deadlineMs: 5000 };

describe(BotApiClient.name, () => {
  let server: Server;
  let client: BotApiClient;
  let seen: { url?: string; host?: string; type?: string; authorization?: string; body: string; port?: number }[];
  let respond: (request: IncomingMessage, response: ServerResponse) => void;

  const answer = (status: number, body: string) => {
    respond = (_, response) => void response.writeHead(status).end(body);
  };

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { url, headers, socket } = request;
        const { host, authorization, 'content-type': type } = headers;
        seen.push({ url, host, type, authorization, body, port: socket.remotePort });
        respond(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new BotApiClient(`http://127.0.0.1:${port}/proxy/`, '1:token');
    answer(200, '{"ok":true,"result":{"message_id":7}}');
  });
  afterEach(async () => {
    client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failure = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('posts JSON to the method, beneath the path of the root, and returns the result', async () => {
    const result = await client.call('sendMessage', { chat_id: 1, text: 'Ёж', reply_markup: undefined }, OPTIONS);
    expect(result).toEqual({ message_id: 7 });
    expect(seen).toMatchObject([
      { url: '/proxy/bot1:token/sendMessage', type: 'application/json', body: '{"chat_id":1,"text":"Ёж"}' },
    ]);
  });

  it('names the user of the address', async () => {
    const { port } = server.address() as AddressInfo;
    const withUser = new BotApiClient(`http://bot:s%40crt@127.0.0.1:${port}`, '1:token');
    await withUser.call('getMe', {}, OPTIONS);
    withUser.close();
    const authorization = `Basic ${Buffer.from('bot:s@crt').toString('base64')}`;
    expect(seen).toMatchObject([{ url: '/bot1:token/getMe', host: `127.0.0.1:${port}`, authorization }]);
  });

  it('keeps its connection', async () => {
    await client.call('getMe', {}, OPTIONS);
    await client.call('getMe', {}, OPTIONS);
    expect(seen[1]?.port).toBe(seen[0]?.port);
  });

  it('leaves a result unread on demand, but no refusal', async () => {
    const unread = { ...OPTIONS, unread: true };
    await expect(client.call('sendMessage', {}, unread)).resolves.toBeUndefined();
    answer(200, '{ "result": true, "ok": true }');
    await expect(client.call('sendMessage', {}, unread)).resolves.toBe(true);
    answer(200, '{"ok":false,"error_code":403,"description":"Forbidden"}');
    expect(refusalOf(await failure(client.call('sendMessage', {}, unread)))).toMatchObject({ code: 403 });
    answer(502, '{"ok":true,"result":true}');
    expect(refusalOf(await failure(client.call('sendMessage', {}, unread)))).toMatchObject({ code: 502 });
  });

  it('tells a refusal with its code, its words and how long to wait', async () => {
    answer(429, '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}');
    const error = await failure(client.call('sendMessage', { text: 'private' }, OPTIONS));
    expect(refusalOf(error)).toEqual({ code: 429, description: 'Too Many Requests', retryAfter: 3 });
    expect(JSON.stringify(error)).not.toContain('private');
  });

  it('tells a failure of the server, whatever stands in its body', async () => {
    answer(502, '<html>Bad Gateway</html>');
    const error = await failure(client.call('getMe', {}, OPTIONS));
    expect(refusalOf(error)).toEqual({ code: 502, description: 'Bad Gateway' });
  });

  it('takes an answer that is no JSON for no answer of Telegram', async () => {
    answer(200, '<html>Sign in</html>');
    const error = await failure(client.call('getMe', {}, OPTIONS));
    expect(error).toBeInstanceOf(SyntaxError);
    expect(refusalOf(error)).toBeNull();
  });

  it.each([
    ['an answer that never begins', () => undefined],
    ['an answer that never ends', (_: IncomingMessage, response: ServerResponse) => void response.write('{"ok"')],
  ])('gives up at the deadline: %s', async (_, silence) => {
    respond = silence;
    await expect(client.call('getMe', {}, { deadlineMs: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends with the reason of its signal, before and during the call', async () => {
    const reason = new Error('the process stops');
    await expect(client.call('getMe', {}, { ...OPTIONS, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(seen).toHaveLength(0);
    const stopping = new AbortController();
    respond = () => stopping.abort(reason);
    await expect(client.call('getMe', {}, { ...OPTIONS, signal: stopping.signal })).rejects.toBe(reason);
  });

  it('tells a broken connection with the code of Node', async () => {
    respond = (request) => request.socket.destroy();
    await expect(client.call('getMe', {}, OPTIONS)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('tells an answer that breaks off', async () => {
    respond = (request, response) =>
      response.writeHead(200, { 'Content-Length': 100 }).write('{', () => request.socket.destroy());
    await expect(client.call('getMe', {}, OPTIONS)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
