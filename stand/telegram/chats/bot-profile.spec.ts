import { BotProfile } from './bot-profile';

describe('the commands that a person sees', () => {
  const profile = new BotProfile('1:a', 'a_bot', 'A');
  const set = (command: string, type: string, language = '', chat_id?: number): void =>
    profile.setCommands(
      [{ command, description: 'что-то' }],
      { type, ...(chat_id !== undefined && { chat_id }) },
      language,
    );
  const seen = (chatId: number, tag: string): string | undefined => profile.commandsFor(chatId, tag)[0]?.command;

  it('are those of the narrowest scope, there those of the language', () => {
    expect(seen(77, 'ru')).toBeUndefined();
    set('all', 'default');
    set('all_ru', 'default', 'ru');
    expect([seen(77, 'ru-RU'), seen(77, 'en')]).toEqual(['all_ru', 'all']);
    set('private', 'all_private_chats');
    expect([seen(77, 'ru'), seen(77, 'en')]).toEqual(['private', 'private']);
    set('own', 'chat', '', 77);
    expect([seen(77, 'ru'), seen(78, 'ru')]).toEqual(['own', 'private']);
  });
});
