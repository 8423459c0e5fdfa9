import type { Case } from '../confirm.js';
import type { Laboratory } from '../laboratory.js';
import { type KindLife, type KindUnderTest, lifeOf, type SeenKind } from '../profile.js';
import { deliver, type Script, type ScriptStep, scriptOf } from '../script.js';

export function seenKinds({ kinds }: Laboratory): readonly SeenKind[] {
  return kinds.flatMap((kind) =>
    kind.profile === undefined ? [] : [{ ...kind, profile: kind.profile }],
  );
}

/**
 * The kinds that the receiver is meant for: those that show in its state, where any do, and those
 * that were named. That others are answered 200 may be no more than courtesy.
 */
export function meantKinds({ kinds, settings }: Laboratory): readonly KindUnderTest[] {
  const meant = kinds.filter(
    ({ name, profile, moves }) => profile !== undefined || moves || settings.named.includes(name),
  );
  return meant.length === 0 ? kinds : meant;
}

/** Whether a success of some kind does not show: that is told first, and alone. */
export function hasUnshownSuccess({ kinds }: Laboratory): boolean {
  return kinds.some(({ blind }) => blind?.code === 'success-unshown');
}

/** Every way a life of the kind ends for good. */
export function finalLives({ kind }: KindUnderTest): readonly KindLife[] {
  return kind.statuses
    .filter((status) => status.class === 'final')
    .map((status) => lifeOf(kind, status));
}

/** A case about one resource: its states have to be those of its events in order. */
export function sameCase(kind: KindUnderTest, life: KindLife, steps: readonly ScriptStep[]): Case {
  return { script: scriptFor(kind, life, steps), measure: { kind: 'same' } };
}

export function scriptFor(
  kind: KindUnderTest,
  life: KindLife,
  steps: readonly ScriptStep[],
): Script {
  return scriptOf({ kind: kind.name, end: life.end }, steps);
}

export function inTurn(events: readonly string[]): readonly ScriptStep[] {
  return events.map((event) => deliver(event));
}
