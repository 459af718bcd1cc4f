import { expressionsOf, type Method } from '../bsl/syntax';
import { type Extension, type MetadataObject, type SourceModule } from './extension';
import { type Finding, type RuleName } from './finding';
import { RIGHTS } from './metadata-format';
import { child, descendants, textAt, type XmlElement } from './xml-tree';

/** The role that the account of the bot gets. */
const SERVICE_ROLE = 'тгп_РаботаБота';
const OPERATIONS_MODULE = 'тгп_Операции';
const OPERATIONS_TABLE = 'Имена';

interface Route {
  service: MetadataObject;
  template: XmlElement;
  method: XmlElement;
}

/** Templates are paths, each once, and lead to functions of one parameter that only the platform calls. */
export function checkHandlers(extension: Extension): Finding[] {
  const templates = new Set<string>();
  return routesOf(extension).flatMap(({ service, template, method }) => {
    const path = textAt(template, 'Properties', 'Template');
    const handler = textAt(method, 'Properties', 'Handler');
    const found = handlerOf(extension.modules, service.name, handler);
    const again = templates.has(path);
    templates.add(path);
    const facts: [boolean, RuleName, string][] = [
      [path.startsWith('/'), 'http-template', `${path} must begin with a slash`],
      [!again, 'http-template', `${path} is there already`],
      [textAt(method, 'Properties', 'HTTPMethod') === 'POST', 'http-template', `${path} must be served with POST`],
      [found !== undefined, 'http-handler', `${handler} does not exist`],
      [found === undefined || found.kind === 'function', 'http-handler', `${handler} must be a function`],
      [found === undefined || found.parameters.length === 1, 'http-handler', `${handler} must take one parameter`],
      [found === undefined || !found.exported, 'http-handler', `${handler} must not be exported`],
    ];
    return facts.filter(([holds]) => !holds).map(([, rule, message]): Finding => ({ rule, file: service.file, message }));
  });
}

/** The operations that the modules know are those of the document, and a template serves each of them. */
export function checkOperations(extension: Extension): Finding[] {
  const { modules, operations } = extension;
  const module = modules.find(({ owner }) => owner === OPERATIONS_MODULE);
  const table = module?.module.methods.find(({ name }) => name === OPERATIONS_TABLE);
  const file = module?.file ?? OPERATIONS_MODULE;
  const known = table ? addedNames(table) : [];
  const templates = routesOf(extension).map(({ template }) => textAt(template, 'Properties', 'Template'));
  const served = (name: string): boolean => {
    return templates.some((template) => template === `/v1/${name}` || /^\/v1\/\{\w+\}$/.test(template));
  };
  return [
    ...operations.filter((name) => !known.includes(name)).map((name) => `${name} of docs/openapi.yaml is missing`),
    ...known.filter((name) => !operations.includes(name)).map((name) => `${name} is not in docs/openapi.yaml`),
    ...operations.filter((name) => !served(name)).map((name) => `no template serves /v1/${name}`),
  ].map((message): Finding => ({ rule: 'operations', file, message }));
}

/** Roles name what exists, give no more than they need, and are given to nobody by default. */
export function checkRoles(extension: Extension): Finding[] {
  const known = new Set(rightsTargets(extension));
  const rights = [...extension.documents].filter(([, root]) => root.name === 'Rights');
  return rights.flatMap(([file, root]) => {
    const isService = file.includes(`/${SERVICE_ROLE}/`);
    const objects = root.children.filter(({ name }) => name === 'object');
    const wrong = (message: string): Finding => ({ rule: 'role-rights', file, message });
    return [
      ...(textAt(root, 'setForNewObjects') === 'false' ? [] : [wrong('setForNewObjects must be false')]),
      ...objects.flatMap((object) => {
        const target = textAt(object, 'name');
        const allowed = isService ? serviceRights(target) : (RIGHTS[target.split('.')[0] ?? ''] ?? []);
        const given = object.children.filter(({ name }) => name === 'right').map((right) => textAt(right, 'name'));
        return [
          ...(known.has(target) ? [] : [wrong(`${target} does not exist in the extension`)]),
          ...given.filter((right) => !allowed.includes(right)).map((right) => wrong(`${target}: ${right} is not needed`)),
        ];
      }),
      ...(isService ? missingMethods(extension, objects).map((name) => wrong(`${name} is not allowed`)) : []),
    ];
  });
}

