/**
 * A message in one spelling of every character, with the way back: character i of `text` and `cased` comes from the
 * original at `at[i]`, so that what is found here can be cut from the original exactly as it was written.
 */
export interface Folded {
  original: string;
  /** Dashes, quotes, spaces and compatibility forms unified, letters as cased. */
  cased: string;
  /** `cased` in lower case with ё as е; of the same length. */
  text: string;
  at: number[];
}

const PLAIN = /[\n !-~\u0400-\u045F]/;
const DASH = /[\p{Pd}\u2212]/u;
const QUOTE = /["«»„“”‟‹›‚‘’‛`´]/u;
const WITHOUT_WIDTH = /[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]/u;
const ALL_WITHOUT_WIDTH = /[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]/gu;
const SPACE = /[^\S\n]/u;
const COMBINING = /\p{Mn}/u;

/** Longest message that Telegram delivers; what is beyond is not looked at. */
export const MAX_LENGTH = 4096;

function foldCluster(cluster: string): string {
  if (cluster === '№') return cluster;
  if (cluster === '\t') return '\t';
  if (cluster === '\r') return '';
  if (WITHOUT_WIDTH.test(cluster)) return cluster.replace(ALL_WITHOUT_WIDTH, '');
  if (DASH.test(cluster)) return '-';
  if (QUOTE.test(cluster)) return '"';
  if (SPACE.test(cluster)) return ' ';
  return cluster.normalize('NFKC').replace(/\s/g, ' ');
}

/** Lower case that keeps the length; the few letters that grow (İ) stay as they are. */
function lower(text: string): string {
  const lowered = text.toLowerCase();
  if (lowered.length === text.length) return lowered.replace(/ё/g, 'е');
  return Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char))
    .join('')
    .replace(/ё/g, 'е');
}

/** Unifies the characters of a message (NFKC and what it leaves); what is beyond 4,096 characters is dropped. */
export function fold(message: string): Folded {
  const original = message.slice(0, MAX_LENGTH);
  let cased = '';
  const at: number[] = [];
  let index = 0;
  while (index < original.length) {
    const char = String.fromCodePoint(original.codePointAt(index) ?? 0);
    let end = index + char.length;
    // A letter and its accents are one character: "й" typed on a Mac may be "и" and a breve.
    let marks = 0;
    while (end < original.length && marks < 4 && COMBINING.test(original.charAt(end))) {
      end += 1;
      marks += 1;
    }
    const cluster = original.slice(index, end);
    const folded = marks === 0 && PLAIN.test(cluster) && !QUOTE.test(cluster) ? cluster : foldCluster(cluster);
    cased += folded;
    for (let i = 0; i < folded.length; i += 1) at.push(index);
    index = end;
  }
  at.push(original.length);
  return { original, cased, text: lower(cased), at };
}

/** The original's characters behind a stretch of the folded text. */
export function cut(folded: Folded, start: number, end: number): string {
  return folded.original.slice(folded.at[start], folded.at[end]).trim();
}
