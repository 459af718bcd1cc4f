import { EmbeddedKeptValues } from '../../cache/kept-values';
import { ChatMemory } from '../dialogue/chat-memory';
import { type ButtonAction, fitsCallbackData } from './callback-data';
import { InlineKeyboards } from './inline-keyboards';

const newKeyboards = () => new InlineKeyboards(new ChatMemory(new EmbeddedKeptValues()));

async function dataOf(keyboards: InlineKeyboards, action: ButtonAction, chatId = 77): Promise<string> {
  const button = (await keyboards.build(chatId, [[{ label: 'Цена', action }]]))?.inline_keyboard[0]?.[0];
  return button && 'callback_data' in button ? button.callback_data : '';
}

describe(InlineKeyboards.name, () => {
  const long: ButtonAction = { topic: 'price', words: [`Ж-${'100'.repeat(30)}`, 'АРТ-100'] };

  it.each<ButtonAction>([{ topic: 'price', words: ['BP-4500/2'] }, long])(
    'fits any action and reads it back',
    async (action) => {
      const keyboards = newKeyboards();
      const data = await dataOf(keyboards, action);
      expect(fitsCallbackData(data)).toBe(true);
      await expect(keyboards.read(77, data)).resolves.toEqual(action);
    },
  );

  it('does not show a kept action to another chat', async () => {
    const keyboards = newKeyboards();
    await expect(keyboards.read(78, await dataOf(keyboards, long))).resolves.toBeNull();
  });

  it('knows nothing of a button from before a restart', async () => {
    const data = await dataOf(newKeyboards(), long);
    await expect(newKeyboards().read(77, data)).resolves.toBeNull();
  });

  it('makes no keyboard of no buttons', async () => {
    await expect(newKeyboards().build(77, [])).resolves.toBeUndefined();
  });
});
