import { stemmer } from '@orama/stemmers/russian';
import { type Analysis } from '../analysis';
import { type Decision } from '../intents/decide';
import { type MessageWord } from '../intents/words';
import { familiesOf } from '../text/families';
import { isGoodsWord, isNameWord } from '../text/lexicon';
import { remembering } from '../text/remembering';
import { INTENTS } from '../understanding';

/** Features are numbered by their hash; so many numbers there are. Words themselves are not in the trained file. */
export const FEATURES = 1 << 16;

/** Longest message whose words are looked at; what a longer one asks stands in its first hundred words. */
const WORDS = 120;
/** Words of a family that are looked at in pairs. */
const PAIRED = 24;

/** FNV-1a of 32 bits, folded to the number of features. */
function numbered(feature: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    hash ^= feature.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 16) ^ hash) & (FEATURES - 1);
}

/** A message as the model sees it: numbers of features with their values. */
export type FeatureVector = Map<number, number>;

/** What is known of a word by itself. */
interface Known {
  stem: string;
  families: readonly string[];
  /** Numbers of the features that are its runs of letters: they are alike in a word and its misspelling. */
  runs: readonly number[];
}

const knownOf = remembering((word: string): Known => {
  const isRussian = /^[а-я]+$/.test(word);
  return {
    stem: isRussian ? stemmer(word) : word,
    families: familiesOf(word),
    runs: isRussian && word.length >= 3 ? runsOf(`<${word.slice(0, 24)}>`) : [],
  };
});

/** Goods and their kinds: which goods a message is about says nothing of what it asks. */
const GOODS: Known = { stem: '~goods', families: [], runs: [] };
const KIND: Known = { stem: '~kind', families: [], runs: [] };
const ADJECTIVE = /(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ыи]х|[ое]го|[ое]й|[ую]ю)$/;

/** What is known of each word, names of goods hidden. */
function withoutNames(words: readonly MessageWord[]): Known[] {
  const goods = words.map(({ text }) => isGoodsWord(text));
  return words.map(({ text }, index) => {
    if (goods[index]) return GOODS;
    const isBeside = goods[index - 1] === true || goods[index + 1] === true;
    return isBeside && ADJECTIVE.test(text) && isNameWord(text) ? KIND : knownOf(text);
  });
}

function runsOf(word: string): number[] {
  const runs: number[] = [];
  for (let size = 3; size <= 5; size += 1) {
    for (let at = 0; at + size <= word.length; at += 1) runs.push(numbered(`g ${word.slice(at, at + size)}`));
  }
  return runs;
}

/** Collects features; one that is found several times counts once, at its highest value. */
class Features {
  readonly vector: FeatureVector = new Map();

  add(feature: string, value = 1): void {
    this.addNumber(numbered(feature), value);
  }

  addNumber(at: number, value: number): void {
    this.vector.set(at, Math.max(this.vector.get(at) ?? 0, value));
  }
}

/**
 * What the model is told of a message: its stems and pairs of them, the runs of letters of its words, the families
 * its words belong to, the objects, and what the rules found.
 *
 * @param decision what the rules decided; null to leave the rules out
 */
export function featuresOf(analysis: Analysis, decision: Decision | null): FeatureVector {
  const features = new Features();
  const words = analysis.words.slice(0, WORDS);
  const facts = withoutNames(words);
  addWords(features, words, facts);
  addFamilies(features, words, facts);
  addShape(features, analysis);
  if (decision !== null) addRules(features, analysis, decision);
  features.add('bias');
  return features.vector;
}

function addWords(features: Features, words: readonly MessageWord[], facts: readonly Known[]): void {
  facts.forEach(({ stem, runs }, index) => {
    features.add(`w ${stem}`);
    if (/^[а-яa-z]{5,}$/.test(stem)) features.add(`p ${stem.slice(0, 4)}`, 0.5);
    features.add(`b ${facts[index - 1]?.stem ?? '^'} ${stem}`, 0.7);
    if (words[index]?.asked) features.add(`? ${stem}`, 0.5);
    for (const run of runs) features.addNumber(run, 0.2);
  });
  features.add(`$ ${facts.at(-1)?.stem ?? ''}`, 0.7);
  features.add(`^ ${facts[0]?.stem ?? ''}`, 0.7);
}

function addFamilies(features: Features, words: readonly MessageWord[], facts: readonly Known[]): void {
  const found = facts.flatMap(({ families }, at) => families.map((family) => ({ family, at })));
  if (found.length === 0) features.add('no family');
  for (const { family, at } of found) {
    features.add(`f ${family}`, 0.7);
    if (words[at]?.asked) features.add(`f? ${family}`, 0.7);
    features.add(`fb ${facts[at - 1]?.stem ?? '^'} ${family}`, 0.5);
    features.add(`fa ${family} ${facts[at + 1]?.stem ?? '$'}`, 0.5);
  }
  for (const { family, at } of found) if (at === found[0]?.at) features.add(`f^ ${family}`, 0.7);
  const paired = found.slice(0, PAIRED);
  paired.forEach((first, index) => {
    for (const second of paired.slice(index + 1)) {
      const isPair = first.at !== second.at && first.family !== second.family;
      if (isPair && words[first.at]?.sentence === words[second.at]?.sentence)
        features.add(`ff ${first.family} ${second.family}`, 0.5);
    }
  });
}

function addShape(features: Features, { words, codes }: Analysis): void {
  const count = (role: string): number => Math.min(codes.filter((code) => code.role === role).length, 2);
  features.add(`articles ${count('article')}`);
  features.add(`documents ${count('document')}`);
  features.add(words.some((word) => word.asked) ? 'asked' : 'told');
  features.add(`length ${Math.min(4, Math.floor(Math.log2(words.length + 1)))}`);
}

function addRules(features: Features, { words, scores, codes, hits, clauses }: Analysis, decision: Decision): void {
  for (const intent of INTENTS) {
    features.add(`s ${intent}`, Math.min(scores[intent], 6) / 3);
    if (decision.intents.includes(intent) && decision.sure) features.add(`d ${intent}`, 1.5);
    const inClause = clauses.get(intent) ?? 0;
    if (inClause > 0) features.add(`k ${intent}`, Math.min(inClause, 4) / 2);
    if (decision.candidates[0] === intent) features.add(`c ${intent}`);
  }
  for (const { intent, weight } of hits) if (weight >= 2) features.add(`h ${intent}`, 0.7);
  if (!decision.sure) features.add('unsure');
  features.add(`clauses ${[...clauses.keys()].sort().join('+')}`);
  const decided = decision.sure ? decision.intents.join('+') : 'unsure';
  const asked = words.some((word) => word.asked) ? 'asked' : 'told';
  features.add(`${decided} ${asked} ${codes.some((code) => code.role === 'article') ? 'article' : ''}`);
}
