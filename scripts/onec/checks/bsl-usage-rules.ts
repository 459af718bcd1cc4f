import { type Expression, expressionsOf, type Method, type Module, statementsOf } from '../bsl/syntax';
import { type Extension, type SourceModule } from './extension';
import { type Finding, type RuleName } from './finding';

/** Methods of the platform that the extension calls by their name alone. */
const GLOBAL_METHODS = new Set(
  (
    'Base64Строка XMLСтрока ВРег НРег Дата День ДобавитьМесяц ЗаписатьJSON ЗаписьЖурналаРегистрации ' +
    'ЗаполнитьЗначенияСвойств ЗафиксироватьТранзакцию ЗначениеЗаполнено ИмяПользователя ИнформацияОбОшибке КодСимвола ' +
    'КонецДня КонецМесяца Лев Макс Мин НачалоДня НачатьТранзакцию НСтр ОтменитьТранзакцию ПодробноеПредставлениеОшибки ' +
    'ПоказатьОповещениеПользователя ПоказатьПредупреждение ПолучитьHexСтрокуИзДвоичныхДанных ' +
    'ПолучитьДвоичныеДанныеИзСтроки ПолучитьИмяВременногоФайла Прав ПравоДоступа ПрочитатьJSON ПустаяСтрока Символ СокрЛП ' +
    'Сред СтрДлина СтрЗаменить СтрНайти Строка СтрРазделить СтрСоединить ТекущаяДатаСеанса Тип ТипЗнч УдалитьФайлы Формат ' +
    'Цел Число'
  ).split(' '),
);

/** What the platform puts around every module. */
const GLOBAL_NAMES = new Set(
  (
    'ГоризонтальноеПоложение ИспользованиеByteOrderMark КодировкаТекста Константы Метаданные ПереносСтрокJSON Перечисления ' +
    'ПользователиИнформационнойБазы РегистрыСведений Символы Справочники ТипЛинииЯчейкиТабличногоДокумента ' +
    'ТипРазмещенияТекстаТабличногоДокумента ТипФайлаТабличногоДокумента УровеньЖурналаРегистрации ХешФункция ' +
    'Элементы ЭтотОбъект ОбменДанными'
  ).split(' '),
);

/** Calls and classes that have no place in a service which answers questions. */
const FORBIDDEN = new Set(
  (
    'Сообщить ТекущаяДата Вычислить КомандаСистемы ЗапуститьПриложение COMОбъект ВнешниеОбработки ВнешниеОтчеты ' +
    'УстановитьБезопасныйРежим УстановитьОтключениеБезопасногоРежима УстановитьПривилегированныйРежим HTTPСоединение ' +
    'WSПрокси FTPСоединение ИнтернетПрокси ПодключитьВнешнююКомпоненту УстановитьМонопольныйРежим Предупреждение Вопрос'
  ).split(' '),
);

/** Managers of what is loaded from outside. */
const EXTERNAL = new Set(['ВнешниеОбработки', 'ВнешниеОтчеты']);

/** Writing is for the modules that keep the extension's own registers and constants. */
const WRITES = /^(?:Записать|Удалить|СоздатьМенеджерЗаписи|СоздатьНаборЗаписей|СоздатьЭлемент|СоздатьДокумент|НачатьТранзакцию|Установить)$/;
const WRITERS = new Set(['тгп_УчетЧатов', 'тгп_Приглашения', 'тгп_Настройки']);

/** Modules that have to run outside of the platform: of it they may name these alone. */
const PORTABLE = new Set(['тгп_Протокол', 'тгп_Операции', 'тгп_Проверки', 'тгп_Сравнение', 'тгп_Ключи']);
const PORTABLE_NAMES = new Set(['КодировкаТекста', 'ИспользованиеByteOrderMark', 'ПереносСтрокJSON', 'ХешФункция', 'Символы']);
const PORTABLE_CLASSES = new Set(
  (
    'Массив Соответствие Структура УникальныйИдентификатор ХешированиеДанных ЧтениеJSON ЗаписьJSON ПараметрыЗаписиJSON ' +
    'HTTPСервисОтвет'
  ).split(' '),
);

const SECRET_NAME = /(?:пароль|секрет|токен|ключ)$/i;

