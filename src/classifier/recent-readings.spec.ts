import { type Analysis } from './analysis';
import { type Judge } from './intents/rules-judge';
import { RecentReadings } from './recent-readings';

describe(RecentReadings.name, () => {
  let judged: string[];
  const judge: Judge = ({ folded }: Analysis, byRules) => {
    judged.push(folded.original);
    return byRules;
  };
  let readings: RecentReadings;

  beforeEach(() => {
    judged = [];
    readings = new RecentReadings(judge);
  });

  it('reads the same words once', () => {
    const first = readings.of('есть А-100?');
    expect(readings.of('есть А-100?')).toBe(first);
    expect(first.decision).toEqual(expect.objectContaining({ intents: ['stock'] }));
    readings.of('Есть А-100?');
    expect(judged).toEqual(['есть А-100?', 'Есть А-100?']);
  });

  it('forgets what was written longest ago', () => {
    readings.of('есть А-100?');
    for (let index = 0; index < 499; index += 1) readings.of(`есть Б-${index}?`);
    readings.of('есть А-100?');
    readings.of('есть В-1?');
    judged = [];
    readings.of('есть А-100?');
    expect(judged).toEqual([]);
    readings.of('есть Б-0?');
    expect(judged).toEqual(['есть Б-0?']);
  });

  it('remembers no letters', () => {
    const letter = `есть А-100? ${'Спасибо. '.repeat(20)}`;
    expect(readings.of(letter)).not.toBe(readings.of(letter));
  });
});
