import type { Kind } from '../../webhook/catalogue.js';
import type { Execution } from '../lab/exchange.js';
import type { Lab } from '../lab/lab.js';
import type { Life } from '../profile.js';
import { deliver, type Script, scriptOf } from '../script.js';
import type { Leaves } from '../state/leaves.js';
import type { Oracle } from '../state/oracle.js';
import { settle } from '../state/settle.js';

/** The usual life of a kind, as it was delivered first. */
export interface Offer {
  readonly kind: Kind;
  readonly execution: Execution;
}

const LONGEST_MS = 20_000;

/** The state after a life of a new resource, once it has settled. */
export async function watched(lab: Lab, oracle: Oracle, kind: Kind, life: Life): Promise<Leaves> {
  const execution = await lab.execute(inOrderLife(kind, life));
  const { quietMs } = oracle;
  const settled = await settle(lab, oracle, execution, { quietMs, longestMs: LONGEST_MS });
  return settled.states[0] ?? new Map();
}

export function inOrderLife({ kind }: Kind, { end, events }: Life): Script {
  return scriptOf(
    { kind, end },
    events.map((event) => deliver(event)),
  );
}
