// The room of the verdict: what a receiver makes of deliveries, held against what it should make of
// them.
import { setMaxListeners } from 'node:events';
import type { Clock, StateProbe, Transport } from '../ports.js';
import { CATALOGUE, type Kind } from '../webhook/catalogue.js';
import { type Calibration, calibrate } from './calibration/calibrate.js';
import { WATCH_MS } from './calibration/first-look.js';
import { hasTimeForMore, isAtOnce, mostRuns } from './calibration/pace.js';
import { CheckMemory } from './check-memory.js';
import type { CheckFinding, Grounds } from './grounds.js';
import { type CourierOptions, createCourier, type ResourceUnderTest } from './lab/courier.js';
import { Gate } from './lab/gate.js';
import { Lab } from './lab/lab.js';
import type { PreparedIds } from './lab/prepared-ids.js';
import { whyOver } from './lab/standing.js';
import type { Hooks, Laboratory, Settings } from './laboratory.js';
import { watchLate } from './late-moves.js';
import { missingHelps } from './more-help.js';
import { tellingPaths } from './profile.js';
import { type OnProgress, tellingProbe, tellingTransport } from './progress.js';
import { untilQuiet } from './quiet.js';
import { type CheckRecord, type CheckSummary, summarise } from './records.js';
import { References } from './references.js';
import { rootCauseOf } from './root-causes.js';
import { inconclusive, type Rule, type RuleResult, type RuleVerdict, skipped } from './rule.js';
import { hasUnshownSuccess, meantKinds, seenKinds } from './rules/kinds.js';
import { payloadFullLifecycles } from './rules/payload/full-lifecycles.js';
import { payloadSampleNulls } from './rules/payload/sample-nulls.js';
import { payloadSuccessShows } from './rules/payload/success-shows.js';
import { RULES } from './rules/registry.js';
import { signatureValidAccepted } from './rules/signature/valid-accepted.js';
import { Oracle } from './state/oracle.js';

export interface CheckRequest extends Omit<Settings, 'offeredMs' | 'named'> {
  /** The kinds that were named; empty to find out which ones the receiver takes. */
  readonly kinds: readonly Kind[];
  readonly rules: readonly Rule[];
  readonly ignore: readonly string[];
  readonly only: readonly string[];
  readonly blackBox: boolean;
  /** Its rules are failures of an earlier check that are delivered again. */
  readonly isReplay?: boolean;
  readonly timeoutMs: number;
  readonly courier: Omit<CourierOptions, 'epochMs' | 'seed'>;
}

export interface CheckPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly probe: StateProbe | undefined;
  readonly hooks: Hooks;
  /** Makes the order of a resource; it may give it other ids. */
  readonly prepare: ((subject: ResourceUnderTest) => Promise<PreparedIds>) | undefined;
  /** Brings the receiver back to its beginning, before each rule. */
  readonly reset: (() => Promise<void>) | undefined;
  readonly signal: AbortSignal;
  /** Hears of what is done, as it is done. */
  readonly onProgress?: OnProgress | undefined;
}

/** Until more is known about the receiver. */
const AT_ONCE_AT_FIRST = 16;
/** Commands of the user's cost a process each. */
const AT_ONCE_WITH_COMMANDS = 16;
/** Bodies speak of a time long ago, so that a receiver's own clock is told from them. */
const AGE_MS = 3 * 24 * 3_600_000;

/**
 * Finds out what the receiver takes, then holds it to the rules. Results come in the rules' order. Where
 * a state moves later than was learned it begins anew, with ids of its own, and waits as long from then on.
 */
export async function* check(
  request: CheckRequest,
  ports: CheckPorts,
): AsyncGenerator<CheckRecord, CheckSummary> {
  const startedMs = ports.clock.monotonic();
  const first = yield* checkOnce(request, ports, { startedMs, isLast: false });
  if (first.movedMs === undefined) return first.summary;
  const { courier } = request;
  const anew = { ...request, courier: { ...courier, salt: `${courier.salt} anew` } };
  const quietMs = first.movedMs + WATCH_MS;
  const again = yield* checkOnce(anew, ports, { startedMs, isLast: true, quietMs });
  return again.summary;
}

/** One go at a check. */
interface Pass {
  readonly startedMs: number;
  /** It stays with what it learned. */
  readonly isLast: boolean;
  /** So long a state has to be quiet to count as settled, at first. */
  readonly quietMs?: number;
}

/** What came of it, and how late a state moved that had seemed to have settled. */
interface PassEnd {
  readonly summary: CheckSummary;
  readonly movedMs: number | undefined;
}

