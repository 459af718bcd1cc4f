import { LIMITS } from '../limits';

/**
 * Cuts a long text as applications do before they send it: at most 4096 characters each, at the end of a line or of a
 * word where there is one in the second half.
 */
export function splitText(text: string, limit: number = LIMITS.textCharacters): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = [rest.lastIndexOf('\n', limit), rest.lastIndexOf(' ', limit)].find((at) => at > limit / 2) ?? limit;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}
