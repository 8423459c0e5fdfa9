import { expect } from '../../expectation.js';
import type { Forgery } from '../../lab/forge.js';
import type { Laboratory, TruthServer } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { deliver } from '../../script.js';
import { isRight, tryOut } from '../../trial.js';
import { inTurn, scriptFor } from '../kinds.js';

/**
 * Whether forged web hooks that are answered 200 are taken for mere nudges: Inqud's API is there to
 * be asked, it was asked about their resource, and what they said changed nothing.
 */
export async function areNudges(
  laboratory: Laboratory,
  forged: ReadonlyMap<SeenKind, readonly Forgery[]>,
): Promise<boolean> {
  const { truth } = laboratory.hooks;
  if (truth === undefined || forged.size === 0) return false;
  const told = await Promise.all(
    [...forged].map(([kind, forgeries]) => isNudged(laboratory, truth, kind, forgeries)),
  );
  return told.every((isNudge) => isNudge);
}

async function isNudged(
  laboratory: Laboratory,
  truth: TruthServer,
  kind: SeenKind,
  forgeries: readonly Forgery[],
): Promise<boolean> {
  const { events, end } = kind.main;
  const steps = [
    ...inTurn(events.slice(0, -1)),
    ...forgeries.map((forge) => deliver(end, 0, { forge })),
  ];
  const script = scriptFor(kind, kind.main, steps);
  const expectation = await expect(laboratory, script, { kind: 'same' });
  const trial = await laboratory.gate.shared(() => tryOut(laboratory, script, expectation));
  const [subject] = trial.execution.subjects;
  return isRight(trial) && subject !== undefined && truth.asked.wasAbout(subject.probe.id);
}
