import { type Expression, expressionsOf, type Method, type Statement, statementsOf } from '../bsl/syntax';
import { fieldsOf } from './base-configuration';
import { type Extension, type MetadataObject } from './extension';
import { type Finding } from './finding';
import { child, textAt } from './xml-tree';

interface Query {
  file: string;
  line: number;
  text: string;
  method: Method;
}

const TABLE = /(?<![\p{L}\p{N}_.])(Справочник|Документ|РегистрСведений|РегистрНакопления)((?:\.[\p{L}_][\p{L}\p{N}_]*)+)/gu;
const SOURCE =
  /(?:ИЗ|СОЕДИНЕНИЕ)\s+((?:(?:Справочник|Документ|РегистрСведений|РегистрНакопления)(?:\.[\p{L}_][\p{L}\p{N}_]*)+)|ВТ[\p{L}]+)\s*(\((?:[^()]|\([^()]*\))*\))?\s+КАК\s+([\p{L}_][\p{L}\p{N}_]*)/gu;
const FIELD = /(?<![\p{L}\p{N}_.&])([\p{L}_][\p{L}\p{N}_]*)\.([\p{L}_][\p{L}\p{N}_]*)/gu;
const PARAMETER = /&([\p{L}_][\p{L}\p{N}_]*)/gu;
const VIRTUAL = /\.(?:Остатки|Обороты|ОстаткиИОбороты|СрезПоследних|СрезПервых)$/;
const FIELD_KINDS = new Set(['Справочник', 'Документ', 'Перечисление', 'РегистрСведений', 'РегистрНакопления', 'ВидДвиженияНакопления']);

/** The text of a query is one literal: nothing of a request can get into it. */
export function checkQueryTexts({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, module }) =>
    module.methods.flatMap((method) => [
      ...assignedTexts(method)
        .filter(({ value }) => value.type !== 'literal')
        .map(({ line }): Finding => ({ rule: 'query-text', file, line, message: 'the text of a query must be one literal' })),
      ...expressionsOf(method.body)
        .filter((one) => one.type === 'new' && one.className === 'Запрос' && one.args.length > 0)
        .map(({ line }): Finding => ({ rule: 'query-text', file, line, message: 'set the text of a query with Запрос.Текст' })),
      ...expressionsOf(method.body)
        .filter((one) => one.type === 'binary' && one.operator === '+' && (isQuery(one.left) || isQuery(one.right)))
        .map(({ line }): Finding => ({ rule: 'query-text', file, line, message: 'a query must not be put together' })),
    ]),
  );
}

/** Every parameter is set, and no other. */
export function checkQueryParameters(extension: Extension): Finding[] {
  return queriesOf(extension).flatMap(({ file, line, text, method }) => {
    const used = new Set([...text.matchAll(PARAMETER)].map(([, name = '']) => name));
    const set = parametersSet(method);
    const wrong = (message: string): Finding => ({ rule: 'query-parameters', file, line, message });
    const isSet = (name: string): boolean => {
      return set.some((one) => (one.numbered ? new RegExp(`^${one.name}\\d+$`).test(name) : one.name === name));
    };
    const isUsed = ({ name, numbered }: SetParameter): boolean => {
      return [...used].some((one) => (numbered ? new RegExp(`^${name}\\d+$`).test(one) : one === name));
    };
    return [
      ...[...used].filter((name) => !isSet(name)).map((name) => wrong(`&${name} is not set`)),
      ...set.filter((one) => !isUsed(one)).map(({ name }) => wrong(`${name} is set but not used`)),
    ];
  });
}

