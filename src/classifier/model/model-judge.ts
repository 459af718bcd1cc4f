import { type Analysis } from '../analysis';
import { type Decision } from '../intents/decide';
import { type Judge } from '../intents/rules-judge';
import { type Intent, INTENTS } from '../understanding';
import { featuresOf } from './features';
import { type Model } from './model';

/** From so much on the likeliest intent is answered without asking back. */
export const ENOUGH = 0.05;
/** From so much on an intent is answered beside the likeliest. */
export const ENOUGH_BESIDE = 0.4;
/** How much likelier than the next one the likeliest must be, where only one of the two would be answered. */
export const MARGIN = 0.03;
/** So likely to be none of the bot's business, by itself or beside the likeliest question, that it is asked back. */
export const DOUBT = 0.2;
export const DOUBT_BESIDE = 0.3;

/** From so much on an intent is offered as a button. */
const LIKELY = 0.08;

/** Stand alone: a greeting inside a question adds nothing, and what the bot has no data for is not answered in part. */
const ALONE: readonly Intent[] = ['help', 'other'];

/** Answered without data, so that a mistake tells nobody a wrong figure. */
const WITHOUT_DATA: readonly Intent[] = ['help', 'other', 'manager'];

/**
 * The decision by the trained model, which knows what the rules found.
 *
 * @param withRules false to keep from the model what the rules found, as a measurement of the model by itself needs it
 */
export function judgeByModel(model: Model, withRules = true): Judge {
  return (analysis, byRules) => {
    const probabilities = model.probabilities(featuresOf(analysis, withRules ? byRules : null));
    const ranked = INTENTS.map((intent, index) => ({ intent, likely: probabilities[index] ?? 0 })).sort(
      (a, b) => b.likely - a.likely,
    );
    const [first, second] = ranked;
    if (first === undefined || second === undefined) return byRules;
    const candidates = ranked
      .filter(({ intent, likely }) => intent !== 'other' && likely >= LIKELY)
      .map(({ intent }) => intent);
    const close = second.likely < ENOUGH_BESIDE && first.likely - second.likely < MARGIN;
    const other = probabilities[INTENTS.indexOf('other')] ?? 0;
    const doubted = !WITHOUT_DATA.includes(first.intent) && (other >= DOUBT || other >= first.likely * DOUBT_BESIDE);
    const confidence = first.likely;
    if (doubted) return { intents: ['other'], sure: false, candidates: candidates.slice(0, 3), confidence };
    if (first.likely < ENOUGH || close)
      return { intents: ['other'], sure: first.intent === 'other', candidates: candidates.slice(0, 3), confidence };
    if (withRules && first.intent === 'other' && isHinted(analysis, byRules)) {
      const hinted = byRules.candidates.filter((intent) => intent !== 'other');
      return { intents: ['other'], sure: false, candidates: hinted, confidence };
    }
    if (ALONE.includes(first.intent)) return { intents: [first.intent], sure: true, candidates, confidence };
    const beside = ranked.filter(
      ({ intent, likely }) => intent !== first.intent && likely >= ENOUGH_BESIDE && !ALONE.includes(intent),
    );
    return { intents: [first.intent, ...beside.map(({ intent }) => intent)], sure: true, candidates, confidence };
  };
}

/** From so much on a single word hints at a question: better to ask back than to say that nothing was understood. */
const HINT = 1.2;

function isHinted({ scores }: Analysis, { candidates }: Decision): boolean {
  return scores.other < 1 && candidates.some((intent) => !ALONE.includes(intent) && scores[intent] >= HINT);
}
