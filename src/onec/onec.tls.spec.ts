import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { SettingsModule } from '../config/settings.module';
import { Settings } from '../config/settings';
import { OneCUnavailableError } from './errors';
import { httpOptions } from './http-options';
import { OneCModule } from './onec.module';
import { OneCService } from './onec.service';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const describeWithOpenssl = hasOpenssl ? describe : describe.skip;

describeWithOpenssl(`TLS to the accounting system${hasOpenssl ? '' : ' (skipped: openssl is not on the PATH)'}`, () => {
  let folder: string;
  let server: Server | undefined;
  let module: TestingModule | undefined;
  let warnings: Record<string, unknown>[];

  const file = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

  const certify = (name: string, extensions: string) => {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl(...`x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out ${name}.pem`.split(' '), '-extfile', `${name}.ext`);
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'onec-tls-'));
    openssl(...'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=private-authority'.split(' '));
    certify('server', 'subjectAltName=IP:127.0.0.1');
    certify('elsewhere', 'subjectAltName=DNS:1c.example.ru');
    certify('client', 'extendedKeyUsage=clientAuth');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(() => {
    warnings = [];
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => {
        warnings.push({ level, ...(args[0] as object) });
      });
    }
  });

  afterEach(async () => {
    await module?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = module = undefined;
    jest.restoreAllMocks();
  });

  const settingsOf = (changes: Partial<Settings>): Settings =>
    Object.assign(new Settings(), { onecBaseUrl: 'https://127.0.0.1:1', onecApiKey: 'key', onecMaxAttempts: 2 }, changes);

  const listen = async (options: ServerOptions = {}, certificate = 'server'): Promise<string> => {
    const cert = readFileSync(file(`${certificate}.pem`));
    const key = readFileSync(file(`${certificate}.key`));
    server = createServer({ cert, key, ...options }, (_, response) => response.end('{"status":"ok"}'));
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const ping = async (changes: Partial<Settings>) => {
    const settings = settingsOf(changes);
    module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings), OneCModule] }).compile();
    return module.get(OneCService).ping();
  };

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s with a private authority', async (version) => {
    const onecBaseUrl = await listen({ minVersion: version, maxVersion: version });
    await expect(ping({ onecBaseUrl, onecCaFile: file('ca.pem') })).resolves.toMatchObject({ body: { status: 'ok' } });
  });

  it('refuses TLS 1.1', async () => {
    const onecBaseUrl = await listen({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(ping({ onecBaseUrl, onecCaFile: file('ca.pem') })).rejects.toThrow(OneCUnavailableError);
  });

  it('refuses an unknown authority at once and tells what to set', async () => {
    const onecBaseUrl = await listen();
    await expect(ping({ onecBaseUrl })).rejects.toMatchObject({ code: 'onec_unavailable', attempts: 1 });
    const advice: unknown = expect.stringContaining('ONEC_CA_FILE');
    expect(warnings).toEqual([expect.objectContaining({ level: 'error', msg: advice })]);
  });

  it('refuses a certificate of another host', async () => {
    const onecBaseUrl = await listen({}, 'elsewhere');
    await expect(ping({ onecBaseUrl, onecCaFile: file('ca.pem') })).rejects.toMatchObject({ attempts: 1 });
    expect(warnings).toEqual([expect.objectContaining({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })]);
  });

  it('shows its own certificate where the publication asks for one', async () => {
    const onecBaseUrl = await listen({ requestCert: true, rejectUnauthorized: true, ca: readFileSync(file('ca.pem')) });
    const onecCaFile = file('ca.pem');
    const own = { onecClientCertFile: file('client.pem'), onecClientKeyFile: file('client.key') };
    await expect(ping({ onecBaseUrl, onecCaFile, ...own })).resolves.toMatchObject({ body: { status: 'ok' } });
    await module?.close();
    await expect(ping({ onecBaseUrl, onecCaFile })).rejects.toThrow(OneCUnavailableError);
  });

  it('adds the private authority to those that Node knows', () => {
    const create = jest.spyOn(tls, 'createSecureContext');
    httpOptions(settingsOf({ onecCaFile: file('ca.pem') }));
    const ca = create.mock.calls[0]?.[0]?.ca as string[];
    expect(ca).toEqual([...tls.rootCertificates, readFileSync(file('ca.pem'), 'utf8').trim()]);
  });

  it.each([
    ['an absent file', { onecCaFile: '/nowhere/ca.pem' }, /ONEC_CA_FILE cannot be read/],
    ['an absent client key', { onecClientKeyFile: '/nowhere/client.key' }, /ONEC_CLIENT_KEY_FILE cannot be read/],
  ])('does not start with %s', (_, changes, message) => {
    expect(() => httpOptions(settingsOf(changes))).toThrow(message);
  });

  it('does not start with a file that holds no certificate', () => {
    writeFileSync(file('empty.pem'), 'nothing\n');
    expect(() => httpOptions(settingsOf({ onecCaFile: file('empty.pem') }))).toThrow(/ONEC_CA_FILE must hold/);
    const text = '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n';
    writeFileSync(file('broken.pem'), text);
    expect(() => httpOptions(settingsOf({ onecCaFile: file('broken.pem') }))).toThrow(/broken certificate/);
  });

  it('does not start with a certificate and the key of another', () => {
    const changes = { onecClientCertFile: file('client.pem'), onecClientKeyFile: file('server.key') };
    expect(() => httpOptions(settingsOf(changes))).toThrow(/a certificate and its key/);
  });
});
