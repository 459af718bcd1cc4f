import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Settings } from '../config/settings';
import { SettingsModule } from '../config/settings.module';
import { OneCCircuit } from './circuit';
import { OneCUnavailableError } from './errors';
import { OneCModule } from './onec.module';
import { OneCService } from './onec.service';

const STOCK = { items: [], notFound: ['A-1'] };

describe(OneCCircuit.name, () => {
  let server: Server;
  let module: TestingModule;
  let onec: OneCService;
  let circuit: OneCCircuit;
  /** Operations in the order in which they came. */
  let seen: string[];
  let away: boolean;
  let hanging: boolean;

  const start = async (changes: Partial<Settings> = {}) => {
    const { port } = server.address() as AddressInfo;
    const settings = Object.assign(new Settings(), {
      telegramBotToken: '1:x',
      onecBaseUrl: `http://127.0.0.1:${port}`,
      onecApiKey: 'key',
      onecMaxAttempts: 1,
      ...changes,
    });
    module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings), OneCModule] }).compile();
    Logger.overrideLogger(false);
    onec = module.get(OneCService);
    circuit = module.get(OneCCircuit);
  };

  beforeEach(async () => {
    seen = [];
    away = true;
    hanging = false;
    server = createServer((request, response) => {
      const operation = request.url?.split('/').pop() ?? '';
      seen.push(operation);
      request.resume();
      if (hanging) return;
      response.writeHead(away ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(operation === 'ping' ? { status: 'ok' } : STOCK));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await module.close();
    server.closeAllConnections();
    server.close();
  });

  const ask = () => onec.call('stock', { supplierId: '1', articles: ['A-1'] });
  const fail = async (times: number) => {
    for (let n = 0; n < times; n += 1) await expect(ask()).rejects.toBeInstanceOf(OneCUnavailableError);
  };

  it('opens after five questions that failed one after another, and then asks nothing but pings', async () => {
    await start();
    await fail(4);
    expect(circuit.state.name).toBe('closed');
    await fail(1);
    expect(circuit.state.name).toBe('open');
    const before = seen.length;
    const startedAt = performance.now();
    await fail(3);
    expect(performance.now() - startedAt).toBeLessThan(100);
    expect(seen.slice(before).filter((operation) => operation !== 'ping')).toEqual([]);
  });

  it('counts only failures in a row', async () => {
    await start();
    await fail(4);
    away = false;
    await ask();
    away = true;
    await fail(4);
    expect(circuit.state.name).toBe('closed');
  });

  it('closes by itself when a ping is answered, and tells it', async () => {
    await start();
    await fail(5);
    const back = circuit.whenClosed(new AbortController().signal);
    away = false;
    await back;
    expect(circuit.state.name).toBe('closed');
    expect(seen.at(-1)).toBe('ping');
    await expect(ask()).resolves.toMatchObject({ body: { notFound: ['A-1'] } });
  });

  it('lets nobody wait for it who does not want to any more', async () => {
    await start();
    await circuit.whenClosed(new AbortController().signal);
    await fail(5);
    await expect(circuit.whenClosed(AbortSignal.timeout(50))).rejects.toThrow();
  });

  it('stays open while pings fail', async () => {
    await start();
    await fail(5);
    await sleep(1600);
    expect(seen.filter((operation) => operation === 'ping').length).toBeGreaterThan(0);
    expect(circuit.state.name).toBe('open');
  });

  it('ends at once what waits for a slot when it opens, and lets what is being answered go on', async () => {
    hanging = true;
    await start({ onecMaxConcurrency: 5, onecTimeoutMs: 300, onecDeadlineMs: 5000 });
    const startedAt = performance.now();
    const questions = Array.from({ length: 40 }, () => ask().catch((error: unknown) => error));
    const errors = await Promise.all(questions);
    expect(errors.every((error) => error instanceof OneCUnavailableError)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(seen.filter((operation) => operation === 'stock').length).toBeLessThanOrEqual(10);
  });
});
