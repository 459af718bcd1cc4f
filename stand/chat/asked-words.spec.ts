import { EventEmitter } from 'node:events';
import { type ChatMessage, type TelegramEvents } from '../telegram/server';
import { AskedWords } from './asked-words';

describe(AskedWords.name, () => {
  let asked: AskedWords;

  beforeEach(() => {
    asked = new AskedWords();
  });

  it('gives the questions of a chat back in order', () => {
    asked.note(77, 'первый', { at: 1 });
    asked.note(78, 'другой чат', { at: 1 });
    asked.note(77, 'второй', { at: 2 });
    expect([asked.take(77, 10), asked.take(77, 11), asked.take(77, 12)]).toEqual(['первый', 'второй', null]);
    expect(asked.take(78, 10)).toBe('другой чат');
  });

  it('forgets what the bot never told of', () => {
    asked.note(77, 'сверх лимита', { at: 0 });
    asked.note(77, 'есть A-1?', { at: 70_000 });
    expect(asked.take(77, 70_010)).toBe('есть A-1?');
  });

  it('gives nothing that was asked later', () => {
    asked.note(77, 'ещё не спрошено', { at: 1000 });
    expect(asked.take(77, 10)).toBeNull();
    expect(asked.take(77, 1001)).toBe('ещё не спрошено');
  });

  it('keeps what waited for a bot that was away', () => {
    asked.note(77, 'есть A-1?', { at: 0 });
    asked.renew(500_000);
    expect(asked.take(77, 500_100)).toBe('есть A-1?');
  });

  it('listens to Telegram: texts of people, presses that were refused, chats that were cleared', () => {
    const events = new EventEmitter<TelegramEvents>();
    asked.listen(events);
    const write = (chatId: number, text: string | undefined, is_bot = false) =>
      events.emit('message', { chatId, message: { from: { is_bot }, text } as ChatMessage });
    write(77, 'ответ бота', true);
    write(77, undefined);
    write(77, 'первый');
    asked.note(77, 'Старая кнопка', { pressed: true });
    asked.note(77, 'Цена', { pressed: true });
    events.emit('callback_answer', { chatId: 77, callbackQueryId: '1', text: 'Кнопка устарела', showAlert: false });
    events.emit('callback_answer', { chatId: 77, callbackQueryId: '2', showAlert: false });
    write(78, 'стёртый');
    events.emit('cleared', { chatId: 78 });

    const soon = Date.now() + 100;
    expect([asked.take(77, soon), asked.take(77, soon), asked.take(77, soon)]).toEqual(['первый', 'Цена', null]);
    expect(asked.take(78, soon)).toBeNull();
  });
});
