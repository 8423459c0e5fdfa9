import { type Compare, comparison } from './comparison.js';
import type { ExpectedStates } from './expectation.js';
import { type Exchange, type Execution, isLimited, unanswered } from './lab/exchange.js';
import type { ExecuteOptions } from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import type { Script } from './script.js';
import type { Difference } from './state/difference.js';
import type { Oracle, States } from './state/oracle.js';
import { settle, settleAs } from './state/settle.js';

const PATIENCE_MS = 400;
const PATIENCE_SETTLINGS = 3;

/** What came of carrying a script out once. */
export interface Trial {
  readonly script: Script;
  readonly execution: Execution;
  readonly exchanges: readonly Exchange[];
  readonly overlapped: boolean;
  /** Genuine web hooks that were never answered 200, however often they came. */
  readonly refused: readonly Exchange[];
  /** Some were answered 429 whenever they came, so that nothing can be told. */
  readonly limited: boolean;
  /** Where the state differs; empty when it is as it has to be. */
  readonly wrong: readonly Wrong[];
}

export interface Wrong {
  /** Index into the resources of the script. */
  readonly resource: number;
  readonly differences: readonly Difference[];
}

/**
 * Carries a script out and holds the states against what they have to be, which may still be on its
 * way. The caller holds the gate.
 */
export async function tryOut(
  laboratory: Laboratory,
  script: Script,
  expected: ExpectedStates | Promise<ExpectedStates>,
  options: ExecuteOptions = {},
  patienceMs = laboratory.oracle.judgedAfterMs,
): Promise<Trial> {
  const { lab, oracle } = laboratory;
  const execution = await lab.execute(script, options);
  const { states } = await settle(lab, oracle, execution);
  const compare = comparison(laboratory, script, await expected);
  const isExpected = (seen: States) =>
    seen.every((leaves, index) => compare(leaves, index).length === 0);
  const waitedMs = lab.clock.monotonic() - execution.lastAnswerMs;
  const settled =
    lab.isOver || isExpected(states)
      ? { states, isAsExpected: !lab.isOver }
      : await settleAs(lab, oracle, execution, isExpected, Math.max(0, patienceMs - waitedMs));
  const wrong = settled.isAsExpected ? [] : wrongOf(settled.states, compare);
  const { exchanges, overlapped } = execution;
  const refused = unanswered(exchanges);
  const limited = refused.some(isLimited);
  return { script, execution, exchanges, overlapped, refused, limited, wrong };
}

/** For a look that is short: what it finds is looked at once more, or agrees with what is known. */
export function shortPatienceMs({ settleMs }: Oracle): number {
  return Math.max(PATIENCE_SETTLINGS * settleMs, PATIENCE_MS);
}

function wrongOf(states: States, compare: Compare): readonly Wrong[] {
  return states.flatMap((leaves, resource) => {
    const found = compare(leaves, resource);
    return found.length === 0 ? [] : [{ resource, differences: found }];
  });
}

/** Whether the receiver took what came and left the right state. */
export function isRight({ wrong, refused }: Trial): boolean {
  return wrong.length === 0 && refused.length === 0;
}
