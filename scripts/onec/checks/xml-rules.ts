import { configurationOf, type Extension } from './extension';
import { type Finding, type RuleName } from './finding';
import { CLASS_IDS, FOLDERS, FORMAT_VERSION, GENERATED_TYPES, PROPERTY_ORDER, ROOT_NAMESPACES } from './metadata-format';
import { child, descendants, textAt, type XmlElement } from './xml-tree';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const LOCK_FILE = 'uuids.lock.json';

/** The mark, the declaration, and the root of every file. */
export function checkRoots({ files, documents }: Extension): Finding[] {
  return [...documents].flatMap(([file, root]) => {
    const source = files.get(file) ?? '';
    const wrong = (rule: RuleName, message: string): Finding => ({ rule, file, message });
    return [
      source.startsWith('\uFEFF') ? [] : [wrong('xml-bom', 'must begin with a byte order mark')],
      source.replace(/^\uFEFF/, '').startsWith(XML_DECLARATION) ? [] : [wrong('xml-root', 'must begin with the declaration')],
      root.attributes['xmlns'] === ROOT_NAMESPACES[root.name] ? [] : [wrong('xml-root', `strange root ${root.name}`)],
      root.attributes['version'] === FORMAT_VERSION ? [] : [wrong('xml-root', `version must be ${FORMAT_VERSION}`)],
    ].flat();
  });
}

/** Every identifier is a v4, is used once, and is the one of the lock file: a changed one loses the data of its object. */
export function checkUuids({ files, documents }: Extension): Finding[] {
  const found = [...documents].flatMap(([file, root]) => uuidsOf(root).map((uuid) => ({ file, uuid })));
  const locked = new Set(Object.values(JSON.parse(files.get(LOCK_FILE) ?? '{}') as Record<string, string>));
  const seen = new Set<string>();
  const findings = found.flatMap(({ file, uuid }) => {
    const again = seen.has(uuid);
    seen.add(uuid);
    const wrong = (rule: RuleName, message: string): Finding => ({ rule, file, message });
    return [
      UUID_V4.test(uuid) ? [] : [wrong('uuid-format', `${uuid} is no lower-case UUID v4`)],
      again ? [wrong('uuid-unique', `${uuid} is used already`)] : [],
      locked.has(uuid) ? [] : [wrong('uuid-locked', `${uuid} is not in ${LOCK_FILE}`)],
    ].flat();
  });
  const lost = [...locked].filter((uuid) => !seen.has(uuid));
  return [...findings, ...lost.map((uuid): Finding => ({ rule: 'uuid-locked', file: LOCK_FILE, message: `${uuid} is used nowhere` }))];
}

/** What makes it an extension that borrows the language by its name, and nothing else. */
export function checkConfiguration(extension: Extension): Finding[] {
  const configuration = configurationOf(extension);
  if (!configuration) return [{ rule: 'configuration', file: 'Configuration.xml', message: 'there is no configuration' }];
  const { file, element } = configuration;
  const contained = child(element, 'InternalInfo')?.children.map((one) => textAt(one, 'xr:ClassId')) ?? [];
  const property = (name: string): string => textAt(element, 'Properties', name);
  const facts: [boolean, string][] = [
    [contained.join() === CLASS_IDS.join(), 'the parts must have the class ids of the platform in their order'],
    [property('ObjectBelonging') === 'Adopted', 'ObjectBelonging must be Adopted'],
    [property('ConfigurationExtensionPurpose') === 'AddOn', 'the purpose must be AddOn'],
    [property('KeepMappingToExtendedConfigurationObjectsByIDs') === 'false', 'objects must be matched by name'],
    [property('NamePrefix') !== '', 'NamePrefix must not be empty'],
    [property('ConfigurationExtensionCompatibilityMode') === 'Version8_3_14', 'the compatibility mode must be 8.3.14'],
  ];
  return facts.filter(([holds]) => !holds).map(([, message]): Finding => ({ rule: 'configuration', file, message }));
}

