import type { SkippedKind } from '../../calibration/skipped-kind.js';
import type { Laboratory } from '../../laboratory.js';

/** A receiver that keeps account of so many kinds is meant for whatever comes. */
const MOST_KINDS = 4;
const FEW_KINDS = 2;

/**
 * The kinds that are not taken, though the receiver is meant for them. That a receiver of checkouts
 * breaks on an invoice is nobody's affair.
 */
export function meantThoughSkipped({
  kinds,
  skippedKinds,
  settings: { named },
}: Laboratory): readonly SkippedKind[] {
  const partly = skippedKinds.filter((one) => one.takenInPart);
  const seen = kinds.filter(({ profile }) => profile !== undefined).length;
  const takesAlmostAll = seen >= MOST_KINDS && partly.length <= FEW_KINDS;
  return skippedKinds.filter(
    ({ kind, takenInPart }) =>
      named.includes(kind) || (takenInPart && (kinds.length === 0 || takesAlmostAll)),
  );
}
