import { parseModule } from './parser';
import { type Module } from './syntax';
import { type Scan, scan } from './tokens';

export interface ParsedText {
  scan: Scan;
  module: Module;
}

const parsed = new Map<string, ParsedText>();

/** Parses the text of a module, each text once: tests come back to the same modules. Throws BslSyntaxError. */
export function parseText(source: string): ParsedText {
  const text = source.replace(/^\uFEFF/, '');
  const known = parsed.get(text);
  if (known) return known;
  const result = { scan: scan(text), module: parseModule(text) };
  parsed.set(text, result);
  return result;
}
