import { Injectable, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Settings } from '../config/settings';
import { SettingsModule } from '../config/settings.module';
import { AlwaysLease, Lease } from './lease';
import { RedisConnection } from './redis-connection';
import { RedisLease } from './redis-lease';
import { RedisModule } from './redis.module';
import { describeWithRedis, RedisServer } from './testing/redis-server';

/** Needs Redis from its first hook to its last one. */
@Injectable()
class User implements OnModuleInit, OnApplicationShutdown {
  readonly answers: unknown[] = [];

  constructor(private readonly redis: RedisConnection) {}

  async onModuleInit(): Promise<void> {
    this.answers.push(await this.ping());
  }

  async onApplicationShutdown(): Promise<void> {
    this.answers.push(await this.ping());
  }

  private ping(): Promise<string> {
    return this.redis.run((redis) => redis.ping()).catch((error: Error) => error.message);
  }
}

@Module({ imports: [RedisModule], providers: [User] })
class UserModule {}

const moduleWith = (settings: Partial<Settings>, imports: (typeof UserModule)[] = []) =>
  Test.createTestingModule({
    imports: [SettingsModule.forRoot(Object.assign(new Settings(), settings)), ...imports, RedisModule],
  }).compile();

describe(RedisModule.name, () => {
  it('has no connection, and a lease that is always held, without REDIS_URL', async () => {
    const module = await moduleWith({});
    await module.init();
    expect(module.get(RedisConnection)).toBeNull();
    expect(module.get(Lease)).toBeInstanceOf(AlwaysLease);
    await module.close();
  });
});

describeWithRedis(`${RedisModule.name} with REDIS_URL`, () => {
  let server: RedisServer;

  beforeAll(async () => {
    for (const level of ['log', 'warn'] as const) jest.spyOn(Logger.prototype, level).mockReturnValue(undefined);
    server = await RedisServer.start();
  });

  afterAll(async () => {
    await server.stop();
    jest.restoreAllMocks();
  });

  it('is connected before the others start and until they have stopped, and gives its lease back', async () => {
    const module = await moduleWith({ redisUrl: server.url }, [UserModule]);
    await module.init();
    const user = module.get(User);
    const lease = module.get(Lease);
    expect(lease).toBeInstanceOf(RedisLease);
    await lease.acquire();
    await module.close();
    expect(user.answers).toEqual(['PONG', 'PONG']);
    const other = new RedisConnection(server.url);
    await other.open();
    await expect(other.run((redis) => redis.keys('*'))).resolves.toEqual([]);
    other.close();
  });
});
