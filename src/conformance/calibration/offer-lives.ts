import type { Kind } from '../../webhook/catalogue.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { mainLife } from '../profile.js';
import { inOrderLife, type Offer } from './lives.js';
import { type SkippedKind, skippedBy } from './skipped-kind.js';

/**
 * Offers the usual life of each kind, all at the same time. What is not taken, and not declined
 * either, may have failed in the crowd: it is offered once more alone, until one of each sort of
 * answer has come again. Where it turns out that web hooks are refused by chance, all are offered anew.
 */
export async function offerLives(
  lab: Lab,
  gate: Gate,
  kinds: readonly Kind[],
): Promise<readonly Offer[]> {
  const wasUnsteady = lab.isUnsteady;
  const offerAll = () =>
    Promise.all(
      kinds.map(async (kind): Promise<Offer> => {
        return { kind, execution: await gate.shared(() => offer(lab, kind)) };
      }),
    );
  const first = await offerAll();
  const offers = lab.isUnsteady && !wasUnsteady ? await offerAll() : first;
  if (kinds.length === 1) return offers;
  const known = new Set<string>();
  const told: Offer[] = [];
  for (const made of offers) {
    const { kind } = made;
    const skipped = skippedBy(kind, made.execution);
    if (skipped === undefined || !mayBeCrowd(skipped) || known.has(sortOf(skipped)) || lab.isOver) {
      told.push(made);
      continue;
    }
    const execution = await gate.alone(() => offer(lab, kind));
    if (execution.exchanges.length === 0) {
      told.push(made);
      continue;
    }
    const again = skippedBy(kind, execution);
    if (again !== undefined) known.add(sortOf(again));
    told.push({ kind, execution });
  }
  return told;
}

function offer(lab: Lab, kind: Kind) {
  return lab.execute(inOrderLife(kind, mainLife(kind)), { impatient: true });
}

/** Who cannot be reached is not reached by another try, and who declines has decided. */
function mayBeCrowd({ isDeclined, came }: SkippedKind): boolean {
  return !isDeclined && came.code !== 'unreachable' && came.code !== 'nothing';
}

function sortOf({ came }: SkippedKind): string {
  return JSON.stringify(came);
}
