import { findKind } from '../webhook/catalogue.js';
import { type Execution, isOk } from './lab/exchange.js';
import type { Gate } from './lab/gate.js';
import type { Lab } from './lab/lab.js';
import { type KindUnderTest, tellingPaths } from './profile.js';
import { deliver, type Script, type ScriptResource, type Step, scriptOf } from './script.js';
import { differences, isEqualBut } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import type { Oracle, States } from './state/oracle.js';
import { settle } from './state/settle.js';
import { steadyOf } from './state/steady.js';

/** What undisturbed, in-order deliveries leave behind. Each is looked at once and kept. */
export interface References {
  /** The state after these events of a resource, delivered in their order, each once. */
  of(resource: ScriptResource, events: readonly string[]): Promise<Leaves>;
  /** The states after a script that is its own reference, e.g. two resources one after the other. */
  ofScript(script: Script): Promise<States>;
  /**
   * Looks again on a quiet receiver, and masks what an undisturbed twin has otherwise: what decides
   * only if more twins differ there, because what was lost in a crowd does not vary by itself.
   */
  doubt(resource: ScriptResource, events: readonly string[]): Promise<void>;
}

const MOST_TRIES = 5;

export function createReferences(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kinds: readonly KindUnderTest[],
): References {
  const kept = new Map<string, Promise<States>>();
  /** What of it is there: to wait for the rest with the gate in hand would be to wait for ever. */
  const known = new Map<string, States>();

  const ofScript = (script: Script): Promise<States> => {
    const key = JSON.stringify(script);
    const begun = kept.get(key);
    if (begun !== undefined) return begun;
    const made = gate.shared(async () => {
      const states = await undisturbed(lab, oracle, script);
      known.set(key, states);
      return states;
    });
    kept.set(key, made);
    return made;
  };

  const of: References['of'] = async (resource, events) => {
    const [leaves] = await ofScript(inOrder(resource, events));
    return leaves ?? new Map();
  };

  const doubt: References['doubt'] = (resource, events) =>
    gate.alone(async () => {
      const script = inOrder(resource, events);
      const look = async () => (await undisturbed(lab, oracle, script))[0] ?? new Map();
      const before = known.get(JSON.stringify(script))?.[0] ?? (await look());
      const again = await look();
      const doubtful = differences(before, again).map(({ path }) => path);
      const profile = kinds.find(({ name }) => name === resource.kind)?.profile;
      // What is lost altogether, whoever comes, does not vary.
      const isLost = profile !== undefined && isEqualBut(profile.before, again, oracle.masked);
      if (doubtful.length === 0 || isLost) return;
      const telling = profile === undefined ? [] : tellingPaths(profile);
      const deciding = doubtful.filter((path) => telling.includes(path));
      const steady = await steadyOf(lab, deciding, look, again);
      for (const path of doubtful) if (!steady.includes(path)) oracle.mask(path);
      kept.clear();
      known.clear();
      if (steady.length > 0) kept.set(JSON.stringify(script), Promise.resolve([await look()]));
    });

  return { of, ofScript, doubt };
}

/** The events of a resource in the order in which they happen, each once. */
export function inOrder(resource: ScriptResource, events: readonly string[]): Script {
  const { kind, end, amount } = resource;
  const steps: readonly Step[] = sorted(kind, events).map((event) => deliver(event));
  return scriptOf({ kind, end, ...(amount === undefined ? {} : { amount }) }, steps);
}

/** Sorted as they happen in a life, each once. */
export function sorted(kindName: string, events: readonly string[]): readonly string[] {
  const statuses = findKind(kindName)?.statuses ?? [];
  const place = (event: string) => statuses.find(({ name }) => name === event)?.path.length ?? 0;
  return [...new Set(events)].sort((one, other) => place(one) - place(other));
}

/** What was refused at first comes late, which is no reference: it is done anew. */
async function undisturbed(lab: Lab, oracle: Oracle, script: Script): Promise<States> {
  let execution = await lab.execute(script);
  for (let tries = 1; tries < MOST_TRIES && wasRefused(execution) && !lab.isOver; tries += 1) {
    execution = await lab.execute(script);
  }
  const { states } = await settle(lab, oracle, execution, { quietMs: oracle.quietMs });
  return states;
}

function wasRefused({ exchanges }: Execution): boolean {
  return exchanges.some(
    ({ outcome, delivery }) => !isOk(outcome) && delivery.variant?.forge === undefined,
  );
}
