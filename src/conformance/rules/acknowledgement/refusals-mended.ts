import {
  answerOf,
  type Exchange,
  type Execution,
  isBusy,
  isCrowdedOut,
  isGenuine,
  isOk,
  isRefusedByChance,
} from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { countDeliveries } from '../../script.js';
import { mendedIn } from '../../swallowed.js';
import { LOOK_FOR_A_DIFFERENCE } from './refused-by-chance.js';

/**
 * Counts what was refused at first, and taken when it came again. Not what came while another web
 * hook of its resource was under way: to have that come again (409, 423, 425) is one way to let one
 * copy do the work.
 */
export const acknowledgementRefusalsMended: Rule = {
  id: 'acknowledgement/refusals-mended',
  severity: 'should',
  title: 'Web hooks are taken the first time they come',
  source: SOURCES.webHooks,
  advice:
    'Look into the log for what fails the first time: the retry of Inqud comes minutes later, and after the last one it gives up.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab, skippedKinds } = laboratory;
  const skipped = new Set(skippedKinds.map(({ kind }) => kind));
  const genuine = lab.log.filter(isGenuine);
  if (!genuine.some(({ outcome }) => isOk(outcome))) {
    return Promise.resolve(inconclusive('No web hook was taken.'));
  }
  const sent = genuine.filter(({ retry }) => retry === 0).length;
  const found = lab.troubled
    .map((execution) => ({ execution, refused: mendedOf(execution) }))
    .filter(({ refused: [first] }) => first !== undefined && !skipped.has(first.kind))
    .toSorted((one, other) => sizeOf(one.execution) - sizeOf(other.execution));
  const refusals = found.flatMap(({ refused }) => refused);
  const [shown] = found;
  if (shown === undefined) {
    return Promise.resolve(pass('Nothing was refused that was taken when it came again.'));
  }
  const answers = [...new Set(refusals.map(answerOf))].join(', ');
  const what = `${refusals.length} of ${sent} web hooks were refused at first (${answers}), and taken when they came again.`;
  const { script, exchanges } = shown.execution;
  const story = { script, exchanges, wrong: [], times: undefined };
  const isChance = lab.isUnsteady && refusals.every(isRefusedByChance);
  return Promise.resolve(fail(what, story, isChance ? LOOK_FOR_A_DIFFERENCE : undefined));
}

/** The first attempts of an execution that were refused, where a retry of them was taken. */
function mendedOf({ script, exchanges }: Execution): readonly Exchange[] {
  return mendedIn(exchanges).filter((exchange) => {
    const { outcome } = exchange;
    if (isCrowdedOut(exchange) || outcome.kind !== 'responded') return false;
    return !(isBusy(exchange) && isTogether(script, exchange));
  });
}

function isTogether({ steps }: Execution['script'], { step, delivery }: Exchange): boolean {
  const deliveries = steps[step]?.deliveries ?? [];
  return deliveries.filter(({ resource }) => resource === delivery.resource).length > 1;
}

function sizeOf({ script }: Execution): number {
  return countDeliveries(script);
}
