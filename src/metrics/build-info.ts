import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Gauge, type Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-name';

const PACKAGE = 'supplier-bot';

/** Registers the version of the product as a label of a sample that is always 1. */
export function registerBuildInfo(registry: Registry): void {
  new Gauge({
    name: `${METRIC_PREFIX}build_info`,
    help: 'Always 1; the version of the bot and of Node that runs it',
    labelNames: ['version', 'node_version'],
    registers: [registry],
  }).set({ version: versionOf(__dirname), node_version: process.versions.node }, 1);
}

/** Of the package that the folder lies in, however deep a build put it. */
function versionOf(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name === PACKAGE && version) return version;
  }
  const parent = dirname(folder);
  return parent === folder ? 'unknown' : versionOf(parent);
}
