import { type Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** How long a request under way may hold the stop. */
const GRACE_MS = 500;

/**
 * Ends the connections that would hold the stop: closing the server ends the idle ones, a request under way has a
 * moment to be answered.
 */
@Injectable()
export class ConnectionCloser implements BeforeApplicationShutdown {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  }
}
