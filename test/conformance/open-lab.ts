import { setMaxListeners } from 'node:events';
import { packagedSamples } from '../../src/adapters/sample-files.js';
import { calibrate } from '../../src/conformance/calibration/calibrate.js';
import { CheckMemory } from '../../src/conformance/check-memory.js';
import { createCourier, type ResourceUnderTest } from '../../src/conformance/lab/courier.js';
import type { Execution } from '../../src/conformance/lab/exchange.js';
import { Gate } from '../../src/conformance/lab/gate.js';
import { Lab } from '../../src/conformance/lab/lab.js';
import type { PreparedIds } from '../../src/conformance/lab/prepared-ids.js';
import type { Laboratory } from '../../src/conformance/laboratory.js';
import { References } from '../../src/conformance/references.js';
import { deliver, scriptOf } from '../../src/conformance/script.js';
import { Oracle } from '../../src/conformance/state/oracle.js';
import { readAllSamples } from '../../src/delivery/read-samples.js';
import { Secret } from '../../src/webhook/secret.js';
import { type MemoryAnswer, MemoryServer } from '../memory-server.js';
import { CORRECT, type Model } from '../proving-ground/model.js';
import { runModel } from '../proving-ground/receiver.js';
import { SimulatedClock } from '../simulated-clock.js';
import { kindNamed } from './plain.js';
import { SECRET, type Shop } from './shop.js';

const samples = readAllSamples(packagedSamples);

/** Days before the simulated time, as in a check. */
const EPOCH_MS = Date.UTC(2029, 11, 28);

export function testCourier() {
  return samples.then((read) =>
    createCourier({
      samples: read,
      secret: Secret.fromText(SECRET),
      headers: [['Content-Type', 'application/json']],
      seed: '1',
      salt: '',
      epochMs: EPOCH_MS,
    }),
  );
}

export interface LabSettings {
  readonly ignore?: readonly string[];
  readonly only?: readonly string[];
  /** There is no way to read a state. */
  readonly isBlind?: boolean;
  /** Every reading is about all resources. */
  readonly isShared?: boolean;
  readonly prepare?: (subject: ResourceUnderTest) => Promise<PreparedIds>;
}

/** Where a receiver is, and in which time. */
export interface LabPlace extends Pick<Shop, 'url' | 'stateUrl' | 'clock'> {
  readonly outside: Pick<Shop['outside'], 'connect' | 'openStateProbe'>;
}

export interface OpenLab {
  readonly lab: Lab;
  readonly oracle: Oracle;
  readonly gate: Gate;
  readonly clock: SimulatedClock;
  /** Interrupts what is under way. */
  readonly end: () => void;
}

/** A lab before a receiver, as a check opens one, in the receiver's own time. */
export async function openLab(
  { url, stateUrl, outside, clock }: LabPlace,
  { ignore = [], only = [], isBlind = false, isShared = false, prepare }: LabSettings = {},
): Promise<OpenLab> {
  const { transport } = await outside.connect(url);
  const probe = await outside.openStateProbe(stateUrl);
  const gate = new Gate(16, clock);
  const interruption = new AbortController();
  setMaxListeners(0, interruption.signal);
  const lab = new Lab({
    courier: await testCourier(),
    transport,
    clock,
    probe: isBlind ? undefined : { ...probe, isShared },
    prepare,
    onSend: undefined,
    delivering: (load, work) => gate.delivering(load, work),
    onLimited: (webHooksAtOnce) => gate.halve(webHooksAtOnce),
    timeoutMs: 1_000,
    signal: interruption.signal,
  });
  const oracle = new Oracle(lab, { ignore, only });
  return { lab, oracle, gate, clock, end: () => interruption.abort() };
}

/** What a rule works with; what is not said is as of a quick receiver of which nothing is known. */
export function laboratoryOf(
  { lab, oracle, gate }: OpenLab,
  known: Partial<Laboratory> = {},
): Laboratory {
  return {
    lab,
    oracle,
    gate,
    references: new References(lab, oracle, gate, known.kinds ?? []),
    kinds: [],
    skippedKinds: [],
    stateSeen: undefined,
    offers: new Map(),
    witness: undefined,
    pace: { perSecond: undefined, lifeMs: 0, webHooks: 0 },
    isMixedUp: false,
    memory: new CheckMemory(),
    settings: {
      seed: '1',
      named: [],
      runs: 0,
      budgetMs: undefined,
      lingerMs: 0,
      healWithinMs: 0,
      offeredMs: 0,
    },
    hooks: { fault: undefined, truth: undefined },
    ...known,
  };
}

/** What calibration learns of a receiver, and the lab in which it did. */
export async function calibrated(
  place: LabPlace,
  kinds: readonly string[] = ['checkout'],
  settings?: LabSettings,
  areNamed = true,
) {
  const open = await openLab(place, settings);
  const candidates = { kinds: kinds.map(kindNamed), areNamed };
  const calibration = await calibrate(open.lab, open.oracle, open.gate, candidates);
  return { ...open, calibration };
}

/** A receiver that is known: checkouts are, unless other kinds are named. */
export async function knownLaboratory(
  place: LabPlace,
  kinds?: readonly string[],
  settings?: LabSettings,
): Promise<Laboratory> {
  const { calibration, ...open } = await calibrated(place, kinds, settings);
  return laboratoryOf(open, calibration);
}

/** A receiver of every kind of the proving ground, correct but for what is said. */
export function modelPlace(change: Partial<Model> = {}): LabPlace {
  const clock = new SimulatedClock();
  const { signal } = new AbortController();
  const model = { ...CORRECT, ...change };
  const { transport, probe } = runModel(model, { secret: SECRET, clock, api: undefined, signal });
  return {
    url: 'http://127.0.0.1:3000/hook',
    stateUrl: '',
    clock,
    outside: {
      connect: (url) => Promise.resolve({ url, transport }),
      openStateProbe: () => Promise.resolve(probe),
    },
  };
}

/** What a receiver is asked, and when it heard of the first and the last web hook. */
export interface Asked {
  readonly path: string;
  /** How long ago the last web hook came. */
  readonly sinceMs: number;
  readonly webHooks: number;
}

/** A receiver that takes whatever comes, and shows what it is told to, with status 200. */
export function showing(
  state: (asked: Asked) => unknown,
  answer: () => MemoryAnswer = () => ({ status: 200 }),
): Shop {
  let lastMs = 0;
  let webHooks = 0;
  const server: MemoryServer = new MemoryServer(({ method, path }) => {
    const nowMs = server.clock.monotonic();
    if (method === 'POST') {
      lastMs = nowMs;
      webHooks += 1;
      return answer();
    }
    const shown = state({ path, sinceMs: nowMs - lastMs, webHooks });
    return { status: 200, body: typeof shown === 'string' ? shown : JSON.stringify(shown) };
  });
  const { url, outside, clock } = server;
  return { url: `${url}/hook`, stateUrl: `${url}/orders/{id}`, outside, clock };
}

/** A checkout of which these events came, one after the other. */
export function checkoutAfter({ lab }: OpenLab, ...events: readonly string[]): Promise<Execution> {
  return lab.execute(
    scriptOf(
      { kind: 'checkout', end: 'success' },
      events.map((event) => deliver(event)),
    ),
  );
}
