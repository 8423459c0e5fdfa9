import { decides } from '../../decides.js';
import { answerOf, type Execution, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { inOrder } from '../../references.js';
import { fail, type RuleVerdict } from '../../rule.js';
import { settleAs } from '../../state/settle.js';
import { MARK_LAST, mendedIn } from '../../swallowed.js';
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
    const what = `${resource.kind}.${refused.delivery.event} was ${answerOf(refused)}, then 200 when it came again, and its work was never done.`;
    const wrong = [{ resource: 0, differences }];
    return fail(what, { script, exchanges, wrong, times: undefined }, MARK_LAST);
  }
  return undefined;
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