/** @returns findings where the configuration gives a role to everybody */
export function checkDefaultRoles({ documents }: Extension): Finding[] {
  const file = 'Configuration.xml';
  const root = documents.get(file);
  const given = root && [...descendants(root)].some(({ name }) => name === 'DefaultRoles');
  return given ? [{ rule: 'default-roles', file, message: 'DefaultRoles gives its roles to every user' }] : [];
}

/** Form commands and events lead to methods of the form's module. */
export function checkForms({ documents, modules }: Extension): Finding[] {
  return [...documents].flatMap(([file, root]) => {
    if (root.name !== 'Form') return [];
    const module = modules.find((one) => one.file === file.replace(/\.xml$/, '/Module.bsl'));
    const names = new Set(module?.module.methods.map(({ name }) => name));
    const handlers = [...descendants(root)].filter(({ name }) => name === 'Event' || name === 'Action');
    const ids = [...descendants(root)].filter(({ attributes }) => attributes['id'] !== undefined && attributes['id'] !== '-1');
    const elements = ids.filter(({ name }) => name !== 'Attribute' && name !== 'Command').map(({ attributes }) => attributes['id']);
    return [
      ...handlers.filter(({ text }) => !names.has(text)).map(({ text }) => `${text} does not exist in the module`),
      ...(new Set(elements).size === elements.length ? [] : ['the ids of the elements are not unique']),
    ].map((message): Finding => ({ rule: 'form', file, message }));
  });
}

function routesOf({ objects }: Extension): Route[] {
  const services = objects.filter(({ kind }) => kind === 'HTTPService');
  return services.flatMap((service) =>
    (child(service.element, 'ChildObjects')?.children ?? []).flatMap((template) =>
      (child(template, 'ChildObjects')?.children ?? []).map((method) => ({ service, template, method })),
    ),
  );
}

function handlerOf(modules: readonly SourceModule[], service: string, handler: string): Method | undefined {
  const module = modules.find(({ kind, owner }) => kind === 'http' && owner === service);
  return module?.module.methods.find(({ name }) => name === handler);
}

/** The texts that a method adds to a list. */
function addedNames(table: Method): string[] {
  return expressionsOf(table.body).flatMap((expression) => {
    if (expression.type !== 'invoke' || expression.callee.type !== 'member' || expression.callee.name !== 'Добавить') return [];
    const [added] = expression.args;
    return added?.type === 'literal' && typeof added.value === 'string' ? [added.value] : [];
  });
}

function rightsTargets(extension: Extension): string[] {
  return [
    ...extension.objects.map(({ kind, name }) => `${kind}.${name}`),
    ...routesOf(extension).map((route) => methodTarget(route)),
  ];
}

function methodTarget({ service, template, method }: Route): string {
  const path = [textAt(template, 'Properties', 'Name'), textAt(method, 'Properties', 'Name')];
  return `HTTPService.${service.name}.URLTemplate.${path[0]}.Method.${path[1]}`;
}

/** The service reads its constants and keeps its registers; people look at them with other roles. */
function serviceRights(target: string): readonly string[] {
  if (target.startsWith('HTTPService.')) return ['Use'];
  return target.startsWith('InformationRegister.') ? ['Read', 'Update'] : ['Read'];
}

function missingMethods(extension: Extension, objects: readonly XmlElement[]): string[] {
  const granted = new Set(objects.map((object) => textAt(object, 'name')));
  return routesOf(extension)
    .map((route) => methodTarget(route))
    .filter((target) => !granted.has(target));
}