async function* checkOnce(
  request: CheckRequest,
  given: CheckPorts,
  { startedMs, isLast, quietMs }: Pass,
): AsyncGenerator<CheckRecord, PassEnd> {
  const stop = new AbortController();
  const signal = AbortSignal.any([given.signal, stop.signal]);
  setMaxListeners(0, signal);
  const ports: CheckPorts = { ...given, signal };
  const epochMs = Math.floor((ports.clock.now() - AGE_MS) / 1_000) * 1_000;
  const courier = createCourier({ ...request.courier, seed: request.seed, epochMs });
  const { onProgress = () => undefined } = ports;
  const gate = new Gate(
    AT_ONCE_AT_FIRST,
    ports.clock,
    ports.prepare === undefined ? undefined : AT_ONCE_WITH_COMMANDS,
  );
  const lab = new Lab({
    ...ports,
    transport: tellingTransport(ports.transport, onProgress),
    probe: ports.probe && tellingProbe(ports.probe, onProgress),
    courier,
    timeoutMs: request.timeoutMs,
    onSend: ports.hooks.truth?.publish,
    delivering: (load, work) => gate.delivering(load, work),
    onLimited: (webHooksAtOnce) => gate.halve(webHooksAtOnce),
  });
  const oracle = new Oracle(lab, request);
  const areNamed = request.kinds.length > 0;
  const candidates = { kinds: areNamed ? request.kinds : CATALOGUE.kinds, areNamed };
  const calibration = await calibrate(lab, oracle, gate, candidates, quietMs);
  const runs = Math.min(request.runs, mostRuns(calibration.pace));
  const held: CheckRecord[] = [];
  held.push({
    kind: 'calibrated',
    kinds: calibration.kinds.map(({ name, blind }) => ({ kind: name, blind })),
    skippedKinds: calibration.skipped,
    stateSeen: calibration.stateSeen,
    leftOut: calibration.leftOut,
    isMixedUp: calibration.isMixedUp,
    runs,
    masked: [...oracle.masked],
    journals: [...oracle.journals].filter((path) => !oracle.echoes.has(path)),
    echoes: [...oracle.echoes],
    cumulative: [...oracle.cumulative],
    settleMs: oracle.settleMs,
  });
  const laboratory: Laboratory = {
    lab,
    oracle,
    gate,
    references: new References(lab, oracle, gate, calibration.kinds),
    kinds: calibration.kinds,
    skippedKinds: calibration.skipped,
    stateSeen: calibration.stateSeen,
    offers: calibration.offers,
    witness: calibration.witness,
    pace: calibration.pace,
    isMixedUp: calibration.isMixedUp,
    memory: new CheckMemory(),
    settings: {
      ...request,
      runs,
      named: request.kinds.map(({ kind }) => kind),
      offeredMs: calibration.offeredMs,
    },
    hooks: ports.hooks,
  };
  const { perSecond } = calibration.pace;
  const [seen] = seenKinds(laboratory);
  if (seen !== undefined && isAtOnce(calibration.pace))
    gate.waitFor(() => untilQuiet(laboratory, seen));
  onProgress({
    kind: 'judging',
    rules: request.rules.length,
    kinds: calibration.kinds.length,
    runs,
    perSecond,
  });
  const results: RuleResult[] = [];
  const isWatched = !isLast && ports.reset === undefined && request.isReplay !== true;
  const late = isWatched ? watchLate(laboratory) : undefined;
  let watching = late?.movedMs.then((movedMs) => ({ movedMs }));
  let movedMs: number | undefined;
  const inOrder = resultsInOrder(laboratory, request, calibration, ports);
  if (watching === undefined) yield* held.splice(0);
  for (;;) {
    const next = inOrder.next();
    const watched = watching && (await Promise.race([watching, next.then(() => undefined)]));
    if (watched !== undefined) watching = undefined;
    movedMs = watched?.movedMs;
    if (movedMs !== undefined) {
      next.catch(() => undefined);
      break;
    }
    const step = await next;
    if (step.done === true) break;
    const result = step.value;
    const root = result.verdict.status === 'fail' ? rootCauseOf(result, results) : undefined;
    const told = root === undefined ? result : { ...result, followsFrom: root };
    results.push(told);
    held.push(told);
    if (watching === undefined) yield* held.splice(0);
  }
  if (watching !== undefined) movedMs = await late?.end();
  if (movedMs === undefined) yield* held.splice(0);
  else stop.abort();
  const connected = lab.log.some(({ outcome }) => outcome.kind !== 'unreachable');
  const interrupted = given.signal.aborted;
  const summary = summarise(results, {
    all: RULES,
    missingHelps: missingHelps({
      all: RULES,
      results,
      hasPrepare: ports.prepare !== undefined,
      lingerMs: request.lingerMs,
      isWhole: connected && !interrupted && request.isReplay !== true,
    }),
    hasState: lab.hasProbe,
    kinds: judgedKinds(laboratory),
    refused: laboratory.skippedKinds.map(({ kind }) => kind),
    leftOut: calibration.leftOut,
    accepted: 0,
    isReplay: request.isReplay === true,
    connected,
    interrupted,
    requests: lab.log.length,
    elapsedMs: ports.clock.monotonic() - startedMs,
    masked: [...oracle.masked],
  });
  return { summary, movedMs };
}

