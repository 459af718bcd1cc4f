import { ChatMemory } from '../dialogue/chat-memory';
import { type ButtonAction, fitsCallbackData } from './callback-data';
import { InlineKeyboards } from './inline-keyboards';

function dataOf(keyboards: InlineKeyboards, action: ButtonAction, chatId = 77): string {
  const button = keyboards.build(chatId, [[{ label: 'Цена', action }]])?.inline_keyboard[0]?.[0];
  return button && 'callback_data' in button ? button.callback_data : '';
}

describe(InlineKeyboards.name, () => {
  const long: ButtonAction = { topic: 'price', words: [`Ж-${'100'.repeat(30)}`, 'АРТ-100'] };

  it.each<ButtonAction>([{ topic: 'price', words: ['BP-4500/2'] }, long])(
    'fits any action and reads it back',
    (action) => {
      const keyboards = new InlineKeyboards(new ChatMemory());
      const data = dataOf(keyboards, action);
      expect(fitsCallbackData(data)).toBe(true);
      expect(keyboards.read(77, data)).toEqual(action);
    },
  );

  it('does not show a kept action to another chat', () => {
    const keyboards = new InlineKeyboards(new ChatMemory());
    expect(keyboards.read(78, dataOf(keyboards, long))).toBeNull();
  });

  it('knows nothing of a button from before a restart', () => {
    const data = dataOf(new InlineKeyboards(new ChatMemory()), long);
    expect(new InlineKeyboards(new ChatMemory()).read(77, data)).toBeNull();
  });

  it('makes no keyboard of no buttons', () => {
    expect(new InlineKeyboards(new ChatMemory()).build(77, [])).toBeUndefined();
  });
});
