import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Intent, INTENTS } from '../../src/classifier/understanding';
import { readSamples } from '../eval/samples';
import { madeUp } from './fillers';
import { expand, type Filled } from './templates';

export interface Sentence {
  text: string;
  intents: Intent[];
  /** A whole message with labels, as people write it, rather than a sentence or template of one. */
  isMessage?: true;
}

/** A sentence of the templates, with the articles, documents and product that were put in. */
export type TemplateSentence = Sentence & Omit<Filled, 'text'> & { template: number };

const OWN = path.resolve(__dirname, 'own-sentences.txt');
const TEMPLATES = path.resolve(__dirname, 'own');

function intentsOf(names: string, where: string): Intent[] {
  return names.split('+').map((name) => {
    const intent = INTENTS.find((each) => each === name);
    if (intent === undefined) throw new Error(`${where}: no intent "${name}"`);
    return intent;
  });
}

const lines = (file: string): string[] => readFileSync(file, 'utf8').split(/\r?\n/);
const unescaped = (text: string): string => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');

/** The project's own single sentences. @throws where a line names no known intent */
export function singleSentences(): Sentence[] {
  return lines(OWN).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const bar = line.indexOf(' | ');
    return [
      {
        intents: intentsOf(line.slice(0, Math.max(bar, 0)), `${OWN}:${index + 1}`),
        text: unescaped(line.slice(bar + 3)),
      },
    ];
  });
}

const ownFiles = (extension: string): string[] =>
  readdirSync(TEMPLATES)
    .filter((name) => name.endsWith(extension))
    .sort();

/** The project's own labelled messages, in the format of a file given to the training. */
export function ownMessages(): Sentence[] {
  return ownFiles('.jsonl').flatMap((name) => {
    const samples = readSamples(path.join(TEMPLATES, name));
    return samples.kind === 'messages' ? samples.messages.map((one) => ({ ...one, isMessage: true as const })) : [];
  });
}

/** What the templates of the folder `own` make: a heading `[intent+intent]`, then a template a line. */
export function templateSentences(): TemplateSentence[] {
  const sentences: TemplateSentence[] = [];
  let template = 0;
  for (const name of ownFiles('.txt')) {
    const file = path.join(TEMPLATES, name);
    let intents: Intent[] | null = null;
    for (const [index, line] of lines(file).entries()) {
      const where = `${file}:${index + 1}`;
      const heading = /^\[([a-z+]+)\]$/.exec(line)?.[1];
      if (heading !== undefined) intents = intentsOf(heading, where);
      else if (line.trim() !== '' && !line.startsWith('#')) {
        if (intents === null) throw new Error(`${where}: no heading such as [stock] before the first template`);
        template += 1;
        for (const filled of expand(unescaped(line), madeUp, template)) {
          if (filled.text !== '') sentences.push({ ...filled, intents, template });
        }
      }
    }
  }
  return sentences;
}

/** All of the project's own sentences, each text once. */
export function ownSentences(): Sentence[] {
  const seen = new Set<string>();
  return [...ownMessages(), ...singleSentences(), ...templateSentences()].filter(({ text }) => {
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
