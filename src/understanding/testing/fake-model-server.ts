import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** One request as the server saw it. */
export interface ModelRequest {
  path: string;
  authorization?: string;
  body: string;
}

type Answer = (response: ServerResponse, request: ModelRequest) => void;

/** A server of the OpenAI chat-completions form for tests, on 127.0.0.1, that answers what it is told. */
export class FakeModelServer {
  readonly requests: ModelRequest[] = [];
  private answer: Answer = (response) => void response.end();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeModelServer> {
    const server = createServer();
    const fake = new FakeModelServer(server);
    server.on('request', (request, response) => void fake.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  /** What CLASSIFIER_LLM_URL is set to. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** What the last request asked about, as it left the bot. */
  get lastMessage(): string {
    const { messages } = JSON.parse(this.requests.at(-1)?.body ?? '{}') as { messages: { content: string }[] };
    return (JSON.parse(messages.at(-1)?.content ?? '{}') as { message: string }).message;
  }

  /** From now on the model writes this. */
  writes(content: unknown): void {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    this.sends(JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] }));
  }

  /** From now on the server sends this body. */
  sends(body: string, status = 200, headers: Record<string, string> = { 'Content-Type': 'application/json' }): void {
    this.does((response) => void response.writeHead(status, headers).end(body));
  }

  /** From now on the server does this. */
  does(answer: Answer): void {
    this.answer = answer;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization } = request.headers;
    const seen = { path: request.url ?? '', authorization, body: Buffer.concat(chunks).toString() };
    this.requests.push(seen);
    this.answer(response, seen);
  }
}
