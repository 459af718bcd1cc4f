import { Logger } from '@nestjs/common';
import { RedisConnection } from '../redis-connection';
import { RedisServer } from './redis-server';

/** The redis-server of a suite, and what its tests open there. */
export class RedisOfSuite {
  private running: RedisServer | undefined;
  private connections: RedisConnection[] = [];
  private ends: (() => Promise<unknown>)[] = [];

  get server(): RedisServer {
    if (!this.running) throw new Error('The server of a suite is there from its first beforeAll on');
    return this.running;
  }

  /** A connection of its own, as another process has; it is closed after the test. */
  async connect(url = this.server.url): Promise<RedisConnection> {
    const connection = new RedisConnection(url);
    this.connections.push(connection);
    await connection.open();
    return connection;
  }

  /** Does something after the test, while the connections are still open. */
  atEnd(work: () => Promise<unknown>): void {
    this.ends.push(work);
  }

  async start(): Promise<void> {
    this.running = await RedisServer.start();
  }

  async end(): Promise<void> {
    this.server.thaw();
    await Promise.all(this.ends.map((end) => end()));
    for (const connection of this.connections) connection.close();
    this.ends = [];
    this.connections = [];
  }
}

/** Gives each test of the suite an empty redis-server, and keeps the log silent. */
export function useRedis(): RedisOfSuite {
  const redis = new RedisOfSuite();
  beforeAll(() => redis.start());
  beforeEach(async () => {
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockReturnValue(undefined);
    }
    await redis.server.empty();
  });
  afterEach(async () => {
    await redis.end();
    jest.restoreAllMocks();
  });
  afterAll(() => redis.server.stop());
  return redis;
}
