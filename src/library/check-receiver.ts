import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { systemClock } from '../adapters/clock.js';
import { connect } from '../adapters/connect.js';
import { packagedSamples } from '../adapters/sample-files.js';
import { openUrlProbe } from '../adapters/state-probe.js';
import { check as runCheck } from '../conformance/check.js';
import { checkRequest, stateLimit } from '../conformance/check-request.js';
import { idsIn } from '../conformance/lab/prepared-ids.js';
import type { CheckRecord, CheckSummary } from '../conformance/records.js';
import type { RuleStatus, Severity } from '../conformance/rule.js';
import type { Clock, Header, ProbeReading, ProbeSubject, StateProbe } from '../ports.js';
import { resultDocument } from '../report/check/result-document.js';
import { type SpokenRecord, spoken } from '../report/check/spoken-record.js';
import { exitCodeOfCheck } from '../report/exit-code.js';
import { createSecretGuard, guardedText } from '../report/secret-guard.js';
import { CHECK_SETTINGS, type CheckSettings } from '../settings/check.js';
import { reachOf } from '../settings/reach.js';
import { confidentialIn, stateHeaders } from '../settings/state-headers.js';
import { Secret } from '../webhook/secret.js';
import { givenSecret, type KnownOptions, refuseUnknownOptions } from './given.js';

export interface CheckOptions extends CheckSettings {
  /** The receiver: a URL, `host:port` or a port. */
  readonly url: string;
  /** The secret web hooks are signed with. */
  readonly secret: string | Secret;
  /** Reads the state of a resource: anything that JSON can say; undefined when there is none. */
  readonly state?: ((subject: ProbeSubject) => unknown) | undefined;
  /** Sent with every web hook. */
  readonly headers?: readonly Header[] | undefined;
  /**
   * Makes the order a resource belongs to; where the order has ids of its own it gives back
   * `{ id, clientOrderId }`, one of them or both.
   */
  readonly prepare?: ((subject: ProbeSubject) => Promise<unknown>) | undefined;
  readonly reset?: (() => Promise<void>) | undefined;
  /** Make the receiver's work fail, and work again. */
  readonly fault?:
    | { readonly on: () => Promise<void>; readonly off: () => Promise<void> }
    | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onRecord?: ((record: SpokenRecord) => void) | undefined;
}

const OWN_OPTIONS: KnownOptions<Omit<CheckOptions, keyof CheckSettings>> = {
  url: true,
  secret: true,
  state: true,
  headers: true,
  prepare: true,
  reset: true,
  fault: true,
  signal: true,
  onRecord: true,
};

/** One rule's verdict. */
export interface CheckResult {
  readonly id: string;
  readonly severity: Severity;
  readonly status: RuleStatus;
  readonly evidence: string;
  readonly source: string;
  readonly advice: string;
  /** The rule whose failure may be the reason of this one: that is mended first. */
  readonly followsFrom?: string;
  /** What was delivered, and where the state differs. */
  readonly story?: { readonly timeline: readonly string[]; readonly state: readonly string[] };
}

export interface CheckReport {
  readonly seed: string;
  readonly results: readonly CheckResult[];
  readonly summary: CheckSummary;
  /** As the command would end: 0 when every must holds. */
  readonly exitCode: number;
}

/** What a check reaches a receiver through. */
interface CheckWorld {
  readonly clock: Clock;
  readonly connect: typeof connect;
  readonly openStateProbe: typeof openUrlProbe;
}

const REAL: CheckWorld = { clock: systemClock, connect, openStateProbe: openUrlProbe };

/** See `check` of the package. */
export async function checkReceiver(
  options: CheckOptions,
  world: CheckWorld = REAL,
): Promise<CheckReport> {
  refuseUnknownOptions(options, { ...CHECK_SETTINGS, ...OWN_OPTIONS }, 'check');
  const secret = givenSecret(options.secret, 'check');
  const signal = options.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  const request = await checkRequest(options, {
    secret,
    headers: [['Content-Type', 'application/json'], ...(options.headers ?? [])],
    samples: packagedSamples,
    clock: world.clock,
    draw: () => String(randomInt(1, 2 ** 31)),
  });
  const { transport } = await world.connect(options.url, reachOf(options));
  const probe = await probeOf(options, world);
  const { prepare } = options;
  const run = runCheck(request, {
    transport,
    clock: world.clock,
    probe,
    signal,
    hooks: { fault: options.fault, truth: undefined },
    prepare: prepare && (async (subject) => idsIn(await prepare(subject.probe))),
    reset: options.reset,
  });
  try {
    return await gathered(run, { ...options, seed: request.seed, secret });
  } finally {
    await transport.close();
    await probe?.close();
  }
}

async function gathered(
  run: AsyncGenerator<CheckRecord, CheckSummary>,
  {
    seed,
    secret,
    onRecord,
    stateHeaders: headers,
  }: Pick<CheckOptions, 'onRecord' | 'stateHeaders'> & {
    readonly seed: string;
    readonly secret: Secret;
  },
): Promise<CheckReport> {
  // What receivers say may hold the secret or control characters, and many read the output of tests.
  const guard = createSecretGuard();
  guard.note(secret);
  for (const text of stateHeaders(headers).flatMap(confidentialIn)) {
    guard.note(Secret.fromText(text));
  }
  const shown = (text: string) => guardedText(text, guard);
  const results: CheckResult[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) {
      return { seed, results, summary: step.value, exitCode: exitCodeOfCheck(step.value) };
    }
    onRecord?.(spoken(step.value));
    if (step.value.kind === 'result') results.push(resultDocument(step.value, shown));
  }
}

async function probeOf(options: CheckOptions, world: CheckWorld): Promise<StateProbe | undefined> {
  const { state, stateUrl } = options;
  if (state !== undefined) return functionProbe(state);
  if (stateUrl === undefined) return undefined;
  return world.openStateProbe(stateUrl, {
    ...reachOf(options),
    maxBytes: stateLimit(options),
    headers: stateHeaders(options.stateHeaders),
  });
}

function functionProbe(state: (subject: ProbeSubject) => unknown): StateProbe {
  return {
    read: async (subject): Promise<ProbeReading> => {
      const value = await state(subject);
      return value === undefined ? { status: 404, text: '' } : { text: JSON.stringify(value) };
    },
    close: () => Promise.resolve(),
  };
}
