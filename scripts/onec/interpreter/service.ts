import { type ExtensionFiles, fileText, modulePath } from '../extension-files';
import { type Books, standInModules } from './books';
import { Interpreter } from './interpreter';
import { HttpResponse, type LogEntry, standInPlatform } from './platform';
import { BslDate, BslMap, HostObject, type Value } from './values';

/** The modules that are run as they are. */
const REAL_MODULES = ['Протокол', 'Операции', 'Проверки', 'Сравнение', 'Ключи', 'Журнал', 'Данные', 'Переопределяемый'];
const NOW = new BslDate(Date.parse('2026-11-24T10:15:00Z'));

export interface ServiceAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Whether the body of the request was read. */
  bodyRead: boolean;
}

/** The HTTP service of the extension, run outside of 1C over stand-ins for what only the platform has. */
export class ServiceUnderTest {
  readonly log: LogEntry[] = [];
  readonly interpreter: Interpreter;

  constructor(files: ExtensionFiles, books: Books) {
    this.interpreter = new Interpreter(standInPlatform({ now: () => NOW, log: (entry) => this.log.push(entry) }));
    for (const name of REAL_MODULES) this.interpreter.load(`тгп_${name}`, fileText(files, modulePath(`тгп_${name}`)));
    for (const [name, module] of Object.entries(standInModules(books))) this.interpreter.replace(name, module);
    const configuration = { Синоним: 'Управление торговлей', Версия: '11.5.20.50' };
    this.interpreter.replace('Метаданные', new HostObject('ОбъектМетаданных', {}, configuration));
    this.interpreter.load('Сервис', fileText(files, 'HTTPServices/тгп_БотПоставщиков/Ext/Module.bsl'));
  }

  /** @param body as it comes in */
  post(operation: string | undefined, headers: Readonly<Record<string, string>>, body: string): ServiceAnswer {
    let bodyRead = false;
    const read = (): Value => {
      bodyRead = true;
      return body;
    };
    const parameters = new BslMap(new Map(operation === undefined ? [] : [['operation', operation]]));
    const request = new HostObject(
      'HTTPСервисЗапрос',
      { ПолучитьТелоКакСтроку: read },
      { Заголовки: new BslMap(new Map(Object.entries(headers))), ПараметрыURL: parameters },
    );
    const response = this.interpreter.call('Сервис', 'ОперацияВыполнить', [request]);
    if (!(response instanceof HttpResponse)) throw new Error('the handler answered with no HTTPСервисОтвет');
    const sent = [...response.headers.entries].map(([name, value]) => [String(name), String(value)]);
    return { status: response.status, headers: Object.fromEntries(sent) as Record<string, string>, body: response.body, bodyRead };
  }
}
