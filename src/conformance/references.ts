import { findKind } from '../webhook/catalogue.js';
import { type Execution, isOk } from './lab/exchange.js';
import type { Gate } from './lab/gate.js';
import type { Lab } from './lab/lab.js';
import { type KindUnderTest, profileIn, tellingPaths, tellingPathsIn } from './profile.js';
import { deliver, type Script, type ScriptResource, type ScriptStep, scriptOf } from './script.js';
import { isEqualBut, pathsThatDiffer } from './state/difference.js';
import type { Oracle, States } from './state/oracle.js';
import { settle } from './state/settle.js';
import { steadyOf } from './state/steady.js';

/** What undisturbed, in-order deliveries leave behind. Each is looked at once and kept. */
export interface References {
  /** The states after a script that is its own reference, e.g. two resources one after the other. */
  ofScript(script: Script): Promise<States>;
  /** Carries out side by side what would else be carried out when it is asked for, one by one. */
  know(scripts: readonly Script[]): Promise<void>;
  /**
   * Does a script anew on a quiet receiver, once, and from then on goes by that. Masks where it came
   * out otherwise than before: what decides only if more twins differ there, because what was lost in
   * a crowd does not vary by itself.
   */
  doubt(script: Script): Promise<void>;
}

const MOST_TRIES = 5;
/** What changes even later is no settling. */
const LONGEST_LEARNED_MS = 10_000;

export function createReferences(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kinds: readonly KindUnderTest[],
): References {
  const begun = new Map<string, Promise<void>>();
  /** What of it is there: to wait for the rest with the gate in hand would be to wait for ever. */
  const known = new Map<string, States>();

  const begin = (key: string, script: Script): Promise<void> => {
    const taking = gate.shared(async () => {
      const states = await undisturbed(lab, oracle, script);
      if (!known.has(key)) known.set(key, states);
    });
    begun.set(key, taking);
    return taking;
  };

  const ofScript = async (script: Script): Promise<States> => {
    const key = JSON.stringify(script);
    if (!known.has(key)) await (begun.get(key) ?? begin(key, script));
    return (known.get(key) ?? []).map(oracle.veil);
  };

  const doubted = new Map<string, Promise<void>>();
  const doubt: References['doubt'] = (script) => {
    const key = JSON.stringify(script);
    const doubting = doubted.get(key) ?? doubtOnce(key, script);
    doubted.set(key, doubting);
    return doubting;
  };

  const doubtOnce = (key: string, script: Script) =>
    gate.alone(async () => {
      const look = () => undisturbed(lab, oracle, script);
      const before = known.get(key) ?? (await look());
      const again = await look();
      if (lab.isOver || (isLost(script, again) && tells(script, before))) return;
      known.set(key, again);
      for (const [index, { kind }] of script.resources.entries()) {
        const leaves = (states: States) => oracle.veil(states[index] ?? new Map());
        const doubtful = pathsThatDiffer(leaves(before), leaves(again));
        const telling = tellingPathsIn(kinds, kind);
        const deciding = doubtful.filter((path) => telling.includes(path));
        const lookAgain = async () => leaves(await look());
        const steady = await steadyOf(lab, deciding, lookAgain, leaves(again));
        for (const path of doubtful) if (!steady.includes(path)) oracle.mask(path);
      }
    });

  /** What is lost altogether, whoever comes, does not vary. */
  const isLost = ({ resources }: Script, states: States): boolean =>
    resources.some(({ kind }, index) => {
      const before = profileIn(kinds, kind)?.before;
      return before !== undefined && isEqualBut(before, states[index] ?? new Map(), oracle.masked);
    });

  /** Whether a state says somewhere how a life ended. */
  const tells = ({ resources }: Script, states: States): boolean =>
    resources.some(({ kind }, index) => {
      const profile = profileIn(kinds, kind);
      if (profile === undefined) return false;
      const [before, main, contrast] = [profile.before, profile.main, profile.contrast].map(
        (known) => pathsThatDiffer(known, states[index] ?? new Map()),
      );
      return tellingPaths(profile).some(
        (path) => before?.includes(path) && !(main?.includes(path) && contrast?.includes(path)),
      );
    });

  const know: References['know'] = async (scripts) => {
    await Promise.all(scripts.map(ofScript));
  };

  return { ofScript, know, doubt };
}

/** The events of a resource in the order in which they happen, each once. */
export function inOrder(resource: ScriptResource, events: readonly string[]): Script {
  const { kind, end, amount } = resource;
  const steps: readonly ScriptStep[] = sorted(kind, events).map((event) => deliver(event));
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
  const { states, changes } = await settle(lab, oracle, execution);
  oracle.learnSettling(changes.filter(({ ms }) => ms > oracle.settleMs && ms < LONGEST_LEARNED_MS));
  return states;
}

function wasRefused({ exchanges }: Execution): boolean {
  return exchanges.some(
    ({ outcome, delivery }) => !isOk(outcome) && delivery.variant?.forge === undefined,
  );
}
