import { createHash, randomUUID } from 'node:crypto';
import { errorDetails, type Platform } from './interpreter';
import {
  BslArray,
  BslDate,
  BslError,
  type BslFunction,
  BslMap,
  BslObject,
  BslStructure,
  HostObject,
  toText,
  typeNameOf,
  type Value,
} from './values';

/** An entry of the event log. */
export interface LogEntry {
  event: string;
  level: string;
  text: string;
}

export interface StandInOptions {
  /** The time of the session. */
  now: () => BslDate;
  /** Takes what is written to the event log. */
  log: (entry: LogEntry) => void;
}

/** Stands in for what the protocol and the operations use of the platform. Anything else is unknown, and fails. */
export function standInPlatform({ now, log }: StandInOptions): Platform {
  return {
    functions: {
      ...STRINGS,
      ...NUMBERS_AND_DATES,
      ...BINARY,
      ...JSON_FUNCTIONS,
      ТекущаяДатаСеанса: () => now(),
      Тип: ([name]) => text(name),
      ТипЗнч: ([value]) => typeNameOf(value),
      ЗначениеЗаполнено: ([value]) => isFilled(value),
      ПодробноеПредставлениеОшибки: ([information]) => errorDetails(information),
      ЗаписьЖурналаРегистрации: ([event, level, , , comment]) =>
        void log({ event: text(event), level: toText(level), text: text(comment) }),
    },
    constructors: {
      Массив: () => new BslArray(),
      Соответствие: () => new BslMap(),
      Структура: ([names, ...values]) => new BslStructure(names === undefined ? '' : text(names), values),
      УникальныйИдентификатор: () => new Identifier(),
      ХешированиеДанных: ([algorithm]) => new Hashing(text(algorithm)),
      ЧтениеJSON: () => new JsonReader(),
      ЗаписьJSON: () => new JsonWriter(),
      ПараметрыЗаписиJSON: () => new HostObject('ПараметрыЗаписиJSON'),
      HTTPСервисОтвет: ([status]) => new HttpResponse(number(status)),
    },
    properties: {
      КодировкаТекста: enumeration('UTF8'),
      ИспользованиеByteOrderMark: enumeration('НеИспользовать', 'Использовать'),
      ПереносСтрокJSON: enumeration('Нет'),
      ХешФункция: enumeration('SHA256'),
      УровеньЖурналаРегистрации: enumeration('Ошибка', 'Предупреждение', 'Информация'),
      Символы: new HostObject('Символы', {}, { ПС: '\n', ВК: '\r' }),
    },
  };
}

const STRINGS: Readonly<Record<string, BslFunction>> = {
  СтрДлина: ([value]) => text(value).length,
  Сред: ([value, start, length]) =>
    text(value).substr(number(start) - 1, length === undefined ? undefined : number(length)),
  Лев: ([value, length]) => text(value).slice(0, Math.max(0, number(length))),
  Прав: ([value, length]) => (number(length) > 0 ? text(value).slice(-number(length)) : ''),
  ВРег: ([value]) => text(value).toUpperCase(),
  НРег: ([value]) => text(value).toLowerCase(),
  СокрЛП: ([value]) => toText(value).trim(),
  ПустаяСтрока: ([value]) => text(value).trim() === '',
  Строка: ([value]) => toText(value),
  СтрНайти: ([value, part]) => text(value).indexOf(text(part)) + 1,
  СтрЗаменить: ([value, part, other]) => text(value).replaceAll(text(part), text(other)),
  СтрРазделить: ([value, separator]) => new BslArray(text(value).split(text(separator))),
  СтрСоединить: ([items, separator]) => array(items).items.map(text).join(text(separator)),
  Символ: ([code]) => String.fromCharCode(number(code)),
  КодСимвола: ([value, position]) => {
    const code = text(value).charCodeAt(position === undefined ? 0 : number(position) - 1);
    if (Number.isNaN(code)) throw new BslError('КодСимвола: there is no such character');
    return code;
  },
};

const NUMBERS_AND_DATES: Readonly<Record<string, BslFunction>> = {
  Число: ([value]) => {
    const result = Number(text(value));
    if (text(value).trim() === '' || Number.isNaN(result)) throw new BslError(`${text(value)} is no number`);
    return result;
  },
  Цел: ([value]) => Math.trunc(number(value)),
  Макс: (values) => Math.max(...values.map(number)),
  Мин: (values) => Math.min(...values.map(number)),
  XMLСтрока: ([value]) => {
    if (typeof value === 'number') return String(value);
    if (value instanceof BslDate) return value.toXml();
    throw new BslError(`XMLСтрока of ${typeNameOf(value)}`);
  },
  Дата: ([year, month, day]) => new BslDate(Date.UTC(number(year), number(month) - 1, number(day))),
  День: ([date]) => new Date(dateOf(date).ms).getUTCDate(),
  НачалоДня: ([date]) => new BslDate(Date.parse(`${dateOf(date).toXml().slice(0, 10)}T00:00:00Z`)),
  КонецДня: ([date]) => new BslDate(Date.parse(`${dateOf(date).toXml().slice(0, 10)}T23:59:59Z`)),
  КонецМесяца: ([date]) => {
    const given = new Date(dateOf(date).ms);
    return new BslDate(Date.UTC(given.getUTCFullYear(), given.getUTCMonth() + 1, 1) - 1000);
  },
};

