import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Injectable, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../src/app.module';
import { loadSettings } from '../src/config/load-settings';
import { SettingsModule } from '../src/config/settings.module';
import { HealthModule } from '../src/health/health.module';
import { ReceptionState, type ReceptionSnapshot } from '../src/health/reception-state';
import { HttpModule } from '../src/http/http.module';
import { ManagementPort } from '../src/http/management-port';
import { LoggingModule } from '../src/logging/logging.module';
import { Inbox } from '../src/queue/inbox';
import { Outbox } from '../src/queue/outbox';
import { type PingServer, startPingServer } from './support/ping-server';

/** Stands in for the bot: says of the reception what the test wants, and holds the start and the stop as long. */
@Injectable()
class Reception extends ReceptionState implements OnApplicationBootstrap, OnModuleDestroy {
  now: ReceptionSnapshot = { state: 'up', lastPollAt: Date.UTC(2026, 10, 24, 7, 15) };
  started: Promise<void> = Promise.resolve();
  stopped: Promise<void> = Promise.resolve();

  snapshot(): ReceptionSnapshot {
    return this.now;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.started;
  }

  onModuleDestroy(): Promise<void> {
    return this.stopped;
  }
}

@Module({
  providers: [Reception, { provide: ReceptionState, useExisting: Reception }],
  exports: [ReceptionState],
})
class ReceptionModule {}

const NO_ITEMS = { waiting: 0, claimed: 0, dead: 0 };

interface Answer {
  status: number;
  type: string | null;
  body: { status: unknown; code?: string; details?: Record<string, { status: string; reason?: string }> };
}

async function get(port: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Answer['body'],
  };
}

