import { decides } from '../../decides.js';
import { type Exchange, type Execution, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { inOrder } from '../../references.js';
import { fail, type RuleVerdict, type Story } from '../../rule.js';
import { countDeliveries } from '../../script.js';
import { settleAs } from '../../state/settle.js';
import { MARK_LAST, mendedIn, SWALLOWED, swallowedIn, swallowedText } from '../../swallowed.js';
import { seenKinds } from '../kinds.js';

/** So many lives are looked at. */
const MOST = 8;

/**
 * Lives in order, of which a web hook was refused at first and taken when it came again, have to
 * leave what undisturbed ones do. It need not happen again: what was lost stays lost.
 */
export async function leftUndone(laboratory: Laboratory): Promise<RuleVerdict | undefined> {
  const { lab, oracle, references } = laboratory;
  const seen = new Set(seenKinds(laboratory).map(({ name }) => name));
  const mended = lab.troubled
    .filter(({ script }) => seen.has(script.resources[0]?.kind ?? ''))
    .filter((execution) => isWholeLife(execution) && isMended(execution));
  for (const execution of mended.slice(0, MOST)) {
    const { script, exchanges } = execution;
    const [resource] = script.resources;
    const [refused] = mendedIn(exchanges);
    if (resource === undefined || refused === undefined || lab.isOver) return undefined;
    const [expected] = await references.ofScript(inOrder(resource, eventsOf(execution)));
    if (expected === undefined) continue;
    const { states, isAsExpected } = await settleAs(lab, oracle, execution, ([actual]) => {
      return actual !== undefined && decides(laboratory, resource, expected, actual).length === 0;
    });
    const [actual] = states;
    if (isAsExpected || actual === undefined) continue;
    const differences = decides(laboratory, resource, expected, actual);
    const what = swallowedText(resource.kind, refused);
    const wrong = [{ resource: 0, differences }];
    return fail(what, { script, exchanges, wrong, times: undefined }, MARK_LAST);
  }
  return metByOthers(laboratory);
}

/** What other rules met on their way: an end that was lost first, then the fewest deliveries. */
function metByOthers({ memory }: Laboratory): RuleVerdict | undefined {
  const met = memory.at(SWALLOWED).flatMap((story) => {
    const refused = swallowedIn(story);
    return refused === undefined ? [] : [{ story, refused, rank: rankOf(story, refused) }];
  });
  const [first] = met.toSorted((one, other) => one.rank - other.rank);
  if (first === undefined) return undefined;
  return fail(swallowedText(first.refused.kind, first.refused), first.story, MARK_LAST);
}

/** Longer than any story. */
const NO_END = 1_000;

function rankOf({ script }: Story, { delivery: { resource, event } }: Exchange): number {
  return countDeliveries(script) + (script.resources[resource]?.end === event ? 0 : NO_END);
}

function eventsOf({ script }: Execution): readonly string[] {
  return script.steps.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
}

/** One resource, its events in order and to the end, each once and as Inqud sends it. */
function isWholeLife(execution: Execution): boolean {
  const { resources, steps } = execution.script;
  const [resource] = resources;
  const events = eventsOf(execution);
  if (resource === undefined || resources.length > 1 || events.at(-1) !== resource.end)
    return false;
  const isPlain = steps.every(
    ({ deliveries }) => deliveries.length === 1 && deliveries[0]?.variant === undefined,
  );
  const inTurn = inOrder(resource, events).steps.flatMap(({ deliveries }) => deliveries);
  return isPlain && inTurn.map(({ event }) => event).join() === events.join();
}

function isMended({ exchanges }: Execution): boolean {
  return mendedIn(exchanges).length > 0 && unanswered(exchanges).length === 0;
}
