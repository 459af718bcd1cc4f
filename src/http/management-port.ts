import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Injectable, NotFoundException, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../config/settings';

/** What operators ask for, and nobody else. */
const MANAGEMENT_PATHS = /^\/(health|metrics)(\/|$)/;

/**
 * Where `MANAGEMENT_PORT` is set, health and metrics are served there and only there. The port opens before the
 * application is up and closes after everything else, so that probes see both ends.
 */
@Injectable()
export class ManagementPort implements OnApplicationShutdown {
  private readonly requests = new WeakSet<IncomingMessage>();
  private server?: Server;

  constructor(
    private readonly settings: Settings,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Opens the port where there is one. */
  async open(): Promise<void> {
    if (this.settings.managementPort === undefined) {
      return;
    }
    const application = this.adapterHost.httpAdapter.getInstance<RequestListener>();
    this.server = createServer((request, response) => {
      this.requests.add(request);
      application(request, response);
    });
    this.server.listen(this.settings.managementPort);
    await once(this.server, 'listening');
  }

  /** The port that was opened; undefined where health shares the main port. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  /** Middleware: a path of the other port does not exist on this one. */
  readonly separate = (request: IncomingMessage & { originalUrl?: string }, _: unknown, next: () => void): void => {
    const path = (request.originalUrl ?? request.url ?? '/').split('?')[0] ?? '/';
    if (this.server && this.requests.has(request) !== MANAGEMENT_PATHS.test(path)) {
      throw new NotFoundException(`Cannot ${request.method} ${path}`);
    }
    next();
  };

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server?.listening) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }
}
