import { expect, type Measure } from '../expectation.js';
import type { Laboratory } from '../laboratory.js';
import { countDeliveries, type Script } from '../script.js';
import { isRight, shortPatienceMs, tryOut } from '../trial.js';
import { simplerScripts } from './simpler.js';

/** Whether a simpler script still fails. */
export type StillFails = (script: Script) => Promise<boolean>;

export interface ShrinkLimits {
  /** On the clock of this machine. */
  readonly withinMs: number;
  /** What comes at the same time is the point, and stays. */
  readonly keepsTogether?: boolean;
}

/** The smallest script whose states are still wrong, as far as it is found in the time. */
export function shrink(
  laboratory: Laboratory,
  failing: Script,
  measureOf: (script: Script) => Measure,
  limits: ShrinkLimits,
): Promise<Script> {
  const { oracle, gate } = laboratory;
  const patienceMs = shortPatienceMs(oracle);
  return shrinkWhile(laboratory, failing, limits, async (script) => {
    const expectation = expect(laboratory, script, measureOf(script));
    const trial = await gate.shared(() => tryOut(laboratory, script, expectation, {}, patienceMs));
    return !isRight(trial) && !trial.limited;
  });
}

/** All simpler scripts are tried at once, the boldest that still fails goes on. */
export async function shrinkWhile(
  { lab }: Laboratory,
  failing: Script,
  { withinMs, keepsTogether = false }: ShrinkLimits,
  stillFails: StillFails,
): Promise<Script> {
  const endMs = lab.clock.monotonic() + withinMs;
  let smallest = failing;
  while (lab.clock.monotonic() < endMs && !lab.isOver) {
    const candidates = simplerScripts(smallest).filter(
      (script) => hasEnds(script) && isHeard(script) && (!keepsTogether || hasTogether(script)),
    );
    const simpler = await simplest(candidates, async (script) =>
      lab.clock.monotonic() < endMs ? stillFails(script) : false,
    );
    if (simpler === undefined) break;
    smallest = simpler;
  }
  return smallest;
}

/**
 * The end of each life stays: which of two intermediate statuses shows when they come the wrong way
 * round is nobody's affair, if the final one sets it right.
 */
function hasEnds({ resources, steps }: Script): boolean {
  const deliveries = steps.flatMap((step) => step.deliveries);
  return resources.every(({ end }, index) =>
    deliveries.some(({ resource, event }) => resource === index && event === end),
  );
}

/** What nobody heard answered comes again: a receiver may undo what it was hung up on. */
export function isHeard({ steps }: Script): boolean {
  const deliveries = steps.flatMap((step) => step.deliveries);
  return deliveries.every(
    (unheard, place) =>
      unheard.answer === 'awaited' ||
      deliveries
        .slice(place + 1)
        .some(
          ({ resource, event, answer }) =>
            answer === 'awaited' && resource === unheard.resource && event === unheard.event,
        ),
  );
}

function hasTogether({ steps }: Script): boolean {
  return steps.some(({ deliveries }) => deliveries.length > 1);
}

async function simplest(
  candidates: readonly Script[],
  fails: StillFails,
): Promise<Script | undefined> {
  const verdicts = await Promise.all(candidates.map(fails));
  return candidates
    .filter((_, index) => verdicts[index] === true)
    .sort((one, other) => countDeliveries(one) - countDeliveries(other))[0];
}
