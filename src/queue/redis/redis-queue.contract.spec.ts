import { RedisConnection } from '../../redis/redis-connection';
import { describeWithRedis } from '../../redis/testing/redis-server';
import { useRedis } from '../../redis/testing/use-redis';
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
  const suite = useRedis();

  describeQueue(RedisQueue.name, async () => {
    const queues: ProcessQueue[] = [];
    return {
      takeOverMs: LEASE_MS,
      create: () => {
        const queue = new ProcessQueue(new RedisConnection(suite.server.url));
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
