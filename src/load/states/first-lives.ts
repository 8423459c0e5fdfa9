import { calibrate } from '../../conformance/calibration/calibrate.js';
import { type CourierOptions, createCourier } from '../../conformance/lab/courier.js';
import { Gate } from '../../conformance/lab/gate.js';
import { Lab } from '../../conformance/lab/lab.js';
import type { KindUnderTest } from '../../conformance/profile.js';
import { deliver, type ScriptResource, scriptOf } from '../../conformance/script.js';
import type { Leaves } from '../../conformance/state/leaves.js';
import { Oracle } from '../../conformance/state/oracle.js';
import { settle } from '../../conformance/state/settle.js';
import type { Batch } from '../../delivery/plan.js';
import type { Clock, StateProbe, Transport } from '../../ports.js';
import { findKind } from '../../webhook/catalogue.js';

export interface FirstLivesRequest {
  readonly batches: readonly Batch[];
  readonly courier: CourierOptions;
  readonly ignore: readonly string[];
  readonly only: readonly string[];
  readonly timeoutMs: number;
}

export interface FirstLivesPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly probe: StateProbe;
  readonly signal: AbortSignal;
}

/** What undisturbed lives of the kinds of a load left behind, and how states are read. */
export interface FirstLives {
  readonly lab: Lab;
  readonly oracle: Oracle;
  readonly kinds: readonly KindUnderTest[];
  /** Of each batch: what a life of it leaves; undefined where states tell nothing of its kind. */
  readonly expected: readonly (Leaves | undefined)[];
}

const AT_ONCE = 16;

/** Lives a life of each kind, one web hook after the other, as `check` does to learn a receiver's states. */
export async function liveFirst(
  { batches, courier: options, ignore, only, timeoutMs }: FirstLivesRequest,
  { transport, clock, probe, signal }: FirstLivesPorts,
): Promise<FirstLives> {
  const gate = new Gate(AT_ONCE, clock);
  const lab = new Lab({
    courier: createCourier(options),
    transport,
    clock,
    probe,
    signal,
    timeoutMs,
    prepare: undefined,
    onSend: undefined,
    delivering: (load, work) => gate.delivering(load, work),
    onLimited: (webHooksAtOnce) => gate.halve(webHooksAtOnce),
  });
  const oracle = new Oracle(lab, { ignore, only });
  const names = [...new Set(batches.map(({ kind }) => kind))];
  const named = names.flatMap((name) => findKind(name) ?? []);
  const { kinds } = await calibrate(lab, oracle, gate, { kinds: named, areNamed: true });
  const expected: (Leaves | undefined)[] = [];
  for (const batch of batches) {
    const isSeen = kinds.some(({ name, profile }) => name === batch.kind && profile !== undefined);
    expected.push(isSeen && !lab.isOver ? await lifeLeaves(lab, oracle, batch) : undefined);
  }
  return { lab, oracle, kinds, expected };
}

/** The resource of a life, as scripts know it. */
export function resourceOf({ kind, events }: Batch): ScriptResource {
  return { kind, end: events.at(-1)?.status ?? '', order: 0 };
}

async function lifeLeaves(lab: Lab, oracle: Oracle, batch: Batch): Promise<Leaves | undefined> {
  const variant = batch.set.length === 0 ? undefined : { set: batch.set };
  const steps = batch.events.map(({ status }) => deliver(status, 0, variant));
  const execution = await lab.execute(scriptOf(resourceOf(batch), steps));
  const { states } = await settle(lab, oracle, execution);
  return states[0];
}
