import { type MessageEntity, type User } from '../bot-api.types';
import { formatCaption, formatMessageText, formatText, plainText, type TextSource } from './formatted-text';

const anna: User = { id: 77, is_bot: false, first_name: 'Анна' };
const findUser = (id: number): User | undefined => (id === anna.id ? anna : undefined);
const html = (text: string): TextSource => ({ text, parseMode: 'HTML', entities: [] });
const plain = (text: string, entities: MessageEntity[] = []): TextSource => ({ text, parseMode: '', entities });

describe('formatText', () => {
  it('joins styles that touch and sorts what nests', () => {
    expect(formatText(html('<b>а</b><b>б</b><i> в</i>'), findUser).entities).toEqual([
      { type: 'bold', offset: 0, length: 2 },
      { type: 'italic', offset: 2, length: 2 },
    ]);
  });

  it('lets no style into code', () => {
    expect(formatText(html('<b>а <code>б</code> в</b>'), findUser).entities).toEqual([
      { type: 'bold', offset: 0, length: 2 },
      { type: 'code', offset: 2, length: 1 },
      { type: 'bold', offset: 3, length: 2 },
    ]);
  });

  it('marks commands and links by itself, but not in code', () => {
    const { entities } = formatText(html('<b>/help</b> <code>/price example.com</code> example.com'), findUser);
    expect(entities.map(({ type, offset }) => [type, offset])).toEqual([
      ['bot_command', 0],
      ['bold', 0],
      ['code', 6],
      ['url', 25],
    ]);
  });

  it('knows the people of mentions by number, and drops unknown ones', () => {
    const source = html('<a href="tg://user?id=77">Анна</a> <a href="tg://user?id=5">кто-то</a>');
    expect(formatText(source, findUser).entities).toEqual([{ type: 'text_mention', offset: 0, length: 4, user: anna }]);
  });

  it('trims, and moves entities with the text', () => {
    expect(formatText(html('\n  да <b>нет  </b> \n'), findUser)).toEqual({
      text: 'да нет',
      entities: [{ type: 'bold', offset: 3, length: 3 }],
    });
  });

  it('keeps white space that an entity holds at the beginning', () => {
    expect(formatText(html(' <b> да</b>'), findUser)).toEqual({
      text: ' да',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
    });
  });

  it('cleans control characters and marks of direction', () => {
    expect(formatText(plain('а\tб\r\nв\u202eг'), findUser).text).toBe('а б\nвг');
  });

  it('takes entities instead of a parse mode', () => {
    expect(formatText(plain('код', [{ type: 'code', offset: 0, length: 3 }]), findUser).entities).toEqual([
      { type: 'code', offset: 0, length: 3 },
    ]);
  });

  it('gives out at most 100 entities', () => {
    const { entities } = formatText(html('<b>а</b> '.repeat(150)), findUser);
    expect(entities).toHaveLength(100);
  });

  it('refuses an unknown parse mode', () => {
    expect(() => formatText({ ...plain('a'), parseMode: 'BBCode' }, findUser)).toThrow(
      'Bad Request: unsupported parse_mode',
    );
  });
});

describe('formatMessageText', () => {
  it.each([
    ['nothing', '', 'Bad Request: message text is empty'],
    ['what nobody sees', ' \n\u200b', 'Bad Request: text must be non-empty'],
    ['tags around nothing', '<b></b>', 'Bad Request: text must be non-empty'],
    ['4097 characters', 'я'.repeat(4097), 'Bad Request: message is too long'],
    ['40 KB', 'я'.repeat(20_000), 'Bad Request: text is too long'],
  ])('refuses %s', (_what, text, description) => {
    expect(() => formatMessageText(html(text), findUser)).toThrow(description);
  });

  it('counts characters after parsing, and an emoji as one', () => {
    expect(formatMessageText(html(`<b>${'📦'.repeat(4096)}</b>`), findUser).text).toHaveLength(8192);
  });
});

describe('formatCaption', () => {
  it('takes 1024 characters and refuses one more', () => {
    expect(formatCaption(html(`<i>${'я'.repeat(1024)}</i>`), findUser).text).toHaveLength(1024);
    expect(() => formatCaption(html('я'.repeat(1025)), findUser)).toThrow('Bad Request: message caption is too long');
  });
});

describe('plainText', () => {
  it('makes of a typed text what the bot gets', () => {
    expect(plainText('  /start <b>\n')).toEqual({
      text: '/start <b>',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
  });
});
