/** A value of the built-in language. `undefined` is Неопределено, `null` is NULL. */
export type Value = undefined | null | boolean | number | string | BslDate | BslObject;

/** A failure while a module runs: one that it raised itself, or one that the platform would raise. */
export class BslError extends Error {
  override readonly name = 'BslError';
}

/** Date and time without a time zone. */
export class BslDate {
  /** @param ms since 1970-01-01, as if the time were UTC */
  constructor(readonly ms: number) {}

  /** As XMLСтрока writes it. */
  toXml(): string {
    return new Date(this.ms).toISOString().slice(0, 19);
  }

  toString(): string {
    return this.toXml();
  }

  /** Дата(1, 1, 1). */
  static readonly EMPTY = new BslDate(Date.parse('0001-01-01T00:00:00Z'));
}

export type BslFunction = (args: Value[]) => Value;

/** What has properties and methods; names are compared without case. */
export abstract class BslObject {
  /** As Тип("…") names it. */
  abstract readonly typeName: string;
  private readonly methods = new Map<string, BslFunction>();

  toString(): string {
    return this.typeName;
  }

  protected method(name: string, run: BslFunction): void {
    this.methods.set(name.toLowerCase(), run);
  }

  get(name: string): Value {
    throw new BslError(`${this.typeName}: there is no property ${name}`);
  }

  set(name: string, _value: Value): void {
    throw new BslError(`${this.typeName}: the property ${name} cannot be set`);
  }

  at(_index: Value): Value {
    throw new BslError(`${this.typeName}: cannot be indexed`);
  }

  setAt(_index: Value, _value: Value): void {
    throw new BslError(`${this.typeName}: cannot be indexed`);
  }

  call(name: string, args: Value[]): Value {
    const method = this.methods.get(name.toLowerCase());
    if (!method) throw new BslError(`${this.typeName}: there is no method ${name}`);
    return method(args);
  }

  iterate(): Iterable<Value> {
    throw new BslError(`${this.typeName}: cannot be iterated`);
  }
}

export class BslArray extends BslObject {
  readonly typeName = 'Массив';

  constructor(readonly items: Value[] = []) {
    super();
    this.method('Добавить', ([value]) => void this.items.push(value));
    this.method('Количество', () => this.items.length);
    this.method('ВГраница', () => this.items.length - 1);
    this.method('Найти', ([value]) => {
      const index = this.items.findIndex((item) => sameValue(item, value));
      return index < 0 ? undefined : index;
    });
    this.method('Удалить', ([index]) => void this.items.splice(this.checked(index), 1));
  }

  override at(index: Value): Value {
    return this.items[this.checked(index)];
  }

  override setAt(index: Value, value: Value): void {
    this.items[this.checked(index)] = value;
  }

  override iterate(): Iterable<Value> {
    return this.items;
  }

  private checked(index: Value): number {
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= this.items.length) {
      throw new BslError(`the index ${String(index)} is out of bounds`);
    }
    return index;
  }
}

/** A member of a map or a structure while it is iterated. */
class Pair extends BslObject {
  readonly typeName = 'КлючИЗначение';

  constructor(
    private readonly key: Value,
    private readonly value: Value,
  ) {
    super();
  }

  override get(name: string): Value {
    if (name.toLowerCase() === 'ключ') return this.key;
    return name.toLowerCase() === 'значение' ? this.value : super.get(name);
  }
}

export class BslMap extends BslObject {
  readonly typeName: string = 'Соответствие';

  constructor(readonly entries = new Map<Value, Value>()) {
    super();
    this.method('Вставить', ([key, value]) => void this.entries.set(key, value));
    this.method('Получить', ([key]) => this.entries.get(key));
    this.method('Количество', () => this.entries.size);
    this.method('Удалить', ([key]) => void this.entries.delete(key));
  }

  override at(index: Value): Value {
    return this.entries.get(index);
  }

  override setAt(index: Value, value: Value): void {
    this.entries.set(index, value);
  }

  override *iterate(): Iterable<Value> {
    for (const [key, value] of this.entries) yield new Pair(key, value);
  }
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export class BslStructure extends BslObject {
  readonly typeName = 'Структура';
  private readonly members = new Map<string, { name: string; value: Value }>();

  constructor(names = '', values: readonly Value[] = []) {
    super();
    this.method('Вставить', ([name, value]) => this.insert(name, value));
    this.method('Свойство', ([name]) => this.members.has(String(name).toLowerCase()));
    this.method('Количество', () => this.members.size);
    this.method('Удалить', ([name]) => void this.members.delete(String(name).toLowerCase()));
    const listed = names === '' ? [] : names.split(',');
    listed.forEach((name, index) => this.insert(name.trim(), values[index]));
  }

  /** The members in the order of their insertion. */
  *pairs(): Generator<[string, Value]> {
    for (const { name, value } of this.members.values()) yield [name, value];
  }

  override get(name: string): Value {
    const member = this.members.get(name.toLowerCase());
    return member ? member.value : super.get(name);
  }

  override set(name: string, value: Value): void {
    const member = this.members.get(name.toLowerCase());
    if (!member) return super.set(name, value);
    member.value = value;
  }

  override at(index: Value): Value {
    return this.get(String(index));
  }

  override *iterate(): Iterable<Value> {
    for (const [name, value] of this.pairs()) yield new Pair(name, value);
  }

  private insert(name: Value, value: Value): undefined {
    if (typeof name !== 'string' || !IDENTIFIER.test(name)) throw new BslError(`${String(name)} is no name of a member`);
    this.members.set(name.toLowerCase(), { name, value });
  }
}

/** An object of the platform made of plain functions and properties. */
export class HostObject extends BslObject {
  private readonly properties = new Map<string, Value>();

  constructor(
    readonly typeName: string,
    methods: Readonly<Record<string, BslFunction>> = {},
    properties: Readonly<Record<string, Value>> = {},
  ) {
    super();
    for (const [name, run] of Object.entries(methods)) this.method(name, run);
    for (const [name, value] of Object.entries(properties)) this.properties.set(name.toLowerCase(), value);
  }

  override get(name: string): Value {
    return this.properties.has(name.toLowerCase()) ? this.properties.get(name.toLowerCase()) : super.get(name);
  }

  override set(name: string, value: Value): void {
    this.properties.set(name.toLowerCase(), value);
  }
}

/** @returns whether `=` holds: values of different types are never the same */
export function sameValue(a: Value, b: Value): boolean {
  if (a instanceof BslDate && b instanceof BslDate) return a.ms === b.ms;
  return a === b;
}

/** @returns the name of the type, as Тип("…") takes it */
export function typeNameOf(value: Value): string {
  if (value === undefined) return 'Неопределено';
  if (value === null) return 'Null';
  if (value instanceof BslDate) return 'Дата';
  if (value instanceof BslObject) return value.typeName;
  return { string: 'Строка', number: 'Число', boolean: 'Булево' }[typeof value as 'string' | 'number' | 'boolean'];
}

/** As Строка(…) writes a value; numbers are grouped with no-break spaces, as the platform does in Russian. */
export function toText(value: Value): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return value.toLocaleString('ru-RU', { maximumFractionDigits: 10 });
  if (typeof value === 'boolean') return value ? 'Да' : 'Нет';
  if (value instanceof BslDate) return value.toXml();
  return value instanceof BslObject ? value.typeName : value;
}
