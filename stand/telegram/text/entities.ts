import { type EntityType, type MessageEntity } from '../bot-api.types';
import { LIMITS } from '../limits';

/** Styles that may lie within one another and that join where two of the same kind touch. */
const STYLES: readonly EntityType[] = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
const QUOTES: readonly EntityType[] = ['blockquote', 'expandable_blockquote'];
const MONOSPACE: readonly EntityType[] = ['code', 'pre'];

interface Range {
  offset: number;
  length: number;
}

export const endOf = (range: Range): number => range.offset + range.length;

export const overlap = (a: Range, b: Range): boolean => a.offset < endOf(b) && b.offset < endOf(a);

/** Where an entity may not lie over another one: all but styles and quotes. */
export const isExclusive = (entity: MessageEntity): boolean =>
  !STYLES.includes(entity.type) && !QUOTES.includes(entity.type);

const rank = (type: EntityType): number => (QUOTES.includes(type) ? 0 : STYLES.includes(type) ? 2 : 1);

const byPlace = (a: MessageEntity, b: MessageEntity): number =>
  a.offset - b.offset || b.length - a.length || rank(a.type) - rank(b.type);

/**
 * Puts entities into the form in which Telegram hands them out: sorted, without empty ones, styles of one kind
 * joined, no style within monospace text, no link within a link, at most 100.
 */
export function normaliseEntities(entities: readonly MessageEntity[]): MessageEntity[] {
  if (entities.length === 0) {
    return [];
  }
  const exclusive = withoutOverlap(entities.filter((entity) => entity.length > 0 && isExclusive(entity)));
  const quotes = withoutOverlap(entities.filter((entity) => entity.length > 0 && QUOTES.includes(entity.type)));
  const monospace = exclusive.filter((entity) => MONOSPACE.includes(entity.type));
  const styles = STYLES.flatMap((type) =>
    without(joined(entities.filter((entity) => entity.type === type)), monospace).map(
      ({ offset, length }): MessageEntity => ({ type, offset, length }),
    ),
  );
  return [...exclusive, ...quotes, ...styles].sort(byPlace).slice(0, LIMITS.entities);
}

/** Adds what Telegram finds by itself in a text, except where the sender's own entities leave no room. */
export function withDetected(own: MessageEntity[], detected: readonly MessageEntity[]): MessageEntity[] {
  if (detected.length === 0) {
    return own;
  }
  const taken = own.filter(isExclusive);
  const free = detected.filter((entity) => !taken.some((other) => overlap(other, entity)));
  return [...own, ...free].sort(byPlace).slice(0, LIMITS.entities);
}

function withoutOverlap(entities: MessageEntity[]): MessageEntity[] {
  const kept: MessageEntity[] = [];
  for (const entity of entities.sort(byPlace)) {
    const last = kept.at(-1);
    if (last === undefined || endOf(last) <= entity.offset) {
      kept.push(entity);
    }
  }
  return kept;
}

function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = result.at(-1);
    if (last !== undefined && range.offset <= endOf(last)) {
      last.length = Math.max(endOf(last), endOf(range)) - last.offset;
    } else if (range.length > 0) {
      result.push({ offset: range.offset, length: range.length });
    }
  }
  return result;
}

function without(ranges: Range[], holes: readonly Range[]): Range[] {
  return holes.reduce<Range[]>(
    (rest, hole) =>
      rest.flatMap((range) => {
        if (!overlap(range, hole)) {
          return [range];
        }
        const before = { offset: range.offset, length: hole.offset - range.offset };
        const after = { offset: endOf(hole), length: endOf(range) - endOf(hole) };
        return [before, after].filter((part) => part.length > 0);
      }),
    ranges,
  );
}
