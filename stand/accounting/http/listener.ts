import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than clients keep idle connections, so that none is closed under a request that is just being sent. */
const KEEP_ALIVE_MS = 65_000;
/** Somebody else may have got the port for a moment while it was closed. */
const REOPEN_ATTEMPTS = 10;
const REOPEN_PAUSE_MS = 100;

/** An HTTP server whose port can be closed and opened again. */
export class Listener {
  private readonly server: Server;
  private port: number;
  /** Whether the port was ours before. */
  private reopening = false;
  /** Opening and closing, one after the other. */
  private work: Promise<void> = Promise.resolve();

  /** @param port 0 takes a free one, and keeps it */
  constructor(
    handler: RequestListener,
    private readonly host: string,
    port: number,
  ) {
    this.port = port;
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: 5000 }, handler);
  }

  /** Such as `http://127.0.0.1:8090`; known once it was open. */
  get url(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `http://${host}:${this.port}`;
  }

  /** Rejects where the port cannot be had. */
  open(): Promise<void> {
    return this.afterwards(async () => {
      for (let attempt = 1; !this.server.listening; attempt++) {
        try {
          await this.listen();
        } catch (error) {
          const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
          if (!taken || !this.reopening || attempt >= REOPEN_ATTEMPTS) throw error;
          await sleep(REOPEN_PAUSE_MS);
        }
      }
    });
  }

  /** Drops every connection, also those that wait for an answer. */
  close(): Promise<void> {
    return this.afterwards(async () => {
      if (!this.server.listening) return;
      const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
      this.server.closeAllConnections();
      await closed;
    });
  }

  private async listen(): Promise<void> {
    this.server.listen(this.port, this.host);
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    this.reopening = true;
  }

  private afterwards(work: () => Promise<void>): Promise<void> {
    const done = this.work.then(work);
    this.work = done.catch(() => undefined);
    return done;
  }
}
