import { isGoodsWord, isRussianWord } from '../../classifier/text/lexicon';
import { isGivenName } from './given-names';

/** What stands in the place of each name. */
export const NAME = '[имя]';

/** Words in a name at most, after "меня зовут" or beside another one. */
const WORDS_OF_NAME = 3;

const WORD = /\p{L}[\p{L}'’-]*/gu;
const CAPITALISED = /^\p{Lu}/u;
const PATRONYMIC = /^\p{L}{2,}(?:(?:ов|ев)ич|ьич|мич|(?:ов|ев)н|иничн)(?:а|у|ем|ом|е|ы|ой|)$/iu;
/** Endings that common words rarely have. */
const SURNAME =
  /^\p{L}{2,}(?:(?:ов|ев|ёв)(?:а|у|ым|е|ой|ы|ых|)|ск(?:ий|ая|ого|ому|им|ую)|цк(?:ий|ая|ого|ому|им|ую)|енко|швили|адзе|идзе)$/iu;
/** Endings of surnames that many other words have as well: they count beside a name. */
const SURNAME_BESIDE =
  /^\p{L}{2,}(?:(?:ин|ын|ян|ук|юк|ак|ик|ко|ец|ер|ич|их|ых|ой|ай|ей|ль|ман|берг)(?:а|у|ым|ом|е|ой|)|ов|ев|ёв|а|ов|s|n|r)$/iu;
/** "Иванов И. И.", "И. И. Иванов". */
const WITH_INITIALS =
  /(?<![\p{L}\d])(?:\p{Lu}\p{L}+(?:-\p{Lu}\p{L}+)?[^\S\r\n]{1,2}\p{Lu}\.[^\S\r\n]?\p{Lu}(?:\.|(?![\p{L}\d]))|\p{Lu}\.[^\S\r\n]?\p{Lu}\.[^\S\r\n]?\p{Lu}\p{L}+)/gu;
/** After these a name follows, whatever it looks like; small letters do as well. */
const INTRODUCED =
  /(?<!\p{L})(?:(?:меня|мо[её] имя|имя|е[её]|его|менеджера|водителя) зовут|мо[её] имя|my name is|i am called)[ ,:—–-]{1,3}$/iu;
/** After these capitalised words are a name. */
const SIGNED =
  /(?<!\p{L})(?:с(?: наилучшими пожеланиями|[ ]?уважением|[ ]?ув\.?)|ип|индивидуальн\p{L}+ предпринимател\p{L}+|г-(?:н|жа|ну|же)|господин\p{L}*|госпож\p{L}+|(?:kind |best |warm )?regards|sincerely(?: yours)?|mr\.?|mrs\.?|ms\.?)[\s,:—–-]{1,4}$/iu;
/** After these a capitalised word that no table knows is a name. */
const POST =
  /(?<!\p{L})(?:менеджер\p{L}*|директор\p{L}*|бухгалтер\p{L}*|водител\p{L}*|закупщи\p{L}*|логист\p{L}*|кладовщи\p{L}*|снабжен\p{L}*|эксп[её]дитор\p{L}*|начальник\p{L}*|товаровед\p{L}*|оператор\p{L}*|коллег\p{L}*|контакт(?:ное лицо)?|от|для|это|manager|driver|accountant|dear|hi|hello)[ ,:—–-]{1,3}$/iu;
const SENTENCE_START = /(?:^|[.!?…\n]|[)\]]\s)\s*$/u;

/** As far back as anything above looks. */
const BEFORE = 48;

interface Token {
  start: number;
  end: number;
  text: string;
  isName: boolean;
}

/** A capital and small letters; capitals alone are an abbreviation, or all of the message is in them. */
const isWrittenAsName = ({ text }: Token): boolean => CAPITALISED.test(text) && text !== text.toUpperCase();

const isUnknown = ({ text }: Token): boolean => {
  const small = text.toLowerCase().replaceAll('ё', 'е');
  return !isRussianWord(small) && !isGoodsWord(small);
};

