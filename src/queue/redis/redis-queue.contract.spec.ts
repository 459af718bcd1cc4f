import { Logger } from '@nestjs/common';
import { RedisConnection } from '../../redis/redis-connection';
import { describeWithRedis, RedisServer } from '../../redis/testing/redis-server';
import { describeQueue, type TestBody } from '../testing/queue-contract';
import { RedisQueue } from './redis-queue';

const LEASE_MS = 300;
const RENEW_MS = 100;

/** With a connection of its own, as another process has. */
class ProcessQueue extends RedisQueue<TestBody> {
  constructor(readonly connection: RedisConnection) {
    super(connection, 'test', { leaseMs: LEASE_MS, renewMs: RENEW_MS });
  }

  override async open(): Promise<void> {
    await this.connection.open();
    await super.open();
  }
}

describeWithRedis(RedisQueue.name, () => {
  let server: RedisServer;

  beforeAll(async () => {
    for (const level of ['log', 'warn'] as const) jest.spyOn(Logger.prototype, level).mockReturnValue(undefined);
    server = await RedisServer.start();
  });

  afterAll(async () => {
    await server.stop();
    jest.restoreAllMocks();
  });

  describeQueue(RedisQueue.name, async () => {
    await server.empty();
    const queues: ProcessQueue[] = [];
    return {
      takeOverMs: LEASE_MS,
      create: () => {
        const queue = new ProcessQueue(new RedisConnection(server.url));
        queues.push(queue);
        return queue;
      },
      crash: async (queue) => {
        (queue as ProcessQueue).connection.close();
        await queue.close();
      },
      dispose: async () => queues.forEach(({ connection }) => connection.close()),
    };
  });
});
