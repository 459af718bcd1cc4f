import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Intent, INTENTS } from '../../src/classifier/understanding';

/** What a message is expected to be understood as. */
export interface Expectation {
  intents: Intent[];
  articles: string[];
  order: string | null;
}

export interface Message extends Expectation {
  text: string;
  tags: string[];
}

export interface Dialogue {
  /** With the hours of silence before each. */
  turns: { text: string; expect: Expectation; afterHours: number }[];
}

export type Samples = { kind: 'messages'; messages: Message[] } | { kind: 'dialogues'; dialogues: Dialogue[] };

/** A file that cannot be used; the message says where and why. */
export class BadSamplesError extends Error {}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function text(value: Json, where: string): string {
  if (typeof value.text !== 'string' || value.text === '')
    throw new BadSamplesError(`${where}: "text" must be a non-empty string`);
  return value.text;
}

function expectation(value: unknown, where: string): Expectation {
  if (!isObject(value)) throw new BadSamplesError(`${where}: expected an object with intents, articles and order`);
  const { intents, articles = [], order = null } = value;
  if (!isStrings(intents) || intents.length === 0)
    throw new BadSamplesError(`${where}: "intents" must be a non-empty list of strings`);
  const unknown = intents.find((intent) => !INTENTS.some((known) => known === intent));
  if (unknown !== undefined)
    throw new BadSamplesError(`${where}: unknown intent "${unknown}"; known are ${INTENTS.join(', ')}`);
  if (!isStrings(articles)) throw new BadSamplesError(`${where}: "articles" must be a list of strings`);
  if (order !== null && typeof order !== 'string')
    throw new BadSamplesError(`${where}: "order" must be a string or null`);
  return { intents: intents as Intent[], articles, order };
}

/** Reads labelled lines: messages, or dialogues where the lines have `turns`. @throws BadSamplesError with the line number */
export function parseSamples(content: string, name: string): Samples {
  const messages: Message[] = [];
  const dialogues: Dialogue[] = [];
  content.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const where = `${name}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new BadSamplesError(`${where}: not JSON (${(error as Error).message})`);
    }
    if (!isObject(value)) throw new BadSamplesError(`${where}: a line must be a JSON object`);
    if (Array.isArray(value.turns)) {
      const turns = value.turns.map((turn: unknown, at) => {
        const place = `${where}, turn ${at + 1}`;
        if (!isObject(turn)) throw new BadSamplesError(`${place}: a turn must be a JSON object`);
        const { after_hours: afterHours = 0 } = turn;
        if (typeof afterHours !== 'number' || afterHours < 0)
          throw new BadSamplesError(`${place}: "after_hours" must be a number of hours`);
        return { text: text(turn, place), expect: expectation(turn.expect, place), afterHours };
      });
      dialogues.push({ turns });
    } else {
      const tags = isStrings(value.tags) ? value.tags : [];
      messages.push({ text: text(value, where), ...expectation(value, where), tags });
    }
    if (messages.length > 0 && dialogues.length > 0)
      throw new BadSamplesError(`${where}: messages and dialogues in one file`);
  });
  if (messages.length === 0 && dialogues.length === 0) throw new BadSamplesError(`${name}: no labelled line in it`);
  return dialogues.length > 0 ? { kind: 'dialogues', dialogues } : { kind: 'messages', messages };
}

/** @throws BadSamplesError where the file cannot be read or a line is wrong */
export function readSamples(file: string): Samples {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadSamplesError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
  return parseSamples(content, file);
}

/** Tells the same messages again, in whatever order and under whatever name their file is. */
export function digestOf(messages: readonly Message[]): string {
  const texts = messages.map(({ text }) => text).sort();
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
}
