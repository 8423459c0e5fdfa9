import { type Exchange, type Execution, unanswered } from './lab/exchange.js';
import type { Laboratory } from './laboratory.js';
import type { Script } from './script.js';

/** A script that was carried out, and the web hook of it that was refused, if one was. */
export interface Answered {
  readonly execution: Execution;
  readonly refused: Exchange | undefined;
}

/**
 * Carries a script out side by side with others. What is refused is done again on a quiet receiver,
 * so that one that only has too much to do at the moment is not accused.
 */
export async function answersTo(laboratory: Laboratory, script: Script): Promise<Answered> {
  const { lab, gate, references } = laboratory;
  const first = answeredBy(await gate.shared(() => references.carryOut(script)));
  if (first.refused === undefined || lab.isOver) return first;
  // What ends the process for one web hook is not to be seen by another.
  const goesDown = first.execution.exchanges.some(
    ({ outcome }) => outcome.kind === 'broken' || outcome.kind === 'unreachable',
  );
  const again = () => lab.execute(script);
  return answeredBy(await (goesDown ? gate.alone(again) : gate.calm(again)));
}

function answeredBy(execution: Execution): Answered {
  return { execution, refused: unanswered(execution.exchanges)[0] };
}
