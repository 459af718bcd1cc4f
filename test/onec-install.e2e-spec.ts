import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../onec/install/install.sh');
const PASSWORD = 'п"ароль 1';

/** Imitates 1cv8 and ibcmd: notes its arguments and its input, writes a log or a line, ends with a code. */
const FAKE = `#!/usr/bin/env bash
folder=$(cd "$(dirname "$0")" && pwd)
printf '%s\\n' "$(basename "$0") $*" >>"$folder/calls"
previous=''
for argument in "$@"; do
  case $previous in
    /@) { stat -c 'parameters %a' "$argument"; cat "$argument"; } >>"$folder/secrets" ;;
    /Out) log=$argument ;;
    /LoadConfigFromFiles) ls "$argument" >"$folder/loaded" ;;
  esac
  case $argument in *source) ls "$argument" >"$folder/loaded" ;; esac
  previous=$argument
done
cat >>"$folder/input"
[[ " $* " == *" $(cat "$folder/hangs" 2>/dev/null || echo never) "* ]] && sleep 30
[[ -f $folder/prints ]] && cat "$folder/prints"
if [[ " $* " == *" $(cat "$folder/fails-at" 2>/dev/null || echo never) "* ]]; then
  if [[ -n $log ]]; then cat "$folder/message" >"$log"; else cat "$folder/message"; fi
  exit "$(cat "$folder/code")"
fi
[[ -n $log ]] && printf '\\xef\\xbb\\xbfОбновление успешно завершено. Ошибок не обнаружено.\\n' >"$log"
exit 0
`;

