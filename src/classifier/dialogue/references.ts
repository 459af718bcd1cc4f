import { type MessageWord } from '../intents/words';

/** Which of the articles talked about a message means: their indexes from the front (0 …) or from the back (-1 …). */
export interface Reference {
  kind: 'indexes' | 'first' | 'last' | 'all' | 'both';
  /** Indexes for `indexes`, the number of articles for `first` and `last`. */
  values: number[];
}

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/^(?:перв(?:ый|ого|ому|ом|ым|ая|ой|ую|ое)|first|1-?(?:й|го|му|я|ю))$/, 0],
  [/^(?:втор(?:ой|ого|ому|ом|ым|ая|ую|ое)|second|2-?(?:й|го|му|я|ю))$/, 1],
  [/^(?:трет(?:ий|ьего|ьему|ьем|ьим|ья|ьей|ью|ье)|third|3-?(?:й|го|му|я|ю))$/, 2],
  [/^(?:четверт(?:ый|ого|ому|ом|ым|ая|ой|ую)|fourth|4-?(?:й|го|му|я|ю))$/, 3],
  [/^(?:пят(?:ый|ого|ому|ом|ым|ая|ой|ую)|fifth|5-?(?:й|го|му|я|ю))$/, 4],
  [/^(?:последн(?:ий|его|ему|ем|им|яя|ей|юю|ее)|last)$/, -1],
  [/^предпоследн\p{L}+$/u, -2],
];

/** What is counted with ordinals besides articles: "второй раз", "на втором складе". */
const COUNTED_OTHERWISE =
  /^(?:раз|склад|ден|дня|день|недел|месяц|квартал|кв$|числ|час|очеред|парт|поставк|заказ|заявк|смен|сорт|половин|отгрузк|год|этаж|корпус|цех|рейс|рук|дел|закупк|приход|платеж|изменен|time|day|week|week|order|delivery|quarter)/;

const COUNTS: Readonly<Record<string, number>> = {
  двух: 2,
  два: 2,
  две: 2,
  трех: 3,
  три: 3,
  четырех: 4,
  пяти: 5,
  two: 2,
  three: 3,
};

/** Reads "по второму", "первых двух", "оба", "последнего", "все три". */
export function findReference(words: readonly MessageWord[]): Reference | null {
  const indexes: number[] = [];
  for (const [at, word] of words.entries()) {
    const next = words[at + 1]?.text ?? '';
    if (/^(?:оба|обе|обоих|обеих|обоим|обеим|both)$/.test(word.text)) return { kind: 'both', values: [] };
    if (/^(?:перв|последн)(?:ых|ым|ые)$/.test(word.text) && !COUNTED_OTHERWISE.test(next)) {
      return { kind: word.text.startsWith('перв') ? 'first' : 'last', values: [COUNTS[next] ?? 2] };
    }
    if (
      /^(?:все|всех|всем|каждо\p{L}+)$/u.test(word.text) &&
      /^(?:три|трех|трем|четыр\p{L}*|пят\p{L}*|их|они|эти|этих|этим)$/u.test(next)
    ) {
      return { kind: 'all', values: [] };
    }
    const ordinal = ORDINALS.find(([pattern]) => pattern.test(word.text));
    if (ordinal !== undefined && !COUNTED_OTHERWISE.test(next)) indexes.push(ordinal[1]);
  }
  return indexes.length > 0 ? { kind: 'indexes', values: indexes } : null;
}

/** What a reference can count in. */
export interface Countable {
  /** What the last message was about. */
  recent: readonly string[];
  /** The lists that were named, newest last. */
  lists: readonly (readonly string[])[];
  /** Everything in the order of its first mention. */
  mentioned: readonly string[];
}

/** What a reference means: counted in the last list that is long enough; nothing where there is none. */
export function resolveReference({ kind, values }: Reference, { recent, lists, mentioned }: Countable): string[] {
  const lastOf = (length: number): readonly string[] => lists.findLast((list) => list.length >= length) ?? mentioned;
  const [count = 2] = values;
  switch (kind) {
    case 'both':
      return recent.length === 2 ? [...recent] : lastOf(2).slice(-2);
    case 'all':
      return [...(recent.length > 1 ? recent : lastOf(2))];
    case 'first':
      return lastOf(Math.max(count, 2)).slice(0, count);
    case 'last':
      return lastOf(Math.max(count, 2)).slice(-count);
    case 'indexes': {
      const list = lastOf(Math.max(...values.map((value) => (value < 0 ? -value : Math.max(value + 1, 2)))));
      return values.map((value) => list.at(value)).filter((item) => item !== undefined);
    }
  }
}
