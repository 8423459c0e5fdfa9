import { findKind } from '../webhook/catalogue.js';
import { type Execution, isOk } from './lab/exchange.js';
import type { Gate } from './lab/gate.js';
import type { Lab } from './lab/lab.js';
import { type KindUnderTest, profileIn, tellingPaths, tellingPathsIn } from './profile.js';
import { deliver, type Script, type ScriptResource, type ScriptStep, scriptOf } from './script.js';
import { isEqualBut, pathsThatDiffer } from './state/difference.js';
import type { Oracle, States } from './state/oracle.js';
import { settle, watch } from './state/settle.js';
import { steadyOf } from './state/steady.js';

const MOST_TRIES = 5;
/** What changes even later is no settling. */
const LONGEST_LEARNED_MS = 10_000;
/** A job that runs less often than this is nothing that anybody would wait for. */
const LATEST_JOB_MS = 15_000;

/** What undisturbed, in-order deliveries leave behind. Each is looked at once and kept. */
export class References {
  readonly #lab: Lab;
  readonly #oracle: Oracle;
  readonly #gate: Gate;
  readonly #kinds: readonly KindUnderTest[];
  readonly #begun = new Map<string, Promise<void>>();
  /** What of it is there: to wait for the rest with the gate in hand would be to wait for ever. */
  readonly #known = new Map<string, States>();
  readonly #executions = new Map<string, Promise<Execution>>();
  readonly #doubted = new Map<string, Promise<void>>();
  /** A success that came in order never showed, however long it was waited for. */
  #neverFinished = false;

  constructor(lab: Lab, oracle: Oracle, gate: Gate, kinds: readonly KindUnderTest[]) {
    this.#lab = lab;
    this.#oracle = oracle;
    this.#gate = gate;
    this.#kinds = kinds;
  }

  /** The states after a script that is its own reference, e.g. two resources one after the other. */
  async ofScript(script: Script): Promise<States> {
    const key = JSON.stringify(script);
    if (!this.#known.has(key)) await (this.#begun.get(key) ?? this.#begin(key, script));
    return (this.#known.get(key) ?? []).map((leaves) => this.#oracle.veil(leaves));
  }

  /**
   * Carries a script out, once for all who ask in the same words, references among them. The caller
   * holds the gate.
   */
  async carryOut(script: Script): Promise<Execution> {
    const key = JSON.stringify(script);
    const execution = this.#executions.get(key) ?? this.#lab.execute(script);
    this.#executions.set(key, execution);
    return toldOf(script, await execution);
  }

  /** Carries out side by side what would else be carried out when it is asked for, one by one. */
  async know(scripts: readonly Script[]): Promise<void> {
    await Promise.all(scripts.map((script) => this.ofScript(script)));
  }

  /**
   * Does a script anew on a quiet receiver, once, and from then on goes by that. Masks where it came
   * out otherwise than before: what decides only if more twins differ there, because what was lost in
   * a crowd does not vary by itself.
   */
  doubt(script: Script): Promise<void> {
    const key = JSON.stringify(script);
    const doubting = this.#doubted.get(key) ?? this.#doubtOnce(key, script);
    this.#doubted.set(key, doubting);
    return doubting;
  }

  #begin(key: string, script: Script): Promise<void> {
    const taking = this.#gate.shared(async () => {
      const states = await this.#undisturbed(script, await this.carryOut(script));
      if (!this.#known.has(key)) this.#known.set(key, states);
    });
    this.#begun.set(key, taking);
    return taking;
  }