/** The shape of a query: what the platform or a reader would stumble over. */
export function checkQueryShape(extension: Extension): Finding[] {
  return queriesOf(extension).flatMap(({ file, line, text }) => {
    const wrong = (message: string): Finding => ({ rule: 'query-shape', file, line, message });
    const parts = text.split(/^;$/m);
    const sources = [...text.matchAll(SOURCE)];
    const virtual = sources.filter(([, table = '']) => VIRTUAL.test(table));
    return [
      ...(balanced(text) ? [] : [wrong('the parentheses are not balanced')]),
      ...parts.filter((part) => /ПЕРВЫЕ \d+/.test(part) && !/УПОРЯДОЧИТЬ ПО/.test(part)).map(() => wrong('ПЕРВЫЕ without УПОРЯДОЧИТЬ ПО')),
      ...virtual
        .filter(([, , parameters]) => parameters === undefined || !parameters.includes('&'))
        .map(([, table]) => wrong(`${table} without parameters reads everything`)),
      ...sources
        .filter(([whole, table = '']) => /^СОЕДИНЕНИЕ/.test(whole) && VIRTUAL.test(table))
        .map(([, table]) => wrong(`${table} must go through a temporary table`)),
      ...(/СОЕДИНЕНИЕ\s*\(/.test(text) ? [wrong('a join with a nested query')] : []),
      ...(/ОБЪЕДИНИТЬ(?! ВСЕ)/.test(text) ? [wrong('ОБЪЕДИНИТЬ without ВСЕ')] : []),
      ...(/ВЫБРАТЬ\s+\*|\.\*/.test(text) ? [wrong('all fields are selected')] : []),
      ...(/ПОДОБНО\s+(?!&)/.test(text) ? [wrong('ПОДОБНО takes a parameter')] : []),
      ...(isOwn(text) || /^ВЫБРАТЬ РАЗРЕШЕННЫЕ/.test(text) ? [] : [wrong('restricted rows would raise an error: add РАЗРЕШЕННЫЕ')]),
    ];
  });
}

/** Tables and fields are those of the base configuration or of the extension itself. */
export function checkQueryNames(extension: Extension): Finding[] {
  return queriesOf(extension).flatMap(({ file, line, text }) => {
    const wrong = (message: string): Finding => ({ rule: 'query-names', file, line, message });
    const tables = new Map<string, Set<string> | undefined>();
    const aliases = new Map<string, Set<string> | undefined>();
    for (const [, table = '', , alias = ''] of text.matchAll(SOURCE)) {
      const fields = table.startsWith('ВТ') ? undefined : knownFields(extension, table);
      tables.set(table, fields);
      const both = aliases.has(alias) ? new Set([...(aliases.get(alias) ?? []), ...(fields ?? [])]) : fields;
      aliases.set(alias, both);
    }
    const unknown = [...tables].filter(([table, fields]) => !table.startsWith('ВТ') && !fields).map(([table]) => table);
    const unnamed = [...text.matchAll(TABLE)]
      .map(([table]) => table)
      .filter((table) => !tables.has(table) && !isCast(text, table) && !isValue(text, table));
    const strange = [...withoutParameters(text).matchAll(FIELD)].flatMap(([, alias = '', field = '']) => {
      if (FIELD_KINDS.has(alias)) return [];
      if (!aliases.has(alias)) return [`${alias}.${field}: there is no ${alias}`];
      const fields = aliases.get(alias);
      return fields && !fields.has(field) ? [`${alias}.${field}: there is no such field`] : [];
    });
    return [
      ...unknown.map((table) => wrong(`${table} is not known`)),
      ...unnamed.map((table) => wrong(`${table} has no alias`)),
      ...strange.map((message) => wrong(message)),
    ];
  });
}

interface SetParameter {
  name: string;
  /** Whether a number is added to the name. */
  numbered: boolean;
}

function queriesOf({ modules }: Extension): Query[] {
  return modules.flatMap(({ file, module }) =>
    module.methods.flatMap((method) =>
      assignedTexts(method).flatMap(({ value, line }) =>
        value.type === 'literal' && typeof value.value === 'string' ? [{ file, line, text: value.value, method }] : [],
      ),
    ),
  );
}

function assignedTexts({ body }: Method): { value: Expression; line: number }[] {
  return statementsOf(body).flatMap((statement: Statement) => {
    if (statement.type !== 'assign' || statement.target.type !== 'member' || statement.target.name !== 'Текст') return [];
    const { object } = statement.target;
    return object.type === 'name' && object.name === 'Запрос' ? [{ value: statement.value, line: statement.line }] : [];
  });
}

function parametersSet({ body }: Method): SetParameter[] {
  return expressionsOf(body).flatMap((expression): SetParameter[] => {
    if (expression.type !== 'invoke' || expression.callee.type !== 'member') return [];
    if (expression.callee.name !== 'УстановитьПараметр') return [];
    const [name] = expression.args;
    if (name?.type === 'literal') return [{ name: String(name.value), numbered: false }];
    if (name?.type === 'binary' && name.left.type === 'literal') return [{ name: String(name.left.value), numbered: true }];
    return [];
  });
}

function isQuery(expression: Expression): boolean {
  return expression.type === 'literal' && typeof expression.value === 'string' && /ВЫБРАТЬ\b|^\s*ВЫБРАТЬ/.test(expression.value);
}

/** Own registers have no restrictions by rows. */
function isOwn(text: string): boolean {
  return [...text.matchAll(TABLE)].every(([, , name = '']) => name.startsWith('.тгп_'));
}

function isCast(text: string, table: string): boolean {
  return new RegExp(`ВЫРАЗИТЬ\\([^()]+ КАК ${table}\\)`).test(text);
}

function isValue(text: string, table: string): boolean {
  return text.includes(`ЗНАЧЕНИЕ(${table}`);
}

/** Inside the parameters of a virtual table its own fields stand without an alias. */
function withoutParameters(text: string): string {
  return text.replace(SOURCE, (whole: string, table: string, parameters: string | undefined, alias: string) =>
    parameters === undefined ? whole : `ИЗ ${table} КАК ${alias}`,
  );
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function knownFields({ objects }: Extension, table: string): Set<string> | undefined {
  const base = fieldsOf(table);
  if (base) return new Set(base);
  const own = objects.find(({ kind, name }) => kind === 'InformationRegister' && table === `РегистрСведений.${name}`);
  return own && registerFields(own);
}

function registerFields({ element }: MetadataObject): Set<string> {
  return new Set((child(element, 'ChildObjects')?.children ?? []).map((field) => textAt(field, 'Properties', 'Name')));
}
