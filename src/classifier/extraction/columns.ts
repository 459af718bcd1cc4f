import { type Folded } from '../text/fold';
import { type Candidate } from './candidate';

/** Without the numbers of a quantity column: a line that is a code and a short number, in a table of such lines. */
export function withoutColumns(folded: Folded, candidates: readonly Candidate[]): Candidate[] {
  const pairs = byLine(folded, candidates).filter((line) => line.length === 2);
  const dropped = new Set<Candidate>();
  for (const [first, second] of pairs) {
    if (first === undefined || second === undefined || second.lexeme.kind !== 'number') continue;
    const between = folded.text.slice(first.lexeme.end, second.lexeme.start);
    const isColumn = between.includes('\t') || (pairs.length > 1 && /^ {0,3}[-;:=]? {0,3}$/.test(between));
    if (isColumn && second.lexeme.text.length < 6 && first.role === 'article') dropped.add(second);
  }
  return candidates.map((candidate) => (dropped.has(candidate) ? { ...candidate, role: 'none' } : candidate));
}

function byLine({ text }: Folded, candidates: readonly Candidate[]): Candidate[][] {
  const lines: Candidate[][] = [];
  let lineEnd = -1;
  for (const candidate of candidates) {
    if (candidate.lexeme.start > lineEnd) {
      const next = text.indexOf('\n', candidate.lexeme.start);
      lineEnd = next < 0 ? text.length : next;
      lines.push([]);
    }
    lines.at(-1)?.push(candidate);
  }
  return lines;
}
