import type { Kind } from '../../webhook/catalogue.js';
import type { Execution } from '../lab/exchange.js';
import type { Lab } from '../lab/lab.js';
import type { KindLife } from '../profile.js';
import { deliver, type Script, scriptOf } from '../script.js';
import type { Leaves } from '../state/leaves.js';
import type { Oracle } from '../state/oracle.js';
import { settle, type WatchWindow, watch } from '../state/settle.js';

/** The usual life of a kind, as it was delivered first. */
export interface Offer {
  readonly kind: Kind;
  readonly execution: Execution;
}

/** A life of a new resource, watched until it has settled: for so long, where its settling is unknown. */
export async function lived(
  lab: Lab,
  oracle: Oracle,
  kind: Kind,
  life: KindLife,
  window?: WatchWindow,
) {
  const execution = await lab.execute(inOrderLife(kind, life));
  const settled =
    window === undefined
      ? await settle(lab, oracle, execution)
      : await watch(lab, oracle, execution, window);
  return { execution, ...settled };
}

/** The state after a life of a new resource, once it has settled. */
export async function watched(
  lab: Lab,
  oracle: Oracle,
  kind: Kind,
  life: KindLife,
): Promise<Leaves> {
  const { states } = await lived(lab, oracle, kind, life);
  return states[0] ?? new Map();
}

export function inOrderLife({ kind }: Kind, { end, events }: KindLife): Script {
  return scriptOf(
    { kind, end },
    events.map((event) => deliver(event)),
  );
}