describe('Health', () => {
  const apps: NestExpressApplication[] = [];
  let accounting: PingServer;
  let dataDir: string;

  beforeEach(async () => {
    accounting = await startPingServer();
    dataDir = await mkdtemp(join(tmpdir(), 'supplier-bot-health-'));
  });

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await accounting.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** The root module of the product with its own hooks, and a reception that the test commands; not listening yet. */
  async function create(env: Record<string, string> = {}) {
    const { settings } = loadSettings({
      TELEGRAM_BOT_TOKEN: '123456:TEST-token_for-the-tests',
      ONEC_BASE_URL: accounting.url,
      ONEC_API_KEY: 'key-of-the-tests',
      LOG_LEVEL: 'silent',
      PORT: '0',
      DATA_DIR: dataDir,
      ...env,
    });
    const app = await NestFactory.create<NestExpressApplication>(
      {
        module: AppModule,
        imports: [
          SettingsModule.forRoot(settings),
          LoggingModule.forRoot(),
          HttpModule,
          HealthModule.register({ imports: [ReceptionModule] }),
        ],
      },
      { logger: false },
    );
    apps.push(app);
    return { app, reception: app.get(Reception, { strict: false }) };
  }

  async function start(env: Record<string, string> = {}) {
    const { app, reception } = await create(env);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return { app, port, reception };
  }

  it('is live, started and ready, each dependency with its state', async () => {
    const { port } = await start();
    await expect(get(port, '/health/live')).resolves.toMatchObject({ status: 200, body: { status: 'ok' } });
    await expect(get(port, '/health/startup')).resolves.toMatchObject({ status: 200, body: { status: 'ok' } });
    await expect(get(port, '/health/ready')).resolves.toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: {
          onec: { status: 'up', checkedAt: expect.any(String) as string, ms: expect.any(Number) as number },
          telegram: { status: 'up', reception: 'up', lastPollAt: '2026-11-24T07:15:00.000Z' },
          queues: { status: 'up', inbox: NO_ITEMS, outbox: NO_ITEMS, promised: NO_ITEMS },
        },
      },
    });
  });

  it('asks 1C once for a hundred probes', async () => {
    const { port } = await start();
    const answers = await Promise.all(Array.from({ length: 100 }, () => get(port, '/health/ready')));
    answers.push(await get(port, '/health/ready'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(accounting.pings).toBe(1);
  });

  it('asks nobody for liveness and startup', async () => {
    const { port } = await start();
    await get(port, '/health/live');
    await get(port, '/health/startup');
    expect(accounting.pings).toBe(0);
  });

  it.each([
    ['refuses the key', 'forbidden', 'forbidden'],
    ['fails', 'failing', 'onec_unavailable'],
    ['hangs', 'hanging', 'onec_unavailable'],
  ] as const)('is not ready while 1C %s, within the deadline of the probe', async (_, answer, reason) => {
    accounting.answer = answer;
    const { port } = await start();
    const startedAt = Date.now();
    const ready = await get(port, '/health/ready');
    expect(Date.now() - startedAt).toBeLessThan(2500);
    expect(ready).toMatchObject({
      status: 503,
      body: { status: 'error', details: { onec: { status: 'down', reason }, telegram: { status: 'up' } } },
    });
    await expect(get(port, '/health/live')).resolves.toMatchObject({ status: 200 });
  });

  it('is not ready while 1C refuses connections, and says nothing of its address', async () => {
    await accounting.close();
    const { port } = await start();
    const ready = await get(port, '/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { details: { onec: { reason: 'onec_unavailable' } } } });
    expect(JSON.stringify(ready.body)).not.toMatch(/127\.0\.0\.1|hs|key-of|TEST-token/);
    accounting = await startPingServer();
  });

  it('is degraded, and ready all the same, where 1C is optional', async () => {
    accounting.answer = 'forbidden';
    const { port, reception } = await start({ HEALTH_ONEC_OPTIONAL: 'true' });
    await expect(get(port, '/health/ready')).resolves.toMatchObject({
      status: 200,
      body: { status: 'degraded', details: { onec: { status: 'down', reason: 'forbidden' } } },
    });
    reception.now = { state: 'down' };
    await expect(get(port, '/health/ready')).resolves.toMatchObject({ status: 503, body: { status: 'error' } });
  });

  it.each([
    [{ state: 'starting' }, 'starting'],
    [{ state: 'down', detail: 'Telegram does not know the token' }, 'Telegram does not know the token'],
  ] as const)('is not ready while the reception is %j', async (snapshot, reason) => {
    const { port, reception } = await start();
    reception.now = snapshot;
    await expect(get(port, '/health/ready')).resolves.toMatchObject({
      status: 503,
      body: { status: 'error', details: { onec: { status: 'up' }, telegram: { status: 'down', reason } } },
    });
  });

  it('is ready on standby, while another replica polls', async () => {
    const { port, reception } = await start();
    reception.now = { state: 'standby', pendingUpdates: 3 };
    await expect(get(port, '/health/ready')).resolves.toMatchObject({
      status: 200,
      body: { status: 'ok', details: { telegram: { status: 'up', reception: 'standby', pendingUpdates: 3 } } },
    });
  });

  it('tells what lies in the queues and whether their stores answer, and is ready all the same', async () => {
    const { app, port } = await start();
    const outbox = app.get(Outbox, { strict: false });
    await outbox.add([{ id: '1', lane: '77', body: { method: 'sendMessage', payload: { text: 'secret' } } }]);
    await outbox.claim(1);
    await outbox.dead('1', 'poisoned');
    const inbox = app.get(Inbox, { strict: false });
    jest.spyOn(inbox, 'counts').mockReturnValue(new Promise(() => undefined));
    const startedAt = Date.now();
    const ready = await get(port, '/health/ready');
    expect(Date.now() - startedAt).toBeLessThan(1500);
    expect(ready).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: {
          queues: { status: 'down', inbox: 'the store does not answer', outbox: { ...NO_ITEMS, dead: 1 } },
        },
      },
    });
    expect(JSON.stringify(ready.body)).not.toMatch(/secret|poisoned|77/);
  });

  it('turns ready to 503 from the start of the stop, and stays live', async () => {
    const { app, port, reception } = await start();
    await expect(get(port, '/health/ready')).resolves.toMatchObject({ status: 200 });
    let finish = () => {};
    reception.stopped = new Promise((resolve) => (finish = resolve));
    const closed = app.close();
    await expect(get(port, '/health/ready')).resolves.toMatchObject({
      status: 503,
      body: {
        status: 'shutting_down',
        details: { process: { status: 'down', reason: 'the process is stopping' } },
      },
    });
    await expect(get(port, '/health/live')).resolves.toMatchObject({ status: 200, body: { status: 'ok' } });
    finish();
    await closed;
    await expect(get(port, '/health/live')).rejects.toThrow('fetch failed');
    apps.length = 0;
  });

  it('serves nothing else', async () => {
    const { port } = await start();
    for (const path of ['/', '/health', '/healthz', '/metrics/all']) {
      await expect(get(port, path)).resolves.toMatchObject({
        status: 404,
        type: 'application/problem+json; charset=utf-8',
        body: { status: 404, code: 'not_found' },
      });
    }
  });

  it('is live and not started while a module is coming up, which the management port shows', async () => {
    const { app, reception } = await create({ MANAGEMENT_PORT: '0' });
    let finish = () => {};
    reception.started = new Promise((resolve) => (finish = resolve));
    const listening = app.listen(0, '127.0.0.1');
    while (app.get(ManagementPort).port === undefined) {
      await setTimeout(5);
    }
    const port = app.get(ManagementPort).port ?? 0;
    await expect(get(port, '/health/live')).resolves.toMatchObject({ status: 200 });
    await expect(get(port, '/health/startup')).resolves.toMatchObject({
      status: 503,
      body: { code: 'unavailable', detail: 'The application is starting' },
    });
    finish();
    await listening;
    await expect(get(port, '/health/startup')).resolves.toMatchObject({ status: 200 });
  });

  it('moves to the management port where there is one, and answers nothing else there', async () => {
    const { app, port } = await start({ MANAGEMENT_PORT: '0' });
    const managementPort = app.get(ManagementPort).port ?? 0;
    expect(managementPort).not.toBe(port);
    for (const path of ['/health/live', '/health/ready', '/health/startup', '/health/ready?verbose']) {
      await expect(get(managementPort, path)).resolves.toMatchObject({ status: 200 });
      await expect(get(port, path)).resolves.toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    await expect(get(managementPort, '/')).resolves.toMatchObject({ status: 404 });
    await app.close();
    apps.length = 0;
    await expect(get(managementPort, '/health/live')).rejects.toThrow('fetch failed');
  });
});
