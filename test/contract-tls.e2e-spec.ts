import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https, { type ServerOptions } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ContractClient } from '../scripts/contract/client';
import { type Outcome } from '../scripts/contract/outcome';
import { CHECKS, runChecks } from '../scripts/contract/run';
import { World } from '../scripts/contract/world';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { type Accounting, startAccounting } from '../stand/accounting/server';

const KEY = 'key-of-the-contract-test';
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const describeWithOpenssl = hasOpenssl ? describe : describe.skip;

async function check(url: string, ca?: string): Promise<Record<string, Outcome>> {
  const client = new ContractClient({ url, key: KEY, ca, timeoutMs: 3000 });
  const results = await runChecks(new World(client, { write: false }), undefined, ['transport']);
  client.close();
  return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
}

it('calls plain http to another machine a failure', async () => {
  const client = new ContractClient({ url: 'http://1c.example.invalid', key: KEY, timeoutMs: 100 });
  const world = new World(client, { write: false });

  await expect(CHECKS.find(({ id }) => id === 'transport.https')?.run(world)).rejects.toMatchObject({
    cure: { code: 'plain-http' },
  });
  client.close();
});

describeWithOpenssl(`the contract check over TLS${hasOpenssl ? '' : ' (skipped: openssl is not on the PATH)'}`, () => {
  let folder: string;
  let accounting: Accounting;
  let front: https.Server | undefined;

  const file = (name: string) => path.join(folder, name);
  const pem = (name: string) => readFileSync(file(name), 'utf8');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const certify = (name: string, days: number, alternative: string) => {
    writeFileSync(file(`${name}.ext`), `subjectAltName=${alternative}`);
    openssl(...`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`.split(' '));
    const sign = `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out ${name}.pem`.split(' ');
    openssl(...sign, '-days', String(days), '-extfile', `${name}.ext`);
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'contract-tls-'));
    openssl(...'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 90 -subj /CN=authority'.split(' '));
    certify('server', 60, 'IP:127.0.0.1');
    certify('ending', 2, 'IP:127.0.0.1');
    certify('elsewhere', 60, 'DNS:1c.example.ru');
    accounting = await startAccounting({ catalogue: await loadSampleCatalogue(), apiKey: KEY });
  });

  afterAll(async () => {
    await accounting.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    front?.closeAllConnections();
    await new Promise((resolve) => (front ? front.close(resolve) : resolve(undefined)));
    front = undefined;
  });

  /** TLS in front of the stand, as a web server is in front of 1C. */
  async function serve(certificate: string, options: ServerOptions = {}): Promise<string> {
    front = https.createServer(
      { key: pem(`${certificate}.key`), cert: pem(`${certificate}.pem`), ...options },
      (request, response) => {
        const { method, url, headers } = request;
        const inner = http.request(accounting.url + String(url), { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        request.pipe(inner);
      },
    );
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    return `https://127.0.0.1:${(front.address() as AddressInfo).port}`;
  }

  it('passes with the authority of the server, and tells protocol and time of the certificate', async () => {
    const outcomes = await check(await serve('server'), pem('ca.pem'));

    expect(Object.values(outcomes).map(({ kind }) => kind)).not.toContain('failed');
    expect(outcomes['transport.https']).toMatchObject({
      kind: 'passed',
      note: { en: expect.stringMatching(/^TLSv1\.3, (59|60) days/) as string },
    });
    expect(outcomes['transport.old-tls']).toEqual({ kind: 'passed' });
  });

  it('warns of a certificate that ends soon', async () => {
    const outcomes = await check(await serve('ending'), pem('ca.pem'));

    expect(outcomes['transport.https']).toMatchObject({ kind: 'warned', cure: { code: 'certificate-ends-soon' } });
  });

  it.each([
    ['an authority that nobody has told of', 'server', false, 'certificate-not-trusted'],
    ['a certificate of another host', 'elsewhere', true, 'certificate-other-name'],
  ])('names the cure for %s', async (_, certificate, isTrusted, cure) => {
    const outcomes = await check(await serve(certificate), isTrusted ? pem('ca.pem') : undefined);

    expect(outcomes['transport.reach']).toMatchObject({ kind: 'failed', cure: { code: cure } });
  });

  it('fails a server that still takes TLS 1.1', async () => {
    const url = await serve('server', { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });

    const outcomes = await check(url, pem('ca.pem'));

    expect(outcomes['transport.old-tls']).toMatchObject({ kind: 'failed', cure: { code: 'old-tls' } });
  });

  it('names the cure for a server that takes nothing newer', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

    const outcomes = await check(await serve('server', old), pem('ca.pem'));

    expect(outcomes['transport.reach']).toMatchObject({ kind: 'failed', cure: { code: 'tls-handshake' } });
  });

  it('names the cure for a port without TLS', async () => {
    const outcomes = await check(accounting.url.replace('http:', 'https:'));

    expect(outcomes['transport.reach']).toMatchObject({ kind: 'failed', cure: { code: 'tls-handshake' } });
  });
});
