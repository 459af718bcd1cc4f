export type TokenKind = 'word' | 'keyword' | 'number' | 'string' | 'date' | 'operator' | 'directive' | 'preprocessor' | 'end';

/** A piece of a module's text; comments are kept apart (`Scan.comments`). */
export interface Token {
  kind: TokenKind;
  /** As written; of a string the text between the quotes, lines joined and doubled quotes undone. */
  text: string;
  line: number;
}

export interface Comment {
  /** After the slashes. */
  text: string;
  line: number;
  /** Whether the line has nothing else. */
  alone: boolean;
}

export interface Scan {
  tokens: Token[];
  comments: Comment[];
}

/** The module's text does not follow the grammar of the language. */
export class BslSyntaxError extends Error {
  override readonly name = 'BslSyntaxError';

  constructor(
    message: string,
    readonly line: number,
  ) {
    super(`line ${line}: ${message}`);
  }
}

/** Reserved words in their canonical spelling. */
export const KEYWORDS: ReadonlyMap<string, string> = new Map(
  [
    ...['Если', 'Тогда', 'ИначеЕсли', 'Иначе', 'КонецЕсли', 'Для', 'Каждого', 'Из', 'По', 'Цикл', 'КонецЦикла', 'Пока'],
    ...['Процедура', 'КонецПроцедуры', 'Функция', 'КонецФункции', 'Перем', 'Возврат', 'Экспорт', 'Знач', 'Прервать'],
    ...['Продолжить', 'Попытка', 'Исключение', 'КонецПопытки', 'ВызватьИсключение', 'И', 'Или', 'Не', 'Истина', 'Ложь'],
    ...['Неопределено', 'Null', 'Новый', 'Перейти', 'Выполнить', 'ДобавитьОбработчик', 'УдалитьОбработчик'],
    ...['Асинх', 'Ждать'],
  ].map((word) => [word.toLowerCase(), word]),
);

const OPERATORS = ['<>', '<=', '>=', '=', '<', '>', '+', '-', '*', '/', '%', '(', ')', '[', ']', ',', ';', '.', '?', ':', '~'];
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /\d+(?:\.\d+)?/y;

/** Cuts a module into tokens. Throws BslSyntaxError. */
export function scan(source: string): Scan {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let at = 0;
  let line = 1;
  let lineHasToken = false;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const add = (kind: TokenKind, text: string, length = text.length): void => {
    tokens.push({ kind, text, line });
    lineHasToken = true;
    at += length;
  };

  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\n') {
      line += 1;
      at += 1;
      lineHasToken = false;
    } else if (/\s/.test(char)) {
      at += 1;
    } else if (source.startsWith('//', at)) {
      const text = match(/[^\n]*/y) ?? '';
      comments.push({ text: text.slice(2), line, alone: !lineHasToken });
      at += text.length;
    } else if (char === '#' || char === '&') {
      add(char === '#' ? 'preprocessor' : 'directive', (match(/[^\n]*/y) ?? '').trimEnd());
    } else if (char === '"') {
      const { text, length, lines } = readString(source, at, line);
      add('string', text, length);
      line += lines;
    } else if (char === "'") {
      add('date', match(/'[^'\n]*'/y) ?? fail('a date is not closed', line));
    } else if (/\d/.test(char)) {
      add('number', match(NUMBER) ?? '');
    } else {
      const word = match(WORD);
      if (word !== undefined) {
        const afterDot = tokens.at(-1)?.kind === 'operator' && tokens.at(-1)?.text === '.';
        add(!afterDot && KEYWORDS.has(word.toLowerCase()) ? 'keyword' : 'word', word);
      } else {
        add('operator', OPERATORS.find((operator) => source.startsWith(operator, at)) ?? fail(`unexpected "${char}"`, line));
      }
    }
  }
  tokens.push({ kind: 'end', text: '', line });
  return { tokens, comments };
}

function fail(message: string, line: number): never {
  throw new BslSyntaxError(message, line);
}

/** A literal may go on over several lines, each beginning with a vertical bar. */
function readString(source: string, start: number, line: number): { text: string; length: number; lines: number } {
  let text = '';
  let lines = 0;
  let at = start + 1;
  for (;;) {
    const char = source.charAt(at);
    if (char === '"' && source.charAt(at + 1) === '"') {
      text += '"';
      at += 2;
    } else if (char === '"') {
      return { text, length: at + 1 - start, lines };
    } else if (char === '\n') {
      const next = /\n[ \t]*\|/y;
      next.lastIndex = at;
      const bar = next.exec(source)?.[0] ?? fail('a string is not closed', line + lines);
      text += '\n';
      lines += 1;
      at += bar.length;
    } else if (char === '') {
      fail('a string is not closed', line + lines);
    } else {
      text += char;
      at += 1;
    }
  }
}
