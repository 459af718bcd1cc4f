import { createCallTrace } from '../../onec/call-trace';
import type { Outcome } from './question';
import { summaryOf } from './question-summary';
import { understood } from './wish';

const answers = (...outcomes: Outcome[]) => outcomes.map((outcome) => ({ outcome }));

describe(summaryOf.name, () => {
  it('names the intent and the outcome of a question with one topic', () => {
    expect(summaryOf(understood(['stock']), answers('not_found'), createCallTrace())).toEqual({
      intent: 'stock',
      outcome: 'not_found',
      source: 'bot',
    });
  });

  it('sums several intents up, and tells the gravest outcome wherever it stands', () => {
    const understanding = understood(['order', 'payment']);
    for (const outcomes of [
      ['answered', 'trouble'],
      ['trouble', 'answered'],
    ] as const) {
      expect(summaryOf(understanding, answers(...outcomes), createCallTrace())).toMatchObject({
        intent: 'several',
        outcome: 'trouble',
      });
    }
  });

  it('has no intent where nothing was understood yet', () => {
    expect(summaryOf(null, answers('not_linked'), createCallTrace()).intent).toBe('none');
  });

  it('tells a question that waited for 1C, also one that joined the request of another', () => {
    const asked = createCallTrace();
    asked.onec.push({ operation: 'stock', requestId: '1', attempts: [], ms: 3 });
    const joined = createCallTrace();
    joined.cache.joined = 1;
    for (const trace of [asked, joined]) {
      expect(summaryOf(understood(['stock']), answers('answered'), trace).source).toBe('onec');
    }
  });
});
