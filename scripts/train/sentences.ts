import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Intent, INTENTS } from '../../src/classifier/understanding';

export interface Sentence {
  text: string;
  intents: Intent[];
}

const OWN = path.resolve(__dirname, 'own-sentences.txt');

/** The project's own sentences. @throws where a line names no known intent */
export function ownSentences(): Sentence[] {
  return readFileSync(OWN, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === '' || line.startsWith('#')) return [];
      const bar = line.indexOf(' | ');
      const intents = line.slice(0, bar).split('+');
      const known = intents.filter((intent): intent is Intent => INTENTS.some((each) => each === intent));
      if (bar < 0 || known.length !== intents.length)
        throw new Error(`${OWN}:${index + 1}: no known intent before the bar`);
      return [
        {
          text: line
            .slice(bar + 3)
            .replaceAll('\\n', '\n')
            .replaceAll('\\t', '\t'),
          intents: known,
        },
      ];
    });
}