/** Calls of own methods lead somewhere, and with as many parameters as are taken. */
export function checkCalls({ modules }: Extension): Finding[] {
  const byOwner = new Map(modules.filter(({ kind }) => kind === 'common').map((one) => [one.owner, one.module]));
  return modules.flatMap(({ file, module }) => [
    ...module.methods
      .filter(({ name }) => GLOBAL_METHODS.has(name))
      .map(({ name, headingLine }): Finding => {
        return { rule: 'calls', file, line: headingLine, message: `${name} hides a method of the platform` };
      }),
    ...allExpressions(module).flatMap((expression): Finding[] => {
      if (expression.type !== 'invoke') return [];
      const { callee, args, line } = expression;
      const wrong = (message: string): Finding[] => [{ rule: 'calls', file, line, message }];
      if (callee.type === 'name') {
        const own = methodOf(module, callee.name);
        if (!own) return GLOBAL_METHODS.has(callee.name) ? [] : wrong(`${callee.name} is no known method`);
        return fits(own, args.length) ? [] : wrong(`${callee.name} takes other parameters`);
      }
      const target = callee.type === 'member' && callee.object.type === 'name' ? byOwner.get(callee.object.name) : undefined;
      if (!target || callee.type !== 'member') return [];
      const method = methodOf(target, callee.name);
      if (!method?.exported) return wrong(`${callee.name} is not exported`);
      return fits(method, args.length) ? [] : wrong(`${callee.name} takes other parameters`);
    }),
  ]);
}

/** Every private method is called, if only from outside by the platform. */
export function checkUnused({ modules, documents, objects }: Extension): Finding[] {
  const metadata = JSON.stringify([...documents.values(), ...objects.map(({ name }) => name)]);
  return modules.flatMap(({ file, kind, module }) => {
    const called = new Set(
      allExpressions(module).flatMap((one) =>
        one.type === 'invoke' && one.callee.type === 'name' ? [one.callee.name.toLowerCase()] : [],
      ),
    );
    return module.methods
      .filter(({ name, exported }) => !exported && !called.has(name.toLowerCase()))
      .filter(({ name }) => !metadata.includes(`"${name}"`) && !(kind === 'recordSet' && name === 'ПередЗаписью'))
      .map(({ name, headingLine }): Finding => ({ rule: 'unused', file, line: headingLine, message: `${name} is never called` }));
  });
}

/** Every name that is read was given a value before, or is known to the platform. */
export function checkVariables(extension: Extension): Finding[] {
  const modules = new Set(extension.modules.filter(({ kind }) => kind === 'common').map(({ owner }) => owner.toLowerCase()));
  return extension.modules.flatMap((source) =>
    source.module.methods.flatMap((method) => {
      const known = variablesOf(method);
      for (const attribute of formAttributes(extension, source)) known.add(attribute.toLowerCase());
      return expressionsOf(method.body).flatMap((expression): Finding[] => {
        if (expression.type !== 'name') return [];
        const { name, line } = expression;
        const isKnown = known.has(name.toLowerCase()) || modules.has(name.toLowerCase()) || GLOBAL_NAMES.has(name);
        // The name of a method that is called is no variable: checkCalls looks at it.
        const isCalled = methodOf(source.module, name) !== undefined || GLOBAL_METHODS.has(name);
        if (isKnown || isCalled) return [];
        return [{ rule: 'variables', file: source.file, line, message: `${name} has no value` }];
      });
    }),
  );
}

/** Nothing forbidden is called, and only the keepers of own data write. */
export function checkForbidden({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, owner, kind, module }) => {
    const statements = module.methods.flatMap(({ body }) => statementsOf(body));
    const executed = statements.filter(({ type }) => type === 'execute');
    return [
      ...executed.map(({ line }): Finding => ({ rule: 'forbidden', file, line, message: 'Выполнить runs text as code' })),
      ...allExpressions(module).flatMap((expression): Finding[] => {
        const name = nameOf(expression);
        if (name === undefined) return [];
        const { line } = expression;
        const isCall = expression.type !== 'name';
        const writes = isCall && kind === 'common' && owner.startsWith('тгп_') && WRITES.test(name) && !WRITERS.has(owner);
        const wrong = (rule: RuleName, message: string): Finding => ({ rule, file, line, message });
        return [
          ...(FORBIDDEN.has(name) ? [wrong('forbidden', `${name} must not be used`)] : []),
          ...(writes && !isFile(expression) ? [wrong('writes', `${name} writes`)] : []),
        ];
      }),
    ];
  });
}