/**
 * Puts a stand-in for the names of people: given names, patronymics, surnames beside them or with initials, and who is
 * introduced or signs. It would rather take a word too many than leave a name.
 *
 * @param known names that are known to occur, such as those of the chat's profile
 */
export function maskNames(text: string, known: readonly string[] = []): string {
  const withoutInitials = text.replace(WITH_INITIALS, NAME);
  const tokens = tokensOf(withoutInitials);
  const own = known.flatMap((name) => name.match(WORD) ?? []).filter((word) => word.length > 1);
  for (const token of tokens)
    token.isName = isGivenName(token.text) || PATRONYMIC.test(token.text) || isKnown(token, own);
  tokens.forEach((token, index) => markIntroduced(withoutInitials, tokens, index, token));
  for (const [index, token] of tokens.entries()) {
    if (token.isName) continue;
    const isBeside = isNameBeside(withoutInitials, tokens, index);
    token.isName = isBeside ? isSurnameBeside(token) : isSurname(withoutInitials, token);
  }
  return replaceNames(withoutInitials, tokens);
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(WORD)]
    .filter(({ index, 0: word }) => {
      // Letters of an article, of an address or of a stand-in are no words.
      const around = `${text.charAt(index - 1)}${text.charAt(index + word.length)}`;
      return !/[\d@/\\_\]]/.test(around);
    })
    .map(({ index, 0: word }) => ({ start: index, end: index + word.length, text: word, isName: false }));
}

/** A known name in any case of the declension. */
function isKnown({ text }: Token, known: readonly string[]): boolean {
  const small = text.toLowerCase().replaceAll('ё', 'е');
  return known.some((name) => {
    const whole = name.toLowerCase().replaceAll('ё', 'е');
    if (small === whole) return true;
    const stem = whole.replace(/[аеиоуыэюяйь]$/u, '');
    return CAPITALISED.test(text) && stem.length > 2 && small.startsWith(stem) && small.length <= whole.length + 2;
  });
}

function markIntroduced(text: string, tokens: Token[], index: number, token: Token): void {
  const before = text.slice(Math.max(0, token.start - BEFORE), token.start);
  if (INTRODUCED.test(before)) token.isName = true;
  else if (SIGNED.test(before)) token.isName = token.isName || CAPITALISED.test(token.text);
  else if (POST.test(before)) token.isName = token.isName || (isWrittenAsName(token) && isUnknown(token));
  else return;
  if (!token.isName) return;
  for (const next of tokens.slice(index + 1, index + WORDS_OF_NAME)) {
    const gap = text.slice(token.end, next.start);
    if (!/^(?:[^\S\r\n]*\p{L}[^\S\r\n]*)*[^\S\r\n]+$/u.test(gap.replace(/\p{L}[\p{L}'’-]*/gu, 'x'))) return;
    if (!CAPITALISED.test(next.text)) return;
    next.isName = true;
  }
}

function isNameBeside(text: string, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const isGap = (start: number, end: number): boolean => /^[^\S\r\n]{1,2}$/.test(text.slice(start, end));
  return (
    token !== undefined &&
    ((before !== undefined && before.isName && isGap(before.end, token.start)) ||
      (after !== undefined && after.isName && isGap(token.end, after.start)))
  );
}

function isSurnameBeside(token: Token): boolean {
  if (!isUnknown(token)) return false;
  return SURNAME.test(token.text) || (CAPITALISED.test(token.text) && SURNAME_BESIDE.test(token.text));
}

function isSurname(text: string, token: Token): boolean {
  if (!isWrittenAsName(token)) return false;
  const isFirst = SENTENCE_START.test(text.slice(Math.max(0, token.start - BEFORE), token.start));
  return !isFirst && SURNAME.test(token.text) && isUnknown(token);
}

/** Names that stand side by side are one person. */
function replaceNames(text: string, tokens: readonly Token[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, isName } of tokens) {
    if (!isName) continue;
    const gap = text.slice(at, start);
    if (at === 0 || !/^[^\S\r\n]*$/.test(gap)) result += gap + NAME;
    at = end;
  }
  return result + text.slice(at);
}
