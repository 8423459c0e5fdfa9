import type { Clock, StateProbe, Transport } from '../ports.js';
import { CATALOGUE, type Kind } from '../webhook/catalogue.js';
import { type Calibration, calibrate } from './calibrate.js';
import { type CourierOptions, createCourier, type Subject } from './lab/courier.js';
import { createGate } from './lab/gate.js';
import { createLab } from './lab/lab.js';
import type { Hooks, Laboratory, Settings } from './laboratory.js';
import { type CheckRecord, type CheckSummary, summarise } from './records.js';
import { createReferences } from './references.js';
import { inconclusive, type Rule, type RuleResult, skipped, type Verdict } from './rule.js';
import { createOracle } from './state/oracle.js';

export interface CheckRequest extends Omit<Settings, 'calibratedMs'> {
  /** The kinds that were named; empty to find out which ones the receiver takes. */
  readonly kinds: readonly Kind[];
  readonly rules: readonly Rule[];
  readonly ignore: readonly string[];
  readonly only: readonly string[];
  readonly blackBox: boolean;
  readonly timeoutMs: number;
  readonly courier: Omit<CourierOptions, 'epochMs' | 'seed'>;
}

export interface CheckPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly probe: StateProbe | undefined;
  readonly hooks: Hooks;
  readonly prepare: ((subject: Subject) => Promise<void>) | undefined;
  /** Brings the receiver back to its beginning, before each rule. */
  readonly reset: (() => Promise<void>) | undefined;
  readonly signal: AbortSignal;
}

const AT_ONCE = 16;
/** A receiver that settles slowly may be one that works through a queue. */
const AT_ONCE_WHEN_SLOW = 8;
const SLOW_MS = 100;
/** Bodies speak of a time long ago, so that a receiver's own clock is told from them. */
const AGE_MS = 3 * 24 * 3_600_000;

/** Finds out what the receiver takes, then holds it to the rules. Results come in the rules' order. */
export async function* check(
  request: CheckRequest,
  ports: CheckPorts,
): AsyncGenerator<CheckRecord, CheckSummary> {
  const startedMs = ports.clock.monotonic();
  const epochMs = Math.floor((ports.clock.now() - AGE_MS) / 1_000) * 1_000;
  const courier = createCourier({ ...request.courier, seed: request.seed, epochMs });
  const lab = createLab({
    ...ports,
    courier,
    timeoutMs: request.timeoutMs,
    onSend: ports.hooks.truth?.publish,
  });
  const oracle = createOracle(lab, request);
  const gate = createGate(ports.prepare === undefined ? AT_ONCE : 2);
  const candidates = request.kinds.length > 0 ? request.kinds : CATALOGUE.kinds;
  const calibration = await calibrate(lab, oracle, gate, candidates);
  if (oracle.settleMs > SLOW_MS) gate.limit(Math.min(gate.atOnce, AT_ONCE_WHEN_SLOW));
  yield {
    kind: 'calibrated',
    kinds: calibration.kinds.map(({ name, blind }) => ({ kind: name, blind })),
    skippedKinds: calibration.skipped,
    masked: [...oracle.masked],
    cumulative: [...oracle.cumulative],
    settleMs: oracle.settleMs,
  };
  const laboratory: Laboratory = {
    lab,
    oracle,
    gate,
    references: createReferences(lab, oracle, gate),
    kinds: calibration.kinds,
    skippedKinds: calibration.skipped,
    offers: calibration.offers,
    witness: calibration.witness,
    settings: { ...request, calibratedMs: ports.clock.monotonic() },
    hooks: ports.hooks,
  };
  const results: RuleResult[] = [];
  for await (const result of resultsInOrder(laboratory, request, calibration, ports)) {
    results.push(result);
    yield result;
  }
  return summarise(results, {
    connected: lab.log.some(({ outcome }) => outcome.kind !== 'unreachable'),
    interrupted: ports.signal.aborted,
    requests: lab.log.length,
    elapsedMs: ports.clock.monotonic() - startedMs,
    masked: [...oracle.masked],
  });
}