/** The kinds that a verdict is about: those that the state tells of, where there is one to read. */
function judgedKinds(laboratory: Laboratory): readonly string[] {
  const meant = meantKinds(laboratory);
  const told = laboratory.lab.hasProbe
    ? meant.filter(({ profile }) => profile !== undefined)
    : meant;
  return told.map(({ name }) => name);
}

/** Starts what goes side by side, then does the rest one after the other; says each in its turn. */
async function* resultsInOrder(
  laboratory: Laboratory,
  request: CheckRequest,
  calibration: Calibration,
  ports: CheckPorts,
): AsyncGenerator<RuleResult> {
  const verdicts = new Map<Rule, Promise<RuleVerdict>>();
  const start = async (rule: Rule) => {
    ports.onProgress?.({ kind: 'rule-begun', rule: rule.id });
    const verdict = await judged(rule, laboratory, request, calibration);
    ports.onProgress?.({ kind: 'rule-judged', rule: rule.id });
    return verdict;
  };
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
  const together = (rules: readonly Rule[]) => {
    const begun = turn;
    const all = rules.map((rule) => {
      const verdict = begun.then(() => start(rule));
      verdicts.set(rule, verdict);
      return verdict;
    });
    turn = Promise.allSettled([begun, ...all]);
  };
  const isSideBySide = ports.reset === undefined && !laboratory.isMixedUp;
  const go = (rules: readonly Rule[]) => {
    if (isSideBySide) together(rules);
    else for (const rule of rules) inTurn(rule);
  };
  const begun = Promise.allSettled(
    hasTimeForMore(laboratory.pace) ? request.rules.map(({ begin }) => begin?.(laboratory)) : [],
  );
  go(having('side-by-side'));
  turn = Promise.allSettled([turn, begun]);
  for (const rule of having('alone')) inTurn(rule);
  go(having('late'));
  for (const rule of having('last')) inTurn(rule);
  for (const verdict of verdicts.values()) verdict.catch(() => undefined);
  for (const rule of request.rules) {
    const verdict = await verdicts.get(rule);
    if (verdict !== undefined) yield { kind: 'result', rule, verdict };
  }
}

async function resetBefore({ lab }: Laboratory, ports: CheckPorts): Promise<void> {
  if (ports.reset !== undefined && !lab.isOver) await ports.reset();
}

async function judged(
  rule: Rule,
  laboratory: Laboratory,
  request: CheckRequest,
  calibration: Calibration,
): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const isUntold = () => lab.isOver && rule.tellsFromAnswers !== true;
  const isUnreached = lab.standing.fall?.kind === 'unreached';
  if (isUntold() && !isUnreached) return inconclusive(whyOver(lab));
  if (laboratory.kinds.length === 0) return judgedOfNothing(rule, laboratory);
  const unmet = unmetNeed(rule, laboratory, request);
  if (unmet !== undefined) return unmet;
  if (!hasTimeFor(rule, laboratory)) return skipped({ code: 'no-time' });
  const verdict = await rule.run(laboratory);
  if (isUntold()) return inconclusive(whyOver(lab));
  const needsState = rule.needs.includes('state') || rule.needs.includes('moving-state');
  const isAboutRest = needsState && hasUnshownSuccess(laboratory) && rule !== payloadSuccessShows;
  if (verdict.status === 'inconclusive' && isAboutRest) return untoldOf(laboratory);
  if (verdict.status !== 'pass') return verdict;
  const untested = needsState ? untestedKind(rule, request, calibration) : undefined;
  if (untested !== undefined) return inconclusive(untested);
  if (
    rule.passNeedsState === true &&
    laboratory.kinds.every(({ profile }) => profile === undefined)
  )
    return lab.hasProbe ? untoldOf(laboratory) : withoutState(request);
  if (isBlindPass(rule, laboratory)) return untoldOf(laboratory);
  const veil = needsState && rule.seesMasked !== true ? veilOver(laboratory) : undefined;
  return veil === undefined ? verdict : inconclusive(veil);
}