/** What Configuration.xml lists is there, what is there is listed, kinds in their order. */
export function checkChildObjects(extension: Extension): Finding[] {
  const configuration = configurationOf(extension);
  const listed = child(configuration?.element, 'ChildObjects')?.children ?? [];
  const file = 'Configuration.xml';
  const paths = listed.map(({ name, text }) => `${FOLDERS[name] ?? name}/${text}.xml`);
  const present = extension.objects.filter(({ kind }) => kind in FOLDERS).map((object) => object.file);
  const kinds = Object.keys(FOLDERS);
  const places = listed.map(({ name }) => kinds.indexOf(name));
  const ordered = places.every((place, index) => place >= (places[index - 1] ?? 0));
  return [
    ...paths.filter((path) => !present.includes(path)).map((path) => `${path} is listed but does not exist`),
    ...present.filter((path) => !paths.includes(path)).map((path) => `${path} is not listed`),
    ...(ordered ? [] : ['the kinds of objects are out of order']),
  ].map((message): Finding => ({ rule: 'child-objects', file, message }));
}

/** Own names have the prefix, and a file is named for its object. */
export function checkNames(extension: Extension): Finding[] {
  const prefix = textAt(configurationOf(extension)?.element, 'Properties', 'NamePrefix');
  return extension.objects.flatMap(({ file, kind, name }) => {
    if (kind === 'Configuration') return [];
    const own = kind !== 'Language' && kind !== 'Form';
    const wrong = (message: string): Finding => ({ rule: 'object-name', file, message });
    return [
      file.endsWith(`/${name}.xml`) ? [] : [wrong(`the file must be named ${name}.xml`)],
      !own || name.startsWith(prefix) ? [] : [wrong(`${name} lacks the prefix ${prefix}`)],
    ].flat();
  });
}

/** Every property, in the order of the platform. */
export function checkPropertyOrder({ objects }: Extension): Finding[] {
  return objects.flatMap(({ file, element }) =>
    [...descendants(element)].flatMap((one) => {
      const expected = PROPERTY_ORDER[one.name];
      const properties = child(one, 'Properties');
      if (expected === undefined || !properties) return [];
      const found = properties.children.map(({ name }) => name).join(' ');
      return found === expected ? [] : [{ rule: 'property-order', file, line: one.line, message: `${one.name}: ${found}` }];
    }),
  );
}

/** The types that the platform generates are named for the object. */
export function checkGeneratedTypes({ objects }: Extension): Finding[] {
  return objects.flatMap(({ file, kind, name, element }) => {
    const categories = GENERATED_TYPES[kind]?.split(' ') ?? [];
    const expected = categories.map((category) => `${kind}${category}.${name} ${category}`);
    const internal = kind === 'Configuration' ? undefined : child(element, 'InternalInfo');
    const found = internal?.children.map(({ attributes }) => `${attributes['name']} ${attributes['category']}`) ?? [];
    return found.join() === expected.join() ? [] : [{ rule: 'generated-types', file, message: `must be ${expected.join(', ')}` }];
  });
}

/** Modules run on the server alone, and none is privileged: an extension may not have such. */
export function checkModuleFlags({ objects }: Extension): Finding[] {
  const wanted: Readonly<Record<string, string>> = {
    Global: 'false',
    ClientManagedApplication: 'false',
    Server: 'true',
    ExternalConnection: 'true',
    ClientOrdinaryApplication: 'false',
    ServerCall: 'false',
    Privileged: 'false',
  };
  return objects
    .filter(({ kind }) => kind === 'CommonModule')
    .flatMap(({ file, element }) =>
      Object.entries(wanted)
        .filter(([name, value]) => textAt(element, 'Properties', name) !== value)
        .map(([name, value]): Finding => ({ rule: 'module-flags', file, message: `${name} must be ${value}` })),
    );
}

/** Every common module, HTTP service and form has its text. */
export function checkModuleFiles({ files, objects }: Extension): Finding[] {
  return objects.flatMap(({ file, kind }) => {
    const path = MODULE_OF[kind];
    const module = file.replace(/\.xml$/, path ?? '');
    return path === undefined || files.has(module) ? [] : [{ rule: 'module-file', file, message: `${module} does not exist` }];
  });
}

const MODULE_OF: Readonly<Record<string, string>> = {
  CommonModule: '/Ext/Module.bsl',
  HTTPService: '/Ext/Module.bsl',
  Form: '/Ext/Form/Module.bsl',
};

function uuidsOf(root: XmlElement): string[] {
  const texts = new Set(['xr:TypeId', 'xr:ValueId', 'xr:ObjectId']);
  return [...descendants(root)].flatMap(({ name, attributes, text }) => [
    ...(attributes['uuid'] === undefined ? [] : [attributes['uuid']]),
    ...(texts.has(name) ? [text] : []),
  ]);
}
