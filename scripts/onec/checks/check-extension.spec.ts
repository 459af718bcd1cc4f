import { modulePath, readExtension } from '../extension-files';
import { checkExtension, documentedOperations } from './check-extension';
import { RULES, type RuleName } from './finding';

const files = readExtension();
const operations = documentedOperations();

/** A fault that is put into a file of the extension: what is replaced by what. */
type Fault = [rule: RuleName, file: string, from: string | RegExp, to: string];

const CONFIGURATION = 'Configuration.xml';
const SERVICE = 'HTTPServices/тгп_БотПоставщиков.xml';
const SERVICE_MODULE = 'HTTPServices/тгп_БотПоставщиков/Ext/Module.bsl';
const KEYS_XML = 'CommonModules/тгп_Ключи.xml';
const CONSTANT = 'Constants/тгп_ХешКлюча.xml';
const REGISTER = 'InformationRegisters/тгп_ЧатыПоставщиков.xml';
const RIGHTS = 'Roles/тгп_РаботаБота/Ext/Rights.xml';
const FORM = 'DataProcessors/тгп_ПодключениеПоставщиков/Forms/Форма/Ext/Form.xml';
const PROTOCOL = modulePath('тгп_Протокол');
const OPERATIONS = modulePath('тгп_Операции');
const KEYS = modulePath('тгп_Ключи');
const SETTINGS = modulePath('тгп_Настройки');
const CHATS = modulePath('тгп_УчетЧатов');
const GOODS = modulePath('тгп_ДанныеТоваров');
const ORDERS = modulePath('тгп_ДанныеЗаказов');

/** The heading of a method of the protocol, and a place inside of it. */
const HEADING = 'Функция НаибольшийРазмерТела()\n';
const INSIDE = `${HEADING}\n`;