/** A receiver that is slow, and works on one web hook after the other, is held to the musts alone. */
function hasTimeFor(rule: Rule, { pace, isMixedUp }: Laboratory): boolean {
  if (isMixedUp || hasTimeForMore(pace)) return true;
  const { severity, tellsFromAnswers, isLeftOutWhenSlow } = rule;
  return isLeftOutWhenSlow !== true && (severity === 'must' || tellsFromAnswers === true);
}

/** Why nothing that was seen counts: what tells how a life ended turned out to vary by itself. */
function veilOver({ kinds, oracle: { masked } }: Laboratory): CheckFinding | undefined {
  const telling = kinds.flatMap(({ profile }) =>
    profile === undefined ? [] : tellingPaths(profile),
  );
  const [first] = telling;
  if (first === undefined || !telling.every((path) => masked.has(path))) return undefined;
  return { code: 'varies', path: first };
}

/** A rule that looked only where nothing can be told has not passed. */
function isBlindPass({ needs }: Rule, { kinds }: Laboratory): boolean {
  return needs.includes('moving-state') && kinds.every(({ profile }) => profile === undefined);
}

function blindness({ kinds: [first], stateSeen }: Laboratory): Grounds {
  if (first === undefined) return NOTHING_TAKEN;
  return [
    { code: 'blind', kind: first.name, why: first.blind },
    ...(stateSeen === undefined ? [] : [{ code: 'state-seen', seen: stateSeen } as const]),
  ];
}

/** Rules that can say why nothing is taken. */
const TOLD_OF_NOTHING = new Set<Rule>([payloadFullLifecycles, payloadSampleNulls]);

const NOTHING_TAKEN: CheckFinding = { code: 'nothing-taken' };

/** Where nothing is taken the answers are explained once; what else they say is judged. */
async function judgedOfNothing(rule: Rule, laboratory: Laboratory): Promise<RuleVerdict> {
  if (rule.id === signatureValidAccepted.id) return rule.run(laboratory);
  const isToldByAnswers = rule.tellsFromAnswers === true || TOLD_OF_NOTHING.has(rule);
  const verdict = isToldByAnswers ? await rule.run(laboratory) : inconclusive(NOTHING_TAKEN);
  return verdict.status === 'inconclusive' ? inconclusive(NOTHING_TAKEN) : verdict;
}

function withoutState({ blackBox }: CheckRequest): RuleVerdict {
  const what: CheckFinding = { code: 'needs-state' };
  return blackBox ? skipped(what) : inconclusive(what);
}

function unmetNeed(
  rule: Rule,
  laboratory: Laboratory,
  request: CheckRequest,
): RuleVerdict | undefined {
  const { needs } = rule;
  const { lab, hooks, kinds } = laboratory;
  if (needs.includes('fault-commands') && hooks.fault === undefined) {
    return skipped({ code: 'needs-fault-commands' });
  }
  if (needs.includes('mock-api') && hooks.truth === undefined) {
    return skipped({ code: 'needs-mock-api' });
  }
  if (needs.includes('prepare') && !lab.makesOrders) return skipped({ code: 'needs-prepare' });
  const needsMoves = needs.includes('moving-state');
  if (!needs.includes('state') && !needsMoves) return undefined;
  if (!lab.hasProbe) {
    return withoutState(request);
  }
  const isSeen = kinds.some(
    ({ profile, moves, blind }) =>
      profile !== undefined ||
      (needsMoves && moves && (blind?.code !== 'success-unshown' || rule.seesUnshown === true)),
  );
  return isSeen ? undefined : untoldOf(laboratory);
}

/** Where a success does not show, that is the finding, and what would follow from it is not asked. */
function untoldOf(laboratory: Laboratory): RuleVerdict {
  const isUnshown = laboratory.kinds.some(({ blind }) => blind?.code === 'success-unshown');
  return isUnshown ? skipped({ code: 'success-unshown' }) : inconclusive(blindness(laboratory));
}

/** A kind that the user named has to be testable. */
function untestedKind(
  rule: Rule,
  request: CheckRequest,
  calibration: Calibration,
): CheckFinding | undefined {
  for (const { kind } of request.kinds) {
    if (rule.kinds?.includes(kind) === false) continue;
    const refused = calibration.skipped.find((one) => one.kind === kind);
    if (refused !== undefined) {
      const { code, event, came } = refused;
      return { code: 'untested', kind, why: { code, event, came } };
    }
    const blind = calibration.kinds.find(({ name }) => name === kind)?.blind;
    if (blind !== undefined && blind.code !== 'success-unshown') {
      return { code: 'untested', kind, why: blind };
    }
  }
  return undefined;
}
