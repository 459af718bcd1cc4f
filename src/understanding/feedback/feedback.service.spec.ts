import { Logger } from '@nestjs/common';
import { EmbeddedKeptValues } from '../../cache/kept-values';
import { type Intent, type Understanding } from '../../classifier/understanding';
import { type FeedbackEntry } from './feedback-entry';
import { FeedbackService } from './feedback.service';
import { FeedbackStore } from './feedback-store';

const CHAT = 77;

class Notes extends FeedbackStore {
  readonly entries: FeedbackEntry[] = [];
  failing = false;

  add(entry: FeedbackEntry): Promise<void> {
    if (this.failing) return Promise.reject(new Error('ENOSPC'));
    this.entries.push(entry);
    return Promise.resolve();
  }

  list(): Promise<FeedbackEntry[]> {
    return Promise.resolve(this.entries);
  }
}

const understanding = (partial: Partial<Understanding>): Understanding => ({
  intents: ['other'],
  sure: true,
  candidates: [],
  articles: [],
  order: null,
  product: null,
  period: null,
  ...partial,
});
const askedBack = (candidates: Intent[], partial: Partial<Understanding> = {}) =>
  understanding({ sure: false, candidates, ...partial });
const button = (intent: Intent, partial: Partial<Understanding> = {}) =>
  understanding({ intents: [intent], candidates: [intent], ...partial });

describe(FeedbackService.name, () => {
  let notes: Notes;
  let service: FeedbackService;
  let warnings: unknown[];

  beforeEach(() => {
    notes = new Notes();
    service = new FeedbackService(notes, new EmbeddedKeptValues());
    warnings = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((...args: unknown[]) => void warnings.push(args[0]));
  });
  afterEach(() => jest.restoreAllMocks());

  const settled = () => service.onApplicationShutdown();

  it('keeps what was not understood, without a label and without personal data', async () => {
    service.understood(CHAT, 'это Янлинь, ну чокак 8 916 123-45-67', understanding({}), ['Янлинь']);
    await settled();
    expect(notes.entries).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        text: 'это [имя], ну чокак +7 000 000-00-00',
        intents: null,
        articles: [],
        order: null,
        product: null,
      },
    ]);
  });

  it('keeps nothing of what was understood', async () => {
    service.understood(CHAT, 'цена АРТ-100', button('price', { articles: ['АРТ-100'] }));
    await settled();
    expect(notes.entries).toEqual([]);
  });

  it('keeps a message on which the bot asked back with the intent of the pressed button', async () => {
    service.understood(CHAT, 'чо по АРТ-100', askedBack(['stock', 'price'], { articles: ['АРТ-100'] }));
    await settled();
    expect(notes.entries).toEqual([]);
    service.pressed(CHAT, button('price', { articles: ['АРТ-100'] }));
    service.pressed(CHAT, button('stock', { articles: ['АРТ-100'] }));
    await settled();
    expect(notes.entries).toEqual([
      expect.objectContaining({ text: 'чо по АРТ-100', intents: ['price'], articles: ['АРТ-100'] }),
    ]);
  });

  it('leaves out the articles that only the conversation gave', async () => {
    service.understood(CHAT, 'а чокак', askedBack(['stock', 'price'], { articles: ['АРТ-100'] }));
    await settled();
    service.pressed(CHAT, button('price', { articles: ['АРТ-100'] }));
    await settled();
    expect(notes.entries).toEqual([expect.objectContaining({ text: 'а чокак', intents: ['price'], articles: [] })]);
  });

  it.each<[string, () => void]>([
    ['of another chat', () => service.pressed(78, button('price', { articles: ['АРТ-100'] }))],
    ['for something that was not offered', () => service.pressed(CHAT, button('order'))],
    ['for another article', () => service.pressed(CHAT, button('price', { articles: ['BP-4500/2'] }))],
  ])('takes no button %s for the answer', async (_, press) => {
    service.understood(CHAT, 'чо по АРТ-100', askedBack(['stock', 'price'], { articles: ['АРТ-100'] }));
    await settled();
    press();
    await settled();
    expect(notes.entries).toEqual([]);
  });

  it('takes no button for the answer once another message was written', async () => {
    service.understood(CHAT, 'чо по АРТ-100', askedBack(['stock', 'price'], { articles: ['АРТ-100'] }));
    await settled();
    service.understood(CHAT, 'спасибо', button('help'));
    await settled();
    service.pressed(CHAT, button('price', { articles: ['АРТ-100'] }));
    await settled();
    expect(notes.entries).toEqual([]);
  });

  it('throws nothing where the store fails, and tells the operator once', async () => {
    notes.failing = true;
    for (let time = 0; time < 3; time += 1) service.understood(CHAT, 'ну чокак', understanding({}));
    await settled();
    expect(warnings).toEqual([expect.objectContaining({ reason: 'ENOSPC' })]);
  });

  it('keeps nothing at all where the operator wants that', async () => {
    const values = new EmbeddedKeptValues();
    const set = jest.spyOn(values, 'set');
    const off = new FeedbackService(null, values);
    off.understood(CHAT, 'чо по АРТ-100', askedBack(['stock', 'price']));
    off.understood(CHAT, 'ну чокак', understanding({}));
    off.pressed(CHAT, button('price'));
    await off.onApplicationShutdown();
    expect(set).not.toHaveBeenCalled();
  });
});
