import { parseText } from '../bsl/parsed-text';
import { type Module } from '../bsl/syntax';
import { BslSyntaxError, type Scan } from '../bsl/tokens';
import { type ExtensionFiles } from '../extension-files';
import { type Finding } from './finding';
import { parseXml, textAt, type XmlElement } from './xml-tree';

/** A module of the extension that could be parsed. */
export interface SourceModule {
  file: string;
  /** Of the object that it belongs to. */
  owner: string;
  kind: 'common' | 'http' | 'form' | 'recordSet';
  source: string;
  lines: string[];
  scan: Scan;
  module: Module;
}

/** A metadata object: an element right under `MetaDataObject`. */
export interface MetadataObject {
  file: string;
  kind: string;
  name: string;
  element: XmlElement;
}

/** The extension as the checks look at it. */
export interface Extension {
  files: ExtensionFiles;
  /** The operations of `docs/openapi.yaml` that the accounting system serves. */
  operations: readonly string[];
  documents: ReadonlyMap<string, XmlElement>;
  objects: readonly MetadataObject[];
  modules: readonly SourceModule[];
  /** What could not be parsed. */
  broken: readonly Finding[];
}

/** Parses everything that can be parsed. */
export function openExtension(files: ExtensionFiles, operations: readonly string[]): Extension {
  const broken: Finding[] = [];
  const documents = new Map<string, XmlElement>();
  const modules: SourceModule[] = [];
  for (const [file, source] of files) {
    try {
      if (file.endsWith('.xml')) documents.set(file, parseXml(source));
      else if (file.endsWith('.bsl')) modules.push(openModule(file, source));
    } catch (error) {
      const rule = file.endsWith('.xml') ? 'xml-well-formed' : 'bsl-syntax';
      const line = error instanceof BslSyntaxError ? error.line : undefined;
      broken.push({ rule, file, line, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { files, operations, documents, objects: objectsOf(documents), modules, broken };
}

/** @returns the configuration of the extension */
export function configurationOf({ objects }: Extension): MetadataObject | undefined {
  return objects.find(({ kind }) => kind === 'Configuration');
}

function objectsOf(documents: ReadonlyMap<string, XmlElement>): MetadataObject[] {
  return [...documents].flatMap(([file, root]) => {
    if (root.name !== 'MetaDataObject') return [];
    return root.children.map((element) => ({
      file,
      kind: element.name,
      name: textAt(element, 'Properties', 'Name'),
      element,
    }));
  });
}

function openModule(file: string, source: string): SourceModule {
  const text = source.replace(/^\uFEFF/, '');
  const owner = file.split('/')[1] ?? '';
  const kind = kindOf(file);
  return { file, owner, kind, source, lines: text.split('\n'), ...parseText(source) };
}

function kindOf(file: string): SourceModule['kind'] {
  if (file.startsWith('HTTPServices/')) return 'http';
  if (file.includes('/Forms/')) return 'form';
  return file.endsWith('RecordSetModule.bsl') ? 'recordSet' : 'common';
}
