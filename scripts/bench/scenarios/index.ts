import { type Arena } from '../arena';
import { type Figure } from '../figure';
import { cached, stuck, uncached } from './latency';
import { hanging, refused, unavailable } from './outage';
import { lifecycle } from './process';
import { burst, steady, together } from './volume';

export interface Scenario {
  name: string;
  title: string;
  run: (arena: Arena) => Promise<Figure[]>;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'cached', title: 'A known answer, one question at a time', run: cached },
  { name: 'uncached', title: 'A new article, one question at a time, 1C takes 20 ms', run: uncached },
  { name: 'steady', title: '200 chats ask without a pause, all known', run: steady },
  { name: 'burst', title: '2,000 questions of 500 chats at once, nothing known', run: burst },
  { name: 'together', title: '500 chats ask for one new article at once', run: together },
  { name: 'stuck', title: '50 chats beside one whose question 1C never answers', run: stuck },
  { name: 'refused', title: '1C: connection refused', run: refused },
  { name: 'unavailable', title: '1C: 503', run: unavailable },
  { name: 'hanging', title: '1C: takes the question, never answers', run: hanging },
  { name: 'lifecycle', title: 'Start, idle, stop', run: lifecycle },
];