  #doubtOnce(key: string, script: Script): Promise<void> {
    return this.#gate.alone(async () => {
      const look = async () => this.#undisturbed(script, await this.#lab.execute(script));
      const before = this.#known.get(key) ?? (await look());
      const again = await look();
      if (this.#lab.isOver || (this.#isLost(script, again) && this.#tells(script, before))) return;
      this.#known.set(key, again);
      for (const index of script.resources.keys()) {
        await this.#maskWhatVaries(script, index, { before, again, look });
      }
    });
  }

  async #maskWhatVaries({ resources }: Script, index: number, looks: TwoLooks): Promise<void> {
    const oracle = this.#oracle;
    const leaves = (states: States) => oracle.veil(states[index] ?? new Map());
    const again = leaves(looks.again);
    const doubtful = pathsThatDiffer(leaves(looks.before), again);
    const telling = tellingPathsIn(this.#kinds, resources[index]?.kind ?? '');
    const deciding = doubtful.filter((path) => telling.includes(path));
    const lookAgain = async () => leaves(await looks.look());
    const steady = await steadyOf(this.#lab, deciding, lookAgain, again);
    for (const path of doubtful) if (!steady.includes(path)) oracle.mask(path);
  }

  /** What is lost altogether, whoever comes, does not vary. */
  #isLost({ resources }: Script, states: States): boolean {
    return resources.some(({ kind }, index) => {
      const before = profileIn(this.#kinds, kind)?.before;
      const state = states[index] ?? new Map();
      return before !== undefined && isEqualBut(before, state, this.#oracle.masked);
    });
  }

  /** Whether a state says somewhere how a life ended. */
  #tells({ resources }: Script, states: States): boolean {
    return resources.some(({ kind }, index) => {
      const profile = profileIn(this.#kinds, kind);
      if (profile === undefined) return false;
      const [before, main, contrast] = [profile.before, profile.main, profile.contrast].map(
        (known) => pathsThatDiffer(known, states[index] ?? new Map()),
      );
      return tellingPaths(profile).some(
        (path) => before?.includes(path) && !(main?.includes(path) && contrast?.includes(path)),
      );
    });
  }

  /** What was refused at first comes late, which is no reference: it is done anew. */
  async #undisturbed(script: Script, first: Execution): Promise<States> {
    const lab = this.#lab;
    let execution = first;
    for (let tries = 1; tries < MOST_TRIES && wasRefused(execution) && !lab.isOver; tries += 1) {
      execution = await lab.execute(script);
    }
    const { states, changes } = await settle(lab, this.#oracle, execution);
    const late = changes.filter(({ ms }) => ms > this.#oracle.settleMs && ms < LONGEST_LEARNED_MS);
    this.#oracle.learnSettling(late);
    return this.#isUnfinished(script, states) ? this.#finished(script, execution, states) : states;
  }

  /**
   * The states once the success shows: a job that runs now and then had done with all that came until
   * then, and is later than was learned. It is waited for until one of them does not show at all.
   */
  async #finished(script: Script, execution: Execution, states: States): Promise<States> {
    if (this.#neverFinished || this.#lab.isOver) return states;
    const isFinished = (seen: States) => !this.#isUnfinished(script, seen);
    const { states: late, changes } = await watch(this.#lab, this.#oracle, execution, {
      quietMs: () => LATEST_JOB_MS,
      longestMs: LATEST_JOB_MS,
      isEnd: isFinished,
    });
    this.#neverFinished = !isFinished(late);
    if (this.#neverFinished) return states;
    this.#oracle.learnSettling(changes);
    return (await settle(this.#lab, this.#oracle, execution)).states;
  }

  /** Whether all that a success takes came, and the state is as if it had not. */
  #isUnfinished(script: Script, states: States): boolean {
    const { masked } = this.#oracle;
    return script.resources.some(({ kind, end }, index) => {
      const known = this.#kinds.find(({ name }) => name === kind);
      if (known?.profile === undefined || end !== known.main.end) return false;
      const { before, between, main } = known.profile;
      const came = script.steps.flatMap(({ deliveries }) =>
        deliveries.flatMap(({ resource, event }) => (resource === index ? [event] : [])),
      );
      if (!known.main.events.every((event) => came.includes(event))) return false;
      const state = states[index] ?? new Map();
      return [before, between].some(
        (earlier) => !isEqualBut(earlier, main, masked) && isEqualBut(earlier, state, masked),
      );
    });
  }
}

/** States of a script that were looked at before, and again, and how to look once more. */
interface TwoLooks {
  readonly before: States;
  readonly again: States;
  readonly look: () => Promise<States>;
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

/** An execution of a script in the same words, told of the deliveries of this one. */
function toldOf(script: Script, execution: Execution): Execution {
  if (execution.script === script) return execution;
  const exchanges = execution.exchanges.map((exchange) => {
    const { step, delivery } = exchange;
    const place = execution.script.steps[step]?.deliveries.indexOf(delivery) ?? -1;
    return { ...exchange, delivery: script.steps[step]?.deliveries[place] ?? delivery };
  });
  return { ...execution, script, exchanges };
}

function wasRefused({ exchanges }: Execution): boolean {
  return exchanges.some(
    ({ outcome, delivery }) => !isOk(outcome) && delivery.variant?.forge === undefined,
  );
}
