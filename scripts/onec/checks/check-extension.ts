import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { type ExtensionFiles } from '../extension-files';
import * as style from './bsl-style-rules';
import * as usage from './bsl-usage-rules';
import { type Extension, openExtension } from './extension';
import { type Finding } from './finding';
import * as query from './query-rules';
import * as service from './service-rules';
import * as xml from './xml-rules';

type Check = (extension: Extension) => Finding[];

const CHECKS: readonly Check[] = [
  ...Object.values(xml),
  ...Object.values(service),
  ...Object.values(style),
  ...Object.values(usage),
  ...Object.values(query),
].filter((one): one is Check => typeof one === 'function');

/**
 * Everything that can be said of the extension without a platform.
 *
 * @param files the extension, see readExtension
 * @param operations that the document of the contract names
 * @returns what is wrong; what cannot be parsed is told alone, since everything else would follow from it
 */
export function checkExtension(files: ExtensionFiles, operations: readonly string[]): Finding[] {
  const extension = openExtension(files, operations);
  return extension.broken.length > 0 ? [...extension.broken] : CHECKS.flatMap((check) => check(extension));
}

/** @returns the operations that the accounting system serves, by `docs/openapi.yaml` */
export function documentedOperations(): string[] {
  const text = readFileSync(resolve(__dirname, '../../../docs/openapi.yaml'), 'utf8');
  const { paths } = parse(text) as { paths: Record<string, unknown> };
  return Object.keys(paths).flatMap((path) => /^\/v1\/(\w+)$/.exec(path)?.[1] ?? []);
}