describe('install.sh', () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const noted = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'onec-install-'));
    for (const name of ['1cv8', 'ibcmd']) {
      writeFileSync(file(name), FAKE);
      chmodSync(file(name), 0o755);
    }
    mkdirSync(file('base'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (args: string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(SCRIPT, ['--platform', folder, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LANG: 'ru_RU.UTF-8', DISPLAY: ':0', TMPDIR: folder, ...env },
      timeout: 15_000,
    });
    return { status, output: stdout + stderr };
  };

  /** The step whose arguments have this word ends with a code and a message. */
  const failAt = (word: string, code: number, message: string | Buffer) => {
    writeFileSync(file('fails-at'), word);
    writeFileSync(file('code'), String(code));
    writeFileSync(file('message'), message);
  };

  it('loads, updates and checks by the Designer, then switches the safe mode off by ibcmd', () => {
    const { status, output } = run(['--file', file('base'), '--user', 'Админ']);

    expect(output).toContain('Готово: расширение БотПоставщиков загружено');
    expect(status).toBe(0);
    const calls = noted('calls').trim().split('\n');
    expect(
      calls.map((call) => /\/LoadConfigFromFiles|\/UpdateDBCfg|\/CheckCan\w+|extension update/.exec(call)?.[0]),
    ).toEqual(['/LoadConfigFromFiles', '/UpdateDBCfg', '/CheckCanApplyConfigurationExtensions', 'extension update']);
    expect(calls[0]).toMatch(/^1cv8 DESIGNER \/F\S+base \/NАдмин .* -Extension БотПоставщиков$/);
    expect(calls[3]).toMatch(/--name=БотПоставщиков --safe-mode=no --unsafe-action-protection=no$/);
  });

  it('gives the platform the extension alone, not its guides and samples', () => {
    run(['--file', file('base')]);

    const loaded = noted('loaded').trim().split('\n');
    expect(loaded).toEqual(expect.arrayContaining(['Configuration.xml', 'CommonModules', 'HTTPServices', 'Languages']));
    expect(loaded).not.toEqual(expect.arrayContaining(['publication']));
    expect(loaded.filter((name) => /install|publication|README|lock/.test(name))).toEqual([]);
  });

  it('keeps the password off the command line of the Designer, and leaves nothing behind', () => {
    writeFileSync(file('password'), `${PASSWORD}\r\n`);
    const { status, output } = run([
      '--server',
      'srv:1541',
      '--base',
      'ut',
      '--user',
      'u',
      '--password-file',
      file('password'),
    ]);

    expect(status).toBe(0);
    expect(noted('calls')).not.toContain('ароль');
    expect(noted('calls')).toContain('1cv8 DESIGNER /@ ');
    expect(noted('calls')).toContain('/Ssrv:1541\\ut');
    expect(noted('secrets')).toContain('parameters 600\n/P"п""ароль 1"\n');
    expect(output).not.toContain('ароль');
    expect(noted('loaded')).not.toBe('');
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('supplier-bot.');
  });

  it('says what is left to do where the Designer cannot set the safe mode', () => {
    const { status, output } = run(['--server', 'srv', '--base', 'ut']);

    expect(status).toBe(0);
    expect(output).toMatch(/!! Безопасный режим[^]*Расширения конфигурации/);
    expect(noted('calls')).not.toContain('ibcmd');
  });

  it('loads by ibcmd, the password of the database through its input', () => {
    const { status } = run(
      [
        ...'--tool ibcmd --dbms PostgreSQL --db-server pg --db-name ut --db-user postgres'.split(' '),
        '--safe-mode',
        'on',
      ],
      { ONEC_DB_PASSWORD: 'db-secret' },
    );

    expect(status).toBe(0);
    const calls = noted('calls').trim().split('\n');
    expect(calls.map((call) => call.split(' ').slice(1, 5).join(' ').replace(/ --.*/, ''))).toEqual([
      'infobase config import',
      'infobase config check',
      'infobase config apply',
      'infobase config extension update',
    ]);
    expect(calls[3]).toMatch(/--safe-mode=yes/);
    expect(noted('calls')).not.toContain('db-secret');
    expect(noted('input')).toContain('db-secret\n');
  });

  it.each([
    ['designer', '/LoadConfigFromFiles'],
    ['designer', '/UpdateDBCfg'],
    ['designer', '/CheckCanApplyConfigurationExtensions'],
    ['ibcmd', 'import'],
    ['ibcmd', 'apply'],
    ['ibcmd', 'update'],
  ])('by %s ends with 1 where %s ends with another code than 0', (tool, word) => {
    failAt(word, 101, 'Что-то пошло не так');
    const { status, output } = run(['--tool', tool, '--file', file('base')]);

    expect(status).toBe(1);
    expect(output).toMatch(/Что-то пошло не так\n.*код 101/);
    expect(noted('calls').trim().split('\n').at(-1)).toContain(word);
  });

  it.each<[string, string | Buffer]>([
    ['in Russian', 'Ошибка формата потока: Неизвестное свойство объекта метаданных'],
    ['without the word error', '\ufeffИнформационная база: Не удалось получить исключительную блокировку'],
    ['in English', 'Unknown property "ReuseSessions"'],
    // «Ошибка» in windows-1251.
    ['of Windows', Buffer.from([0xce, 0xf8, 0xe8, 0xe1, 0xea, 0xe0])],
  ])('ends with 1 where the exit code is 0 and the log tells of a failure %s', (_, message) => {
    failAt('/LoadConfigFromFiles', 0, message);
    const { status, output } = run(['--file', file('base')], { LC_ALL: 'C' });

    expect(status).toBe(1);
    expect(output).toContain('журнал говорит об ошибке');
    expect(noted('calls')).not.toContain('/UpdateDBCfg');
  });

  it('does not take the complaints of desktop libraries for a failure', () => {
    writeFileSync(file('prints'), 'Gtk-Message: Failed to load module "canberra-gtk-module"\n');

    expect(run(['--file', file('base'), '--safe-mode', 'keep']).status).toBe(0);
  });

  it('ends a step that hangs', () => {
    writeFileSync(file('hangs'), '/UpdateDBCfg');
    const { status, output } = run(['--file', file('base'), '--timeout', '1']);

    expect(status).toBe(1);
    expect(output).toContain('Шаг не закончился за 1 с');
  });

  it('shows what it would do, without the passwords', () => {
    const args = ['--tool', 'ibcmd', '--file', file('base'), '--user', 'u', '--dry-run'];
    const { status, output } = run(args, { ONEC_PASSWORD: 'secret-1' });

    expect(status).toBe(0);
    expect(output).toMatch(/infobase config import .*--password=\*\*\*/);
    expect(output).not.toContain('secret-1');
    expect(noted('calls')).toBe('');
  });

  it.each([
    [[], '--file'],
    [['--file', '/tmp', '--server', 'x'], '--file'],
    [['--tool', 'ibcmd', '--server', 'x', '--base', 'y'], '--dbms'],
    [['--file', '/tmp', '--safe-mode', 'maybe'], '--safe-mode'],
    [['--file'], '--file'],
    [['--nonsense'], '--nonsense'],
    [['--file', '/tmp', '--source', '/no/such'], '--source'],
    [['--file', '/tmp', '--password-file', '/no/such'], '/no/such'],
    [['--file', '/tmp', '--platform', '/no/such'], '/no/such/1cv8'],
  ])('ends with 2 and says what is wrong with %j', (args, named) => {
    const { status, output } = run(args);

    expect(status).toBe(2);
    expect(output).toContain(named);
    expect(output).toContain('--help');
  });

  it('explains itself in both languages', () => {
    expect(run(['--help']).output).toContain('Загружает расширение');
    expect(run(['--help'], { LANG: 'en_US.UTF-8' }).output).toContain('Loads the extension');
  });
});
