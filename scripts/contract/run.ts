import { type Check } from './check';
import { accessChecks } from './checks/access';
import { bodyChecks } from './checks/bodies';
import { cachingChecks } from './checks/caching';
import { documentChecks } from './checks/documents';
import { goodsChecks } from './checks/goods';
import { linkingChecks } from './checks/linking';
import { pingChecks } from './checks/ping';
import { supplierChecks } from './checks/suppliers';
import { timeChecks } from './checks/times';
import { transportChecks } from './checks/transport';
import { type Outcome, outcomeOf } from './outcome';
import { type Text, text } from './text';
import { type World } from './world';

/** The whole contract, in the order in which it is checked: what others need goes first. */
export const CHECKS: readonly Check[] = [
  ...transportChecks,
  ...accessChecks,
  ...pingChecks,
  ...bodyChecks,
  ...supplierChecks,
  ...goodsChecks,
  ...documentChecks,
  ...cachingChecks,
  ...linkingChecks,
  ...timeChecks,
];

/** What a check has come to. */
export interface Result {
  id: string;
  title: Text;
  outcome: Outcome;
  ms: number;
}

/**
 * Makes the checks, one after the other.
 *
 * @param told hears of each as soon as it has ended
 * @param only beginnings of the ids to check, such as `stock`; what the others rest on is checked all the same
 */
export async function runChecks(
  world: World,
  told: (result: Result) => void = () => undefined,
  only: readonly string[] = [],
): Promise<Result[]> {
  const isWanted = ({ id, isEssential }: Check) => isEssential || only.some((start) => id.startsWith(start));
  const results: Result[] = [];
  let blocked: Outcome | undefined;
  for (const check of only.length > 0 ? CHECKS.filter(isWanted) : CHECKS) {
    const started = performance.now();
    const outcome = blocked ?? (await outcomeOfCheck(check, world));
    if (check.isEssential && outcome.kind === 'failed') {
      blocked = { kind: 'skipped', reason: text(`сначала ${check.id}`, `first ${check.id}`), blockedBy: check.id };
    }
    const result = { id: check.id, title: check.title, outcome, ms: Math.round(performance.now() - started) };
    results.push(result);
    told(result);
  }
  return results;
}

async function outcomeOfCheck(check: Check, world: World): Promise<Outcome> {
  try {
    const note = await check.run(world);
    return note ? { kind: 'passed', note } : { kind: 'passed' };
  } catch (error) {
    return outcomeOf(error);
  }
}
