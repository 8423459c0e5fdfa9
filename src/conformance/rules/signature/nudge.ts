import { expect } from '../../expectation.js';
import type { Forgery } from '../../lab/forge.js';
import type { Laboratory, TruthServer } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { deliver } from '../../script.js';
import { isRight, tryOut } from '../../trial.js';
import { inTurn, scriptFor } from '../kinds.js';

/** An event that was forged in some way. */
interface ForgedEvent {
  readonly event: string;
  readonly forgery: Forgery;
}

/**
 * Whether forged web hooks that are answered 200 are taken for mere nudges: Inqud's API is there to
 * be asked, it was asked about their resource, and what they said changed nothing.
 */
export async function areNudges(
  laboratory: Laboratory,
  forged: ReadonlyMap<SeenKind, readonly ForgedEvent[]>,
): Promise<boolean> {
  const { truth } = laboratory.hooks;
  if (truth === undefined || forged.size === 0) return false;
  const told = await Promise.all(
    [...forged].map(([kind, events]) => isNudged(laboratory, truth, kind, events)),
  );
  return told.every((isNudge) => isNudge);
}

async function isNudged(
  laboratory: Laboratory,
  truth: TruthServer,
  kind: SeenKind,
  forged: readonly ForgedEvent[],
): Promise<boolean> {
  const steps = [
    ...inTurn(kind.main.events.slice(0, -1)),
    ...forged.map(({ event, forgery }) => deliver(event, 0, { forge: forgery })),
  ];
  const script = scriptFor(kind, kind.main, steps);
  const expectation = await expect(laboratory, script, { kind: 'same' });
  const trial = await laboratory.gate.shared(() => tryOut(laboratory, script, expectation));
  const [subject] = trial.execution.subjects;
  return isRight(trial) && subject !== undefined && truth.asked.wasAbout(subject.probe.id);
}