const FAULTS: Fault[] = [
  ['xml-well-formed', CONSTANT, '</Properties>', ''],
  ['xml-well-formed', CONFIGURATION, '<Comment/>', '<Comment>&nbsp;</Comment>'],
  ['xml-bom', CONSTANT, '\uFEFF', ''],
  ['xml-root', CONSTANT, 'version="2.17"', 'version="2.20"'],
  ['xml-root', RIGHTS, 'http://v8.1c.ru/8.2/roles', 'http://v8.1c.ru/8.3/roles'],
  ['xml-root', CONSTANT, ' encoding="UTF-8"', ''],
  ['uuid-format', CONSTANT, /uuid="[^"]+"/, 'uuid="7C9E6679-7425-40DE-944B-E07FC1F90AE7"'],
  ['uuid-format', CONSTANT, /<xr:TypeId>[^<]+/, '<xr:TypeId>7c9e6679-7425-10de-944b-e07fc1f90ae7'],
  ['uuid-unique', CONSTANT, /<xr:TypeId>([^<]+)<\/xr:TypeId>(\s*)<xr:ValueId>[^<]+/, '<xr:TypeId>$1</xr:TypeId>$2<xr:ValueId>$1'],
  ['uuid-locked', CONSTANT, /uuid="[^"]+"/, 'uuid="7c9e6679-7425-40de-944b-e07fc1f90ae7"'],
  ['uuid-locked', 'uuids.lock.json', '{\n', '{\n  "Gone": "7c9e6679-7425-40de-944b-e07fc1f90ae7",\n'],
  ['configuration', CONFIGURATION, '>AddOn<', '>Customization<'],
  ['configuration', CONFIGURATION, 'ObjectsByIDs>false<', 'ObjectsByIDs>true<'],
  ['configuration', CONFIGURATION, '<NamePrefix>тгп_<', '<NamePrefix><'],
  ['configuration', CONFIGURATION, '9cd510cd-abfc-11d4-9434-004095e12fc7', '9cd510cd-abfc-11d4-9434-004095e12fc8'],
  ['child-objects', CONFIGURATION, '\t\t\t<Constant>тгп_ХешКлюча</Constant>\n', ''],
  ['child-objects', CONFIGURATION, 'тгп_ХешКлюча<', 'тгп_ХешКлюч<'],
  ['child-objects', CONFIGURATION, /(\t+<Language>.*\n)(\t+<Subsystem>.*\n)/, '$2$1'],
  ['object-name', CONSTANT, '<Name>тгп_ХешКлюча<', '<Name>ХешКлюча<'],
  ['object-name', CONSTANT, '<Name>тгп_ХешКлюча<', '<Name>тгп_Другая<'],
  ['property-order', SERVICE, /(<RootURL>.*\n)(\s*<ReuseSessions>.*\n)/, '$2$1'],
  ['property-order', REGISTER, '\t\t\t\t\t<DataHistory>Use</DataHistory>\n', ''],
  ['property-order', CONFIGURATION, '\t\t\t<ScriptVariant>', '\t\t\t<DefaultRunMode>ManagedApplication</DefaultRunMode>\n\t\t\t<ScriptVariant>'],
  ['generated-types', CONSTANT, 'category="ValueKey"', 'category="Key"'],
  ['module-flags', KEYS_XML, '<Privileged>false<', '<Privileged>true<'],
  ['module-flags', KEYS_XML, '<ServerCall>false<', '<ServerCall>true<'],
  ['http-template', SERVICE, '/v1/{operation}', 'v1/{operation}'],
  ['http-template', SERVICE, '>POST<', '>GET<'],
  ['http-handler', SERVICE, '>ОперацияВыполнить<', '>Другой<'],
  ['http-handler', SERVICE_MODULE, 'Выполнить(Запрос)', 'Выполнить(Запрос, Еще)'],
  ['http-handler', SERVICE_MODULE, 'Выполнить(Запрос)', 'Выполнить(Запрос) Экспорт'],
  ['operations', OPERATIONS, '\tРезультат.Добавить("stock");\n', ''],
  ['operations', OPERATIONS, '\tРезультат.Добавить("stock");\n', '\tРезультат.Добавить("stocks");\n'],
  ['operations', SERVICE, '/v1/{operation}', '/v1/ping'],
  ['role-rights', RIGHTS, 'Constant.тгп_ХешКлюча', 'Constant.тгп_Другая'],
  ['role-rights', RIGHTS, '<name>Use</name>', '<name>View</name>'],
  ['role-rights', RIGHTS, '<name>Update</name>', '<name>TotalsControl</name>'],
  ['role-rights', RIGHTS, '<setForNewObjects>false', '<setForNewObjects>true'],
  ['role-rights', RIGHTS, /\t<object>\n\t\t<name>HTTPService[\s\S]*?<\/object>\n/, ''],
  ['default-roles', CONFIGURATION, '\t\t\t<Vendor>', '\t\t\t<DefaultRoles><xr:Item>Role.тгп_РаботаБота</xr:Item></DefaultRoles>\n\t\t\t<Vendor>'],
  ['form', FORM, '<Action>СоздатьКлюч</Action>', '<Action>Создать</Action>'],
  ['form', FORM, 'id="2"', 'id="3"'],
  ['bsl-syntax', PROTOCOL, 'КонецПопытки;', ''],
  ['bsl-syntax', PROTOCOL, 'КонецЦикла;', 'КонецЕсли;'],
  ['bsl-syntax', PROTOCOL, '\n#КонецОбласти', ''],
  ['bsl-syntax', OPERATIONS, 'Функция ВыполнитьОперацию', 'Функция Выполнить'],
  ['bsl-bom', PROTOCOL, '\uFEFF', ''],
  ['bsl-bom', PROTOCOL, '// Протокол', '// \uFEFFПротокол'],
  ['line-length', PROTOCOL, '// Протокол', `// ${'а'.repeat(118)}`],
  ['line-end', PROTOCOL, INSIDE, `${HEADING}\t\n`],
  ['indent', PROTOCOL, '\tВозврат 65536;', '    Возврат 65536;'],
  ['letter-yo', PROTOCOL, '// Протокол', '// Ещё'],
  ['comment-space', PROTOCOL, '// Протокол', '//Протокол'],
  ['keyword-spelling', PROTOCOL, '\tВозврат 65536;', '\tвозврат 65536;'],
  ['mixed-alphabets', PROTOCOL, INSIDE, `${INSIDE}\tОтветPing = 0;\n`],
  ['regions', PROTOCOL, 'СлужебныйПрограммныйИнтерфейс', 'Интерфейс'],
  ['regions', PROTOCOL, '#Область СлужебныйПрограммныйИнтерфейс', '#Область СлужебныеПроцедурыИФункции'],
  ['regions', PROTOCOL, /$/, '\nФункция Лишняя()\nКонецФункции\n'],
  ['regions', PROTOCOL, /$/, '\n#Область Пустая\n#КонецОбласти\n'],
  ['documentation', PROTOCOL, '//  Запрос - ', '//  Другой - '],
  ['documentation', PROTOCOL, '// Возвращаемое значение:', '// Возвращает:'],
  ['documentation', KEYS, /\/\/ Создает новый ключ[\s\S]*?(?=Функция НовыйКлюч)/, ''],
  ['method-length', PROTOCOL, INSIDE, `${INSIDE}${'\tА = 1;\n'.repeat(200)}`],
  ['parameter-count', PROTOCOL, 'НаибольшийРазмерТела()\n', 'НаибольшийРазмерТела(А = 1, Б = 1, В = 1, Г = 1, Д = 1, Е = 1, Ж = 1, З = 1)\n'],
  ['nesting', PROTOCOL, INSIDE, `${INSIDE}${'\tЕсли Истина Тогда\n'.repeat(5)}${'\tКонецЕсли;\n'.repeat(5)}`],
  ['returns', PROTOCOL, INSIDE, `${INSIDE}${'\tВозврат 1;\n'.repeat(3)}`],
  ['cyclomatic-complexity', PROTOCOL, '\tВозврат 65536;', `\tВозврат ${'?(Истина, 1, '.repeat(20)}2${')'.repeat(20)};`],
  ['cognitive-complexity', PROTOCOL, INSIDE, `${INSIDE}${'\tЕсли Истина Тогда\n\tИначе\n\tКонецЕсли;\n'.repeat(8)}`],
  ['calls', PROTOCOL, 'ПрочитатьТело(Запрос)', 'ПрочитатьТелоЗапроса(Запрос)'],
  ['calls', PROTOCOL, 'тгп_Ключи.КлючПодходит(Ключ)', 'тгп_Ключи.КлючПодходит()'],
  ['calls', PROTOCOL, 'тгп_Ключи.КлючПодходит(Ключ)', 'тгп_Ключи.ХешиРавны(Ключ, Ключ)'],
  ['calls', PROTOCOL, 'тгп_Операции.Доступна(ИмяОперации)', 'тгп_Операции.Доступна(ИмяОперации, 1)'],
  ['calls', PROTOCOL, /НаибольшийРазмерТела/g, 'День'],
  ['unused', PROTOCOL, HEADING, `Процедура Лишняя()\nКонецПроцедуры\n\n${HEADING}`],
  ['variables', PROTOCOL, '\tВозврат 65536;', '\tВозврат Размер;'],
  ['forbidden', PROTOCOL, INSIDE, `${INSIDE}\tСообщить("");\n`],
  ['forbidden', PROTOCOL, '\tВозврат 65536;', '\tВозврат ТекущаяДата();'],
  ['forbidden', PROTOCOL, INSIDE, `${INSIDE}\tУстановитьПривилегированныйРежим(Истина);\n`],
  ['forbidden', PROTOCOL, INSIDE, `${INSIDE}\tСоединение = Новый HTTPСоединение("");\n`],
  ['forbidden', PROTOCOL, INSIDE, `${INSIDE}\tВыполнить "А = 1";\n`],
  ['forbidden', PROTOCOL, INSIDE, `${INSIDE}\tВнешниеОбработки.Создать("");\n`],
  ['writes', GOODS, 'Результат = Новый Массив;', 'Результат = Новый Массив;\n\tРезультат.Записать();'],
  ['writes', ORDERS, '\tПолностью = 100;', '\tПолностью = 100;\n\tНачатьТранзакцию();'],
  ['portability', PROTOCOL, INSIDE, `${INSIDE}\tА = Константы.тгп_ХешКлюча;\n`],
  ['portability', PROTOCOL, INSIDE, `${INSIDE}\tА = Новый Запрос;\n`],
  ['hard-coded', PROTOCOL, INSIDE, `${INSIDE}\tАдрес = "https://t.me/";\n`],
  ['hard-coded', PROTOCOL, INSIDE, `${INSIDE}\tАдрес = "10.0.0.1";\n`],
  ['hard-coded', SETTINGS, '\tНеделя = 7;', '\tНеделя = 7;\n\tПароль = "12345";'],
  ['query-text', CHATS, '"ВЫБРАТЬ ПЕРВЫЕ 1', '"ВЫБРАТЬ " + "ПЕРВЫЕ 1'],
  ['query-text', CHATS, 'Запрос = Новый Запрос;', 'Запрос = Новый Запрос("ВЫБРАТЬ 1");'],
  ['query-parameters', CHATS, '\tЗапрос.УстановитьПараметр("Чат", ИдентификаторЧата);\n', ''],
  ['query-parameters', CHATS, 'Чаты.Чат = &Чат"', 'Чаты.Чат <> &Другой"'],
  ['query-shape', CHATS, /\n\t\|\n\t\|УПОРЯДОЧИТЬ ПО\n\t\|\tЧат/, ''],
  ['query-shape', GOODS, '.Остатки(, Номенклатура В (&Номенклатура)) КАК СвободныеОстатки', '.Остатки КАК СвободныеОстатки'],
  ['query-shape', GOODS, '.Остатки(, Номенклатура В (&Номенклатура)) КАК СвободныеОстатки', '.Остатки(, Номенклатура В (&Номенклатура) КАК СвободныеОстатки'],
  ['query-shape', GOODS, 'ОБЪЕДИНИТЬ ВСЕ', 'ОБЪЕДИНИТЬ'],
  ['query-shape', GOODS, '"ВЫБРАТЬ РАЗРЕШЕННЫЕ\n', '"ВЫБРАТЬ\n'],
  ['query-names', GOODS, 'СвободныеОстатки.ВНаличииОстаток', 'СвободныеОстатки.ВНаличии'],
  ['query-names', GOODS, 'Справочник.Номенклатура КАК', 'Справочник.Товары КАК'],
  ['query-names', ORDERS, 'Заказы.СуммаДокумента', 'Документы.СуммаДокумента'],
  ['query-names', CHATS, 'Чаты.Контакт КАК', 'Чаты.Лицо КАК'],
];

function broken(file: string, from: string | RegExp, to: string): Map<string, string> {
  const text = files.get(file) ?? '';
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${String(from)}`);
  return new Map([...files, [file, changed]]);
}

describe('the checks of the extension', () => {
  it('find nothing wrong with it', () => {
    expect(checkExtension(files, operations)).toEqual([]);
  });

  it.each(FAULTS)('fail by %s where %s has not %s but %s', (rule, file, from, to) => {
    const found = checkExtension(broken(file, from, to), operations);
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  it('fail where a module is missing', () => {
    const without = new Map(files);
    without.delete(KEYS);
    expect(checkExtension(without, operations)).toContainEqual(expect.objectContaining({ rule: 'module-file', file: KEYS_XML }));
  });

  it('fail where the document has an operation more', () => {
    const found = checkExtension(files, [...operations, 'refund']);
    expect(found).toEqual([expect.objectContaining({ rule: 'operations', file: OPERATIONS })]);
  });

  it('are shown to fail one by one', () => {
    const shown = new Set<string>([...FAULTS.map(([rule]) => rule), 'module-file']);
    expect(RULES.filter((rule) => !shown.has(rule))).toEqual([]);
  });
});
