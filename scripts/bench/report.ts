import { type Figure } from './figure';
import { type Machine } from './machine';

export interface ScenarioResult {
  name: string;
  title: string;
  figures: Figure[];
}

const HEADER = ['', 'bot', 'floor', 'times', 'target', '', 'load'];

export function machineLine({ cpu, cores, memoryGb, node, platform, load, flushMs }: Machine): string {
  return (
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}, load ${load.toFixed(1)}, ` +
    `disk flush ${flushMs.toFixed(2)} ms. One core serves the process under measurement, another the fakes.`
  );
}

/** A table of all scenarios: a line for the title of each, a line for each figure. */
export function table(results: readonly ScenarioResult[]): string {
  const rows = results.map(({ title, figures }) => ({ title, cells: figures.map(cellsOf) }));
  const all = [HEADER, ...rows.flatMap(({ cells }) => cells)];
  const widths = HEADER.map((_, column) => Math.max(...all.map((cells) => cells[column]!.length)));
  const line = (cells: string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return [line(HEADER), ...rows.flatMap(({ title, cells }) => [title, ...cells.map(line)])].join('\n');
}

export function targetsLine(results: readonly ScenarioResult[]): string {
  const targets = results.flatMap(({ figures }) => figures.flatMap(({ target }) => target ?? []));
  return `${targets.filter(({ met }) => met).length} of ${targets.length} targets met`;
}

function cellsOf({ name, unit, bot, floor, target, load }: Figure): string[] {
  const times = bot !== undefined && floor ? `${(bot / floor).toFixed(1)}x` : '';
  return [
    `  ${name}, ${unit}`,
    rounded(bot),
    rounded(floor),
    unit === 'requests' || unit === '%' ? '' : times,
    target?.text ?? '',
    target ? (target.met ? 'met' : 'MISSED') : '',
    load.toFixed(1),
  ];
}

function rounded(value: number | undefined): string {
  if (value === undefined) return '-';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
