import { type EventEmitter } from 'node:events';
import { type ServerResponse } from 'node:http';
import { type TelegramEvents } from '../events';

const STREAMED = ['message', 'edit', 'delete', 'chat_action', 'callback_answer', 'commands', 'cleared'] as const;
const HEARTBEAT_MS = 15_000;

/** Server-sent events (WHATWG HTML, 9.2) of all chats, to any number of pages. */
export class EventStreams {
  private readonly open = new Set<ServerResponse>();
  private readonly heartbeat: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor(hub: EventEmitter<TelegramEvents>, heartbeatMs: number = HEARTBEAT_MS) {
    const listeners = STREAMED.map((name) => {
      const listener = (event: unknown): void => this.tell(name, event);
      hub.on(name, listener);
      return () => hub.off(name, listener);
    });
    this.stopListening = () => listeners.forEach((stop) => stop());
    // A comment, so that proxies and browsers do not take the stream for dead.
    this.heartbeat = setInterval(() => this.write(':\n\n'), heartbeatMs);
    this.heartbeat.unref();
  }

  start(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(': open\n\n');
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
  }

  close(): void {
    clearInterval(this.heartbeat);
    this.stopListening();
    for (const response of this.open) {
      response.end();
    }
    this.open.clear();
  }

  private tell(name: string, event: unknown): void {
    if (this.open.size > 0) {
      this.write(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  }

  private write(chunk: string): void {
    for (const response of this.open) {
      response.write(chunk);
    }
  }
}