const BINARY: Readonly<Record<string, BslFunction>> = {
  ПолучитьДвоичныеДанныеИзСтроки: ([value]) => new BinaryData(Buffer.from(text(value), 'utf8')),
  ПолучитьHexСтрокуИзДвоичныхДанных: ([value]) => binary(value).bytes.toString('hex').toUpperCase(),
};

const JSON_FUNCTIONS: Readonly<Record<string, BslFunction>> = {
  ПрочитатьJSON: ([reader, intoMap]) => {
    if (!(reader instanceof JsonReader) || intoMap !== true) throw new BslError('ПрочитатьJSON: read into a map');
    return fromJson(JSON.parse(reader.source) as unknown);
  },
  ЗаписатьJSON: ([writer, value]) => {
    if (!(writer instanceof JsonWriter)) throw new BslError('ЗаписатьJSON: no writer');
    writer.content = JSON.stringify(toJson(value));
    return undefined;
  },
};

class Identifier extends BslObject {
  readonly typeName = randomUUID();
}

class BinaryData extends BslObject {
  readonly typeName = 'ДвоичныеДанные';

  constructor(readonly bytes: Buffer) {
    super();
    this.method('Размер', () => bytes.length);
  }
}

class Hashing extends BslObject {
  readonly typeName = 'ХешированиеДанных';
  private readonly hash;

  constructor(algorithm: string) {
    super();
    this.hash = createHash(algorithm);
    this.method('Добавить', ([value]) => void this.hash.update(binary(value).bytes));
  }

  override get(name: string): Value {
    return name.toLowerCase() === 'хешсумма' ? new BinaryData(this.hash.copy().digest()) : super.get(name);
  }
}

class JsonReader extends BslObject {
  readonly typeName = 'ЧтениеJSON';
  source = '';

  constructor() {
    super();
    this.method('УстановитьСтроку', ([value]) => void (this.source = text(value)));
    this.method('Закрыть', () => undefined);
  }
}

class JsonWriter extends BslObject {
  readonly typeName = 'ЗаписьJSON';
  content = '';

  constructor() {
    super();
    this.method('УстановитьСтроку', () => undefined);
    this.method('Закрыть', () => this.content);
  }
}

/** The answer of the service, as a test looks at it. */
export class HttpResponse extends BslObject {
  readonly typeName = 'HTTPСервисОтвет';
  readonly headers = new BslMap();
  body = '';

  constructor(readonly status: number) {
    super();
    this.method('УстановитьТелоИзСтроки', ([value, encoding, mark]) => {
      if (encoding !== 'UTF8' || mark !== 'НеИспользовать') throw new BslError('the body must be UTF-8 without a mark');
      this.body = text(value);
      return undefined;
    });
  }

  override get(name: string): Value {
    return name.toLowerCase() === 'заголовки' ? this.headers : super.get(name);
  }
}

function enumeration(...names: string[]): HostObject {
  return new HostObject('Перечисление', {}, Object.fromEntries(names.map((name) => [name, name])));
}

function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return new BslArray(value.map(fromJson));
  if (typeof value === 'object' && value !== null) {
    return new BslMap(new Map(Object.entries(value).map(([name, member]) => [name, fromJson(member)])));
  }
  return value === null ? undefined : (value as string | number | boolean);
}

/** The platform refuses what is no plain value, and so does this. */
function toJson(value: Value): unknown {
  if (value instanceof BslStructure) return Object.fromEntries([...value.pairs()].map(([name, one]) => [name, toJson(one)]));
  if (value instanceof BslArray) return value.items.map(toJson);
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new BslError(`ЗаписатьJSON: ${typeNameOf(value)} cannot be written`);
}

function isFilled(value: Value): boolean {
  if (value === undefined || value === null || value === 0) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !(value instanceof BslDate) || value.ms !== BslDate.EMPTY.ms;
}

function text(value: Value): string {
  if (typeof value !== 'string') throw new BslError(`a string is expected, not ${typeNameOf(value)}`);
  return value;
}

function number(value: Value): number {
  if (typeof value !== 'number') throw new BslError(`a number is expected, not ${typeNameOf(value)}`);
  return value;
}

function dateOf(value: Value): BslDate {
  if (!(value instanceof BslDate)) throw new BslError(`a date is expected, not ${typeNameOf(value)}`);
  return value;
}

function array(value: Value): BslArray {
  if (!(value instanceof BslArray)) throw new BslError(`an array is expected, not ${typeNameOf(value)}`);
  return value;
}

function binary(value: Value): BinaryData {
  if (!(value instanceof BinaryData)) throw new BslError(`binary data are expected, not ${typeNameOf(value)}`);
  return value;
}
