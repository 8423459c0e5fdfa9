import type { SkippedKind } from '../../calibration/skipped-kind.js';
import type { Laboratory } from '../../laboratory.js';

/**
 * The kinds that are not taken, and have to be: those that were named, and those that are not
 * declined. That a receiver of checkouts declines an invoice is its right.
 */
export function meantThoughSkipped({
  skippedKinds,
  settings: { named },
}: Pick<Laboratory, 'skippedKinds' | 'settings'>): readonly SkippedKind[] {
  return skippedKinds.filter(({ kind, isDeclined }) => named.includes(kind) || !isDeclined);
}
