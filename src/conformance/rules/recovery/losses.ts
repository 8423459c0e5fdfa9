import { decides } from '../../decides.js';
import type { ResourceUnderTest } from '../../lab/courier.js';
import { type Execution, unanswered } from '../../lab/exchange.js';
import type { Laboratory, RefusedQuestion, TruthServer } from '../../laboratory.js';
import { once } from '../../once.js';
import { lifeOf, type SeenKind, tellingPaths } from '../../profile.js';
import type { Story } from '../../rule.js';
import type { Script } from '../../script.js';
import type { Difference } from '../../state/difference.js';
import type { States } from '../../state/oracle.js';
import { settle, settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

/** Web hooks of a life that never come. */
export interface Loss {
  readonly kind: SeenKind;
  /** What does come. */
  readonly script: Script;
  /** The status at which the receiver is left; undefined where nothing of the order comes. */
  readonly leftAt: string | undefined;
}

/** What a receiver made of a loss, once it has had the time to ask. */
export interface Suffered extends Loss {
  readonly execution: Execution;
  readonly states: States;
  readonly healed: boolean;
  /** Whether it asked the API about the resource. */
  readonly asked: boolean;
  /** Why the API told it nothing: where it asked about the resource, or nothing it asked was answered. */
  readonly refusal: RefusedQuestion | undefined;
  readonly story: Story;
}

/**
 * Every loss of every kind that the API tells of, suffered once for all rules. Alone, for what a
 * receiver heals by itself changes the balances that others count.
 */
export const sufferAll = once((laboratory: Laboratory): Promise<readonly Suffered[]> => {
  const { truth } = laboratory.hooks;
  if (truth === undefined) return Promise.resolve([]);
  const losses = kindsOfApi(laboratory, truth).flatMap((kind) => lossesOf(laboratory, kind));
  return laboratory.gate.alone(async () => {
    const found = await Promise.all(losses.map((loss) => suffer(laboratory, truth, loss)));
    return found.filter((one) => one !== undefined);
  });
});

/** The kinds that the API has a path for, and of which the state tells how they ended. */
export function kindsOfApi(laboratory: Laboratory, truth: TruthServer): readonly SeenKind[] {
  return seenKinds(laboratory).filter(
    ({ name, main, profile }) =>
      truth.kinds.includes(name) && main.events.length > 1 && tellingPaths(profile).length > 0,
  );
}

/**
 * From each status on all that follows is lost; of the usual life each event alone; and everything,
 * where the receiver knows of the order by itself.
 */
function lossesOf({ lab }: Laboratory, kind: SeenKind): readonly Loss[] {
  const { events, end } = kind.main;
  const lossOf = (kept: readonly string[]): Loss => ({
    kind,
    script: scriptFor(kind, kind.main, inTurn(kept)),
    leftAt: kept.at(-1),
  });
  const open = kind.kind.statuses.filter((status) => status.class !== 'final');
  const tails = open.map((status) => lossOf(lifeOf(kind.kind, status).events));
  const single = events
    .filter((event) => event !== end)
    .map((lost) => lossOf(events.filter((event) => event !== lost)));
  return [...tails, ...single, ...(lab.makesOrders ? [lossOf([])] : [])];
}

const LATER_MS = 1_000;

/**
 * Undefined where what did come was not answered 200, so that Inqud would send it again. The caller
 * holds the gate.
 */
export async function suffer(
  laboratory: Laboratory,
  truth: TruthServer,
  loss: Loss,
): Promise<Suffered | undefined> {
  const { lab, oracle, settings } = laboratory;
  const { kind, script } = loss;
  const execution = await lab.execute(script);
  const [subject] = execution.subjects;
  const { exchanges } = execution;
  if (subject === undefined || unanswered(exchanges).length > 0) return undefined;
  // Who asks the API as each web hook comes must not learn so what comes later, and is lost.
  await settle(lab, oracle, execution);
  await lab.clock.sleep(Math.min(LATER_MS, settings.healWithinMs / 4), lab.signal);
  truth.publish(kind.name, lab.body(subject, kind.main.end));
  const { states, isAsExpected } = await settleAs(
    lab,
    oracle,
    execution,
    (seen) => differsIn(laboratory, loss, seen).length === 0,
    Math.max(settings.healWithinMs, oracle.judgedAfterMs),
  );
  const wrong = [{ resource: 0, differences: differsIn(laboratory, loss, states) }];
  return {
    ...loss,
    execution,
    states,
    healed: isAsExpected,
    ...askedAbout(truth, subject),
    story: { script, exchanges, wrong, times: undefined },
  };
}

function askedAbout(
  { asked }: TruthServer,
  { probe }: ResourceUnderTest,
): Pick<Suffered, 'asked' | 'refusal'> {
  const ids = [probe.id, probe.clientOrderId].filter((id) => asked.wasAbout(id));
  if (ids.length === 0) return { asked: false, refusal: asked.refusedThroughout };
  const refusals = ids.map((id) => asked.refusalOf(id));
  return { asked: true, refusal: refusals.includes(undefined) ? undefined : refusals[0] };
}

/** Where what decides is not as after the whole life. */
function differsIn(
  laboratory: Laboratory,
  { kind, script }: Loss,
  [state = new Map()]: States,
): readonly Difference[] {
  const [resource] = script.resources;
  return resource === undefined ? [] : decides(laboratory, resource, kind.profile.main, state);
}