/** Starts what goes side by side, then does the rest one after the other; says each in its turn. */
async function* resultsInOrder(
  laboratory: Laboratory,
  request: CheckRequest,
  calibration: Calibration,
  ports: CheckPorts,
): AsyncGenerator<RuleResult> {
  const verdicts = new Map<Rule, Promise<Verdict>>();
  const start = (rule: Rule) => judged(rule, laboratory, request, calibration);
  const having = (when: Rule['when']) => request.rules.filter((rule) => rule.when === when);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (rule: Rule) => {
    const verdict = turn.then(async () => {
      await resetBefore(laboratory, ports);
      return start(rule);
    });
    turn = verdict.catch(() => undefined);
    verdicts.set(rule, verdict);
  };
  for (const rule of having('side-by-side')) {
    if (ports.reset === undefined) verdicts.set(rule, start(rule));
    else inTurn(rule);
  }
  if (ports.reset === undefined) turn = Promise.allSettled([...verdicts.values()]);
  for (const rule of [...having('alone'), ...having('last')]) inTurn(rule);
  for (const verdict of verdicts.values()) verdict.catch(() => undefined);
  for (const rule of request.rules) {
    const verdict = await verdicts.get(rule);
    if (verdict !== undefined) yield { kind: 'result', rule, verdict };
  }
}

async function resetBefore({ lab }: Laboratory, ports: CheckPorts): Promise<void> {
  if (ports.reset !== undefined && !lab.signal.aborted) await ports.reset();
}

async function judged(
  rule: Rule,
  laboratory: Laboratory,
  request: CheckRequest,
  calibration: Calibration,
): Promise<Verdict> {
  if (laboratory.lab.signal.aborted) return inconclusive('The run was interrupted.');
  const unmet = unmetNeed(rule, laboratory, request);
  if (unmet !== undefined) return unmet;
  const verdict = await rule.run(laboratory);
  if (laboratory.lab.signal.aborted && verdict.status !== 'pass') {
    return inconclusive('The run was interrupted.');
  }
  const untested = rule.needs.includes('state') ? untestedKind(request, calibration) : undefined;
  return verdict.status === 'pass' && untested !== undefined ? inconclusive(untested) : verdict;
}

function unmetNeed(
  { needs }: Rule,
  { lab, hooks, kinds }: Laboratory,
  { blackBox }: CheckRequest,
): Verdict | undefined {
  if (needs.includes('fault-commands') && hooks.fault === undefined) {
    return skipped(
      'It needs --fault-on and --fault-off, which make the work of the receiver fail.',
    );
  }
  if (needs.includes('mock-api') && hooks.truth === undefined) {
    return skipped('It needs --mock-api, which plays the API that the receiver asks.');
  }
  if (!needs.includes('state')) return undefined;
  if (!lab.hasProbe) {
    const what = 'It needs the state of the receiver: --state-url or --state-command.';
    return blackBox ? skipped(what) : inconclusive(what);
  }
  if (kinds.some(({ profile }) => profile !== undefined)) return undefined;
  const [first] = kinds;
  if (first === undefined) return inconclusive('No valid web hook is answered 200.');
  return inconclusive(`The state tells nothing about ${first.name}: ${first.blind ?? ''}.`);
}

/** A kind that the user named has to be testable. */
function untestedKind(request: CheckRequest, calibration: Calibration): string | undefined {
  for (const { kind } of request.kinds) {
    const refused = calibration.skipped.find((one) => one.kind === kind);
    if (refused !== undefined) return `${kind} could not be tested: ${refused.reason}.`;
    const blind = calibration.kinds.find(({ name }) => name === kind)?.blind;
    if (blind !== undefined) return `${kind} could not be tested: ${blind}.`;
  }
  return undefined;
}
