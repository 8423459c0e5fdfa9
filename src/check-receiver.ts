import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { systemClock } from './adapters/clock.js';
import { connect } from './adapters/connect.js';
import { packagedSamples } from './adapters/sample-files.js';
import { openUrlProbe } from './adapters/state-probe.js';
import { check as runCheck } from './conformance/check.js';
import { idsIn } from './conformance/lab/prepared-ids.js';
import type { CheckRecord, CheckSummary } from './conformance/records.js';
import type { RuleStatus, Severity } from './conformance/rule.js';
import { RULES } from './conformance/rules/registry.js';
import { selectRules } from './conformance/select-rules.js';
import { readAllSamples } from './delivery/read-samples.js';
import { INQUD_TIMEOUT_MS } from './delivery/schedule.js';
import type { Header, ProbeReading, ProbeSubject, StateProbe } from './ports.js';
import { resultDocument } from './report/check/result-document.js';
import { type SpokenRecord, spoken } from './report/check/spoken-record.js';
import { exitCodeOfCheck } from './report/exit-code.js';
import { createSecretGuard, guardedText } from './report/secret-guard.js';
import { parseLifecycle } from './webhook/kinds/lifecycle.js';
import type { Secret } from './webhook/secret.js';

export interface CheckOptions {
  /** The receiver: a URL, `host:port` or a port. */
  readonly url: string;
  readonly secret: Secret;
  /** `{id}`, `{clientOrderId}` and `{kind}` stand for those of a resource. */
  readonly stateUrl?: string | undefined;
  /** Reads the state of a resource: anything that JSON can say; undefined when there is none. */
  readonly state?: ((subject: ProbeSubject) => unknown) | undefined;
  readonly stateIgnore?: readonly string[] | undefined;
  readonly stateOnly?: readonly string[] | undefined;
  /** The longest answer of `stateUrl` that is read, in bytes; 1 MiB by default. */
  readonly stateMaxBytes?: number | undefined;
  /** Judge by answers alone. */
  readonly blackBox?: boolean | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Patterns such as `ordering/*`. */
  readonly rules?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** Random delivery plans; 40 by default. */
  readonly runs?: number | undefined;
  readonly seed?: string | undefined;
  readonly budgetMs?: number | undefined;
  readonly lingerMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
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
  readonly allowRemote?: boolean | undefined;
  readonly insecure?: boolean | undefined;
  readonly onRecord?: ((record: SpokenRecord) => void) | undefined;
}

/** One rule's verdict. */
export interface CheckResult {
  readonly id: string;
  readonly severity: Severity;
  readonly status: RuleStatus;
  readonly evidence: string;
  readonly source: string;
  readonly advice: string;
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

const DEFAULT_RUNS = 40;
const DEFAULT_LINGER_MS = 5_000;

/** See `check` of the package. */
export async function checkReceiver(options: CheckOptions): Promise<CheckReport> {
  const seed = options.seed ?? String(randomInt(1, 2 ** 31));
  const signal = options.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  const rules = selectRules(RULES, options.rules ?? [], options.skip ?? []);
  const kinds = (options.kinds ?? []).map((kind) => parseLifecycle(kind).kind);
  const samples = await readAllSamples(packagedSamples);
  const reach = {
    allowRemote: options.allowRemote === true,
    insecure: options.insecure === true,
  };
  const { transport } = await connect(options.url, reach);
  const probe = await probeOf(options, reach);
  const { prepare } = options;
  const run = runCheck(
    {
      seed,
      kinds,
      rules,
      runs: options.runs ?? DEFAULT_RUNS,
      budgetMs: options.budgetMs,
      lingerMs: options.lingerMs ?? DEFAULT_LINGER_MS,
      healWithinMs: 0,
      timeoutMs: options.timeoutMs ?? INQUD_TIMEOUT_MS,
      ignore: options.stateIgnore ?? [],
      only: options.stateOnly ?? [],
      blackBox: options.blackBox === true,
      courier: {
        samples,
        secret: options.secret,
        headers: [['Content-Type', 'application/json'], ...(options.headers ?? [])],
        salt: `${randomInt(1, 2 ** 31)} ${systemClock.now()}`,
      },
    },
    {
      transport,
      clock: systemClock,
      probe,
      signal,
      hooks: { fault: options.fault, truth: undefined },
      prepare: prepare && (async (subject) => idsIn(await prepare(subject.probe))),
      reset: options.reset,
    },
  );
  try {
    return await gathered(run, seed, options);
  } finally {
    await transport.close();
    await probe?.close();
  }
}

async function gathered(
  run: AsyncGenerator<CheckRecord, CheckSummary>,
  seed: string,
  { secret, onRecord }: CheckOptions,
): Promise<CheckReport> {
  // What receivers say may hold the secret or control characters, and many read the output of tests.
  const guard = createSecretGuard();
  guard.note(secret);
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

async function probeOf(
  { stateUrl, state, stateMaxBytes: maxBytes }: CheckOptions,
  reach: { readonly allowRemote: boolean; readonly insecure: boolean },
): Promise<StateProbe | undefined> {
  if (state !== undefined) return functionProbe(state);
  return stateUrl === undefined ? undefined : openUrlProbe(stateUrl, { ...reach, maxBytes });
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
