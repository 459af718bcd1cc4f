import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The folder of the extension as the Designer dumps it. */
export const EXTENSION_FOLDER = resolve(__dirname, '../../onec');

/** Paths with slashes, relative to the folder of the extension, and the text of each file. */
export type ExtensionFiles = ReadonlyMap<string, string>;

/** Reads what the Designer loads: `.xml` and `.bsl`, and the lock file of the identifiers. */
export function readExtension(folder = EXTENSION_FOLDER): ExtensionFiles {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => /\.(?:xml|bsl)$|^uuids\.lock\.json$/.test(name) && !name.startsWith('publication'))
      .sort()
      .map((name) => [
        relative(folder, join(folder, name)).split(sep).join('/'),
        readFileSync(join(folder, name), 'utf8'),
      ]),
  );
}

/** @returns the text of a file; throws where there is none */
export function fileText(files: ExtensionFiles, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`onec/${path} does not exist`);
  return text;
}

/** @returns where the Designer keeps the text of a common module */
export function modulePath(module: string): string {
  return `CommonModules/${module}/Ext/Module.bsl`;
}