/** The modules of the protocol touch the platform only where a stand-in can be put. */
export function checkPortability({ modules }: Extension): Finding[] {
  return modules
    .filter(({ owner }) => PORTABLE.has(owner))
    .flatMap(({ file, module }) =>
      module.methods.flatMap((method) => {
        const variables = variablesOf(method);
        return expressionsOf(method.body).map((expression) => ({ expression, variables }));
      }).flatMap(({ expression, variables }): Finding[] => {
        const { line } = expression;
        const isGlobal = expression.type === 'name' && !variables.has(expression.name.toLowerCase());
        if (isGlobal && GLOBAL_NAMES.has(expression.name) && !PORTABLE_NAMES.has(expression.name)) {
          return [{ rule: 'portability', file, line, message: `${expression.name} is not to be had outside of 1C` }];
        }
        if (expression.type === 'new' && !PORTABLE_CLASSES.has(expression.className ?? '')) {
          return [{ rule: 'portability', file, line, message: `${expression.className} is not to be had outside of 1C` }];
        }
        return [];
      }),
    );
}

/** No addresses and no secrets in the text. */
export function checkLiterals({ modules }: Extension): Finding[] {
  return modules.flatMap(({ file, module }) => [
    ...allExpressions(module).flatMap((expression): Finding[] => {
      if (expression.type !== 'literal' || typeof expression.value !== 'string') return [];
      const address = /https?:\/\/|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[a-z0-9-]+\.(?:ru|com|org|net|me)\b/i.test(expression.value);
      return address ? [{ rule: 'hard-coded', file, line: expression.line, message: `the address ${expression.value}` }] : [];
    }),
    ...module.methods.flatMap(({ body }) =>
      statementsOf(body).flatMap((statement): Finding[] => {
        if (statement.type !== 'assign' || statement.target.type !== 'name') return [];
        const { target, value, line } = statement;
        const secret = SECRET_NAME.test(target.name) && value.type === 'literal' && value.value !== '' && value.value !== undefined;
        return secret ? [{ rule: 'hard-coded', file, line, message: `a value for ${target.name}` }] : [];
      }),
    ),
  ]);
}

function allExpressions(module: Module): readonly Expression[] {
  return module.methods.flatMap(({ body }) => expressionsOf(body));
}

function methodOf(module: Module, name: string): Method | undefined {
  return module.methods.find((method) => method.name.toLowerCase() === name.toLowerCase());
}

function fits({ parameters }: Method, given: number): boolean {
  return given <= parameters.length && parameters.slice(given).every(({ defaultValue }) => defaultValue !== undefined);
}

function variablesOf({ parameters, body }: Method): Set<string> {
  const names = parameters.map(({ name }) => name);
  for (const statement of statementsOf(body)) {
    if (statement.type === 'assign' && statement.target.type === 'name') names.push(statement.target.name);
    if (statement.type === 'for' || statement.type === 'forEach') names.push(statement.variable);
    if (statement.type === 'variables') names.push(...statement.names);
  }
  return new Set(names.map((name) => name.toLowerCase()));
}

function formAttributes({ documents }: Extension, { file, kind }: SourceModule): string[] {
  if (kind !== 'form') return [];
  const form = documents.get(file.replace('/Module.bsl', '.xml'));
  const attributes = form?.children.find(({ name }) => name === 'Attributes')?.children ?? [];
  return attributes.map((attribute) => attribute.attributes['name'] ?? '');
}

/** What an expression calls or makes, or the property of the platform that it reads. */
function nameOf(expression: Expression): string | undefined {
  if (expression.type === 'name') return EXTERNAL.has(expression.name) ? expression.name : undefined;
  if (expression.type === 'new') return expression.className;
  if (expression.type !== 'invoke' || expression.callee.type === 'invoke') return undefined;
  return 'name' in expression.callee ? expression.callee.name : undefined;
}

/** `Документ.Записать(ИмяФайла, …)` makes a file of a spreadsheet. */
function isFile(expression: Expression): boolean {
  const [first] = expression.type === 'invoke' ? expression.args : [];
  return first?.type === 'name' && first.name === 'ИмяФайла';
}
