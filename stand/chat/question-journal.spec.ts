import { EventEmitter } from 'node:events';
import { type RequestRecord } from '../accounting/request-log';
import { AskedWords } from './asked-words';
import { type BotProcess } from './bot-process';
import { QuestionJournal, type QuestionRecord } from './question-journal';

const CALL = { operation: 'stock', requestId: 'r-1', attempts: [{ status: 200, ms: 12 }], ms: 12 };

describe(QuestionJournal.name, () => {
  let bot: EventEmitter;
  let asked: AskedWords;
  let journal: QuestionJournal;

  beforeEach(() => {
    bot = new EventEmitter();
    asked = new AskedWords();
    journal = new QuestionJournal(bot as BotProcess, asked);
  });

  const attempt = (more: Partial<RequestRecord>): RequestRecord => ({
    at: '2026-11-24T10:00:00Z',
    operation: 'stock',
    requestId: 'r-1',
    attempt: 1,
    status: 200,
    ms: 5,
    body: '',
    ...more,
  });

  const understood = (chatId: number, more = {}) =>
    bot.emit('line', {
      time: 1,
      level: 20,
      event: 'understood',
      chatId,
      intents: ['stock'],
      sure: true,
      articles: ['A-1'],
      ...more,
    });
  const answered = (chatId: number, more = {}) =>
    bot.emit('line', {
      time: 2,
      level: 30,
      event: 'question',
      chatId,
      intents: ['stock'],
      articles: ['A-1'],
      outcome: 'answered',
      cache: { hits: 0, misses: 1, joined: 0 },
      onec: [CALL],
      sent: 'sent',
      ms: 40,
      ...more,
    });

  it('joins what was understood with what came of it', () => {
    understood(77);
    expect(journal.questions[0]).toMatchObject({ state: 'open', sure: true, articles: ['A-1'], outcomes: [] });
    answered(77);
    expect(journal.questions).toHaveLength(1);
    expect(journal.questions[0]).toMatchObject({
      state: 'done',
      sure: true,
      outcomes: ['answered'],
      sent: 'sent',
      cache: { hits: 0, misses: 1, joined: 0 },
      onec: [{ operation: 'stock', attempts: [{ status: 200, code: null, ms: 12 }], ms: 12 }],
      ms: 40,
    });
  });

  it('keeps the questions of chats apart', () => {
    understood(77);
    understood(78);
    answered(78, { outcome: 'trouble' });
    expect(journal.questions.map(({ chatId, state, outcomes }) => [chatId, state, outcomes])).toEqual([
      [77, 'open', []],
      [78, 'done', ['trouble']],
    ]);
  });

  it('takes a question of which nothing was understood', () => {
    answered(77, { intents: [], outcome: 'not_linked' });
    expect(journal.questions[0]).toMatchObject({ state: 'done', sure: null, intents: [], outcomes: ['not_linked'] });
  });

  it('tells the outcome of each topic', () => {
    answered(77, { outcome: 'answered+not_found' });
    expect(journal.questions[0]?.outcomes).toEqual(['answered', 'not_found']);
  });

  it('quotes what was asked', () => {
    asked.note(77, 'есть A-1?', { at: 0 });
    asked.note(77, 'а цена?', { at: 0 });
    understood(77);
    answered(77);
    answered(77);
    answered(77);
    expect(journal.questions.map(({ words }) => words)).toEqual(['есть A-1?', 'а цена?', null]);
  });

  it('shows attempts as they come, and the bot’s own account in the end', () => {
    const seen: QuestionRecord[] = [];
    journal.on('question', (record) => seen.push(structuredClone(record)));
    understood(77);
    journal.noteRequest(attempt({ status: 503 }));
    journal.noteRequest(attempt({ attempt: 2, status: 0, fault: 'hang', ms: 3000 }));
    expect(seen.at(-1)?.onec).toEqual([
      {
        operation: 'stock',
        requestId: 'r-1',
        attempts: [
          { status: 503, code: null, ms: 5 },
          { status: null, code: 'hang', ms: 3000 },
        ],
        ms: null,
      },
    ]);
    answered(77);
    expect(seen.at(-1)?.onec).toEqual([{ ...CALL, attempts: [{ status: 200, code: null, ms: 12 }] }]);
  });

  it('attributes no attempt while two chats wait', () => {
    understood(77);
    understood(78);
    journal.noteRequest(attempt({}));
    expect(journal.questions.flatMap(({ onec }) => onec)).toEqual([]);
  });

  it('ends open questions when the bot ends', () => {
    understood(77);
    bot.emit('status', { state: 'failed' });
    expect(journal.questions[0]).toMatchObject({ state: 'interrupted' });
    answered(77);
    expect(journal.questions.map(({ state }) => state)).toEqual(['interrupted', 'done']);
  });

  it('survives a line with fields of other kinds', () => {
    answered(77, { cache: 'none', onec: { a: 1 }, articles: null, ms: 'fast', outcome: undefined });
    expect(journal.questions[0]).toMatchObject({ cache: null, onec: [], articles: [], ms: null, outcomes: [] });
  });

  it('keeps the last hundred', () => {
    for (let n = 0; n < 120; n += 1) answered(77, { order: String(n) });
    expect(journal.questions).toHaveLength(100);
    expect(journal.questions[0]?.order).toBe('20');
  });
});
