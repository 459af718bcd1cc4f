import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { ContractClient } from '../scripts/contract/client';
import { type Outcome } from '../scripts/contract/outcome';
import { runChecks } from '../scripts/contract/run';
import { World } from '../scripts/contract/world';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { type Accounting, startAccounting } from '../stand/accounting/server';
import { freePort, judge, programAt, type RunningServer, startServer } from './support/web-servers';

const ONEC = path.resolve(__dirname, '../onec');
const PUBLICATION = path.join(ONEC, 'publication');
const KEY = 'key-of-the-publication-test';
const PREFIX = '/bot/hs/supplier-bot';

const openssl = programAt('openssl');
const APACHE_MODULES = '/usr/lib/apache2/modules';
const apache = existsSync(APACHE_MODULES) ? programAt('apache2') : undefined;
/** What only the module of 1C understands. */
const MODULE_SECTION = /<IfModule _1cws_module>[^]*?<\/IfModule>/;
const nginx = programAt('nginx', ...(process.env['NGINX_PATH'] ? [process.env['NGINX_PATH']] : []));

const sample = (...names: string[]) => readFileSync(path.join(PUBLICATION, ...names), 'utf8');

interface Element {
  name: string;
  attributes: Record<string, string>;
}

/** The elements of a document in its order; throws where it is not well-formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes: { ...attributes } }));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml.replace(/^\ufeff/, '')).close();
  return elements;
}

describe('default.vrd', () => {
  const elements = elementsOf(sample('default.vrd'));
  const attributesOf = (name: string) => elements.find((element) => element.name === name)?.attributes;

  it('publishes the HTTP service of the extension and nothing else', () => {
    const folder = path.join(ONEC, 'HTTPServices');
    const file = readdirSync(folder).find((name) => name.endsWith('.xml')) ?? '';
    const service = readFileSync(path.join(folder, file), 'utf8');
    const [, name] = /<Name>(.*?)<\/Name>/.exec(service) ?? [];
    const [, rootUrl] = /<RootURL>(.*?)<\/RootURL>/.exec(service) ?? [];

    expect(elements.filter((element) => element.name === 'service')).toHaveLength(1);
    expect(attributesOf('service')).toMatchObject({ name, rootUrl, enable: 'true', reuseSessions: 'autouse' });
    expect(attributesOf('httpServices')).toEqual({ publishByDefault: 'false', publishExtensionsByDefault: 'false' });
    expect(attributesOf('ws')).toMatchObject({ pointEnableCommon: 'false', publishExtensionsByDefault: 'false' });
    expect(attributesOf('standardOdata')).toEqual({ enable: 'false' });
    expect(attributesOf('point')).toMatchObject({ enable: 'false', base: '/bot' });
  });

  it('holds no password', () => {
    expect(attributesOf('point')?.['ib']).not.toMatch(/Pwd/i);
  });
});

it('the sample for IIS is well-formed and lets through POST alone, from one address, of 64 KiB at most', () => {
  const elements = elementsOf(sample('iis', 'web.config'));
  const attributesOf = (name: string) =>
    elements.filter((element) => element.name === name).map((one) => one.attributes);

  expect(attributesOf('ipSecurity')).toEqual([expect.objectContaining({ allowUnlisted: 'false' })]);
  expect(attributesOf('verbs')).toEqual([{ allowUnlisted: 'false' }]);
  expect(attributesOf('add')).toContainEqual({ verb: 'POST', allowed: 'true' });
  expect(attributesOf('requestLimits')).toEqual([expect.objectContaining({ maxAllowedContentLength: '65536' })]);
  expect(attributesOf('httpErrors')).toEqual([{ existingResponse: 'PassThrough' }]);
});

const withServers = openssl ? describe : describe.skip;

withServers(`behind a web server${openssl ? '' : ' (skipped: openssl is not on the PATH)'}`, () => {
  let folder: string;
  let ca: string;
  let accounting: Accounting;
  let server: RunningServer | undefined;
  const file = (name: string) => path.join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'onec-publication-'));
    const run = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
    run('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 60 -subj /CN=authority');
    run('req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=127.0.0.1');
    writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1');
    run('x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 60 -out server.pem -extfile names');
    ca = readFileSync(file('ca.pem'), 'utf8');
    mkdirSync(file('www'));
    // The web server has processes of another user.
    for (const name of ['', 'www']) execFileSync('chmod', ['755', file(name)]);
    accounting = await startAccounting({ catalogue: await loadSampleCatalogue(), apiKey: KEY, pathPrefix: PREFIX });
  });

  afterAll(async () => {
    await accounting.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function check(port: number): Promise<Record<string, Outcome>> {
    const client = new ContractClient({ url: `https://127.0.0.1:${port}${PREFIX}`, key: KEY, ca, timeoutMs: 3000 });
    const results = await runChecks(new World(client, { chat: 77, write: false }));
    client.close();
    return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
  }

  const failuresOf = (outcomes: Record<string, Outcome>) =>
    Object.entries(outcomes).filter(([, { kind }]) => kind === 'failed' || kind === 'warned');

  const describeApache = apache ? describe : describe.skip;
  describeApache(`Apache${apache ? '' : ' (skipped: apache2 is not on the PATH)'}`, () => {
    /** The stand in the place of the module of 1C. mod_rewrite wants links to be followed; the module does not. */
    const proxied = () =>
      `Options +FollowSymLinks\nRewriteEngine On\nRewriteRule ^(.*)$ ${accounting.url.replace(PREFIX, '')}/bot/$1 [P]`;

    /** The sample with this machine's values, and something in the place of the module of 1C; '' leaves its section. */
    const configure = (
      port: number,
      { address = '127.0.0.1', handler = proxied() }: { address?: string; handler?: string } = {},
    ): string => {
      const values: Record<string, string | number> = {
        BOT_SERVER_NAME: '127.0.0.1',
        BOT_ADDRESS: address,
        BOT_PORT: port,
        BOT_CERTIFICATE: file('server.pem'),
        BOT_CERTIFICATE_KEY: file('server.key'),
        BOT_FOLDER: file('www'),
      };
      const filled = sample('apache24.conf').replace(/^Define (\w+) (.*)$/gm, (line, name: string) =>
        name in values ? `Define ${name} ${values[name]}` : line,
      );
      const published = handler === '' ? filled : filled.replace(MODULE_SECTION, handler);
      const modules = 'mpm_event authn_core authz_core authz_host alias ssl socache_shmcb proxy proxy_http rewrite cgi';
      writeFileSync(file('supplier-bot.conf'), published);
      writeFileSync(
        file('apache.conf'),
        [
          `ServerRoot ${folder}`,
          `PidFile ${file('apache.pid')}`,
          `DefaultRuntimeDir ${folder}`,
          'ServerName 127.0.0.1',
          `Define APACHE_LOG_DIR ${folder}`,
          `ErrorLog ${file('apache-error.log')}`,
          `Mutex file:${folder} default`,
          'User nobody',
          'Group nogroup',
          ...modules.split(' ').map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`),
          `Listen 127.0.0.1:${port} https`,
          'Include supplier-bot.conf',
        ].join('\n'),
      );
      return file('apache.conf');
    };
    const start = async (port: number, configuration: string) => {
      server = await startServer(apache ?? '', ['-X', '-f', configuration], port);
    };

    it('takes the sample for right where the module of 1C is absent', async () => {
      const configuration = configure(await freePort(), { handler: '' });

      expect(judge(apache ?? '', ['-t', '-f', configuration])).toEqual({
        status: 0,
        output: expect.stringContaining('Syntax OK') as string,
      });
    });

    it('keeps the whole contract with the sample, over TLS', async () => {
      const port = await freePort();
      await start(port, configure(port));

      const outcomes = await check(port);

      expect(failuresOf(outcomes)).toEqual([]);
      expect(outcomes['transport.https']).toMatchObject({ note: { en: expect.stringContaining('TLSv1.3') as string } });
      expect(outcomes['transport.old-tls']).toEqual({ kind: 'passed' });
    }, 60_000);

    it('refuses too large a body before the handler reads it', async () => {
      // The proxy of Apache knows no limit of its own, so that a program stands in for the module of 1C here.
      const program = path.join(folder, 'www', 'hs');
      writeFileSync(program, '#!/bin/sh\ncat >/dev/null\nprintf "Content-Type: application/json\\r\\n\\r\\n{}"\n');
      execFileSync('chmod', ['755', program]);
      const port = await freePort();
      await start(port, configure(port, { handler: 'Options +ExecCGI\nSetHandler cgi-script' }));
      const client = new ContractClient({ url: `https://127.0.0.1:${port}${PREFIX}`, key: KEY, ca, timeoutMs: 3000 });

      const small = await client.call('ping', {}, { raw: Buffer.alloc(60_000, ' ') });
      const large = await client.call('ping', {}, { raw: Buffer.alloc(70_000, ' ') });
      client.close();
      rmSync(program);

      expect([small, large]).toMatchObject([{ status: 200 }, { status: 413 }]);
    });

    it('lets nobody else in', async () => {
      const port = await freePort();
      await start(port, configure(port, { address: '203.0.113.10' }));

      const outcomes = await check(port);

      expect(outcomes['ping.answer']).toMatchObject({ kind: 'failed', cure: { code: 'access-refused' } });
    });
  });

  const describeNginx = nginx ? describe : describe.skip;
  describeNginx(`nginx${nginx ? '' : ' (skipped: nginx is not on the PATH)'}`, () => {
    const configure = (port: number, address = '127.0.0.1'): string => {
      const filled = sample('nginx.conf')
        .replace('server 127.0.0.1:8080;', `server ${new URL(accounting.url).host};`)
        .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
        .replace('/etc/ssl/certs/1c.example.ru.pem', file('server.pem'))
        .replace('/etc/ssl/private/1c.example.ru.key', file('server.key'))
        .replace('allow 203.0.113.10;', `allow ${address};`);
      writeFileSync(file('supplier-bot.conf'), filled);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      writeFileSync(
        file('nginx.conf'),
        [
          'daemon off;',
          'user root;',
          `pid ${file('nginx.pid')};`,
          `error_log ${file('nginx-error.log')};`,
          'events {}',
          'http {',
          'access_log off;',
          ...temporary.map((name) => `${name}_temp_path ${file(`nginx-${name}`)};`),
          `include ${file('supplier-bot.conf')};`,
          '}',
        ].join('\n'),
      );
      return file('nginx.conf');
    };
    const start = async (port: number, configuration: string) => {
      server = await startServer(nginx ?? '', ['-e', file('nginx-error.log'), '-c', configuration], port);
    };

    it('keeps the whole contract with the sample as the TLS front', async () => {
      const port = await freePort();
      await start(port, configure(port));

      const outcomes = await check(port);

      expect(failuresOf(outcomes)).toEqual([]);
      expect(outcomes['body.oversized']).toMatchObject({ kind: 'passed', note: { en: '413' } });
      expect(outcomes['transport.old-tls']).toEqual({ kind: 'passed' });
    }, 60_000);

    it('lets nobody but the address of the bot in', async () => {
      const port = await freePort();
      await start(port, configure(port, '203.0.113.10'));

      const outcomes = await check(port);

      expect(outcomes['ping.answer']).toMatchObject({ kind: 'failed', cure: { code: 'access-refused' } });
    });
  });
});
