/**
 * The report of `check`: results in the forms of terminals, programs, CI systems and pull requests,
 * each made of the words in this file.
 */
import type { SkippedKind } from '../../conformance/calibration/skipped-kind.js';
import {
  type Advice,
  type CheckFinding,
  type Grounds,
  partsOf,
} from '../../conformance/grounds.js';
import { type Help, type MissingHelp, TELLING_AGE_MS } from '../../conformance/more-help.js';
import type { NotChecked, NotTried, Readiness } from '../../conformance/readiness.js';
import type { CalibratedRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import type { Blind, StateSeen } from '../../conformance/state/blind.js';
import { counted, some } from '../count.js';
import { groupedBy } from '../distinct.js';
import { duration } from '../time.js';
import { findingText } from '../words.js';
import type { BaselineOutcome, CheckEnd } from './story.js';

/** The last line of a check: what may be said of the receiver, and no more than that. */
export interface ReadinessWords {
  readonly sign: '✓' | '✗' | '?' | '!';
  readonly text: string;
}

const NOT_TRIED: Readonly<Record<NotTried, string>> = {
  'failed-work': 'failed work (--fault-on, --fault-off)',
  recovery: 'recovery (--mock-api)',
  amounts: 'amounts (the state says none that is read)',
  'partial-payments': 'partial payments (the state does not say what was paid)',
  'second-payments': 'second payments of an order (the state does not say what each brought)',
  renewals: 'renewals (ACTIVE may come again, with another nextWriteOffAt)',
  'what-takes-long': 'what takes long (it is slow, and works on one web hook after the other)',
};

const BECAUSE: Readonly<Record<NotChecked, string>> = {
  'no-state': 'there is no state to read (--state-url, --state-command)',
  'not-selected': 'only some rules were chosen',
};

export function readinessWords(summary: CheckSummary): ReadinessWords {
  const { interrupted, connected, readiness } = summary;
  if (interrupted) return { sign: '!', text: 'Interrupted.' };
  if (!connected) return { sign: '?', text: 'The receiver cannot be reached.' };
  return wordsOf(readiness, summary);
}

function wordsOf(readiness: Readiness, { counts, untold }: CheckSummary): ReadinessWords {
  switch (readiness.verdict) {
    case 'ready':
      return { sign: '✓', text: readyText(readiness) };
    case 'not-ready':
      return { sign: '✗', text: 'This receiver is not ready for Inqud.' };
    case 'could-not-tell':
      return {
        sign: '?',
        text: `Nothing failed, but ${counted(untold, 'must')} could not be told.`,
      };
    case 'accepted':
      return {
        sign: '✓',
        text: `No must fails but ${readiness.accepted} that the baseline accepts.`,
      };
    case 'replayed':
      return replayedWords(readiness);
    case 'right-as-far-as-checked': {
      const { checked, notChecked, because } = readiness;
      if (checked + counts.fail === 0) {
        return { sign: '?', text: 'Nothing was checked: every rule that was chosen is skipped.' };
      }
      const found = counts.fail === 0 ? 'all right' : 'right but for what is said above';
      const why = because.map((reason) => BECAUSE[reason]).join(', and ');
      return {
        sign: '✓',
        text: `${counted(checked, 'rule')} checked: ${found}. ${counted(notChecked, 'rule')} not checked: ${why}.`,
      };
    }
    default:
      return readiness satisfies never;
  }
}

function replayedWords({
  fixed,
  failing,
  untold,
}: Extract<Readiness, { readonly verdict: 'replayed' }>): ReadinessWords {
  const all = fixed + failing + untold;
  const of = all === 1 ? 'The saved failure' : `Of ${all} saved failures`;
  const said = (count: number, one: string, several: string) =>
    count === 0 ? [] : [all === 1 ? one : `${count} ${count === 1 ? one : several}`];
  const parts = [
    ...said(failing, 'still fails', 'still fail'),
    ...said(untold, 'could not be told', 'could not be told'),
    ...said(fixed, 'is fixed', 'are fixed'),
  ];
  if (all > 1 && fixed === all) return { sign: '✓', text: `All ${all} saved failures are fixed.` };
  if (all > 1 && failing === all)
    return { sign: '✗', text: `All ${all} saved failures still fail.` };
  const sign = failing > 0 ? '✗' : untold > 0 ? '?' : '✓';
  return { sign, text: `${of} ${parts.join(', ')}.` };
}

/** What became of a saved failure that was delivered again. */
export function replayedText(status: RuleResult['verdict']['status']): string {
  if (status === 'pass') return 'FIXED';
  return status === 'fail' ? 'STILL FAILS' : 'COULD NOT BE TOLD';
}

function readyText({
  kinds,
  refused,
  leftOut,
  notTried,
}: Extract<Readiness, { readonly verdict: 'ready' }>): string {
  const about = kinds.join(', ');
  const others = refused.length === 0 ? '' : `; refused: ${refused.join(', ')}`;
  const untried = [...leftOut, ...notTried.map((what) => NOT_TRIED[what])];
  if (untried.length === 0) return `This receiver is ready for Inqud (${about})${others}.`;
  return `This receiver is ready for Inqud, as far as tried (${about})${others}; not tried: ${untried.join(', ')}.`;
}

/** What calibration found out, a text each. */
export function calibrationTexts(record: CalibratedRecord): readonly string[] {
  const { kinds, skippedKinds, stateSeen, isMixedUp, settleMs } = record;
  const seen = kinds.filter(({ blind }) => blind === undefined);
  const byAnswers = kinds.filter(({ blind }) => blind?.code === 'no-probe');
  return [
    ...listed('under test', namesOf(seen)),
    ...listed('under test, by their answers alone', namesOf(byAnswers)),
    ...listed('answered, but not seen in the state', blindTexts(kinds)),
    ...(stateSeen === undefined ? [] : [stateSeenText(stateSeen)]),
    ...listed('not taken', skippedTexts(skippedKinds.filter(({ isDeclined }) => isDeclined))),
    ...listed('failing', skippedTexts(skippedKinds.filter(({ isDeclined }) => !isDeclined))),
    ...listed(
      isMixedUp
        ? 'left out, since what comes at the same time gets mixed up'
        : 'left out, since it works on one web hook after the other',
      record.leftOut,
    ),
    ...listed('left out of states because they vary', record.masked),
    ...listed('left out because they count every delivery', record.journals),
    ...listed('left out because they tell of the last web hook alone', record.echoes),
    ...listed('compared by their change', record.cumulative),
    ...(settleMs > SETTLED_AT_ONCE_MS ? [`settles within ${duration(settleMs)}`] : []),
  ];
}

const SETTLED_AT_ONCE_MS = 50;

/** What is so for the same reason is said once: `payment, invoice (answered 404)`. */
function blindTexts(kinds: CalibratedRecord['kinds']): readonly string[] {
  const blind = kinds.flatMap(({ kind, blind: why }) =>
    why === undefined || why.code === 'no-probe' ? [] : [{ kind, why }],
  );
  return groupedBy(blind, ({ why }) => why).map(
    (alike) => `${namesOf(alike).join(', ')} (${blindText(alike[0].why)})`,
  );
}

/** What is taken in part is told by its event, what is not taken at all by its answer. */
function skippedTexts(skipped: readonly SkippedKind[]): readonly string[] {
  const alike = groupedBy(skipped, ({ event, came, takenInPart }) =>
    takenInPart ? { event, came } : { came },
  );
  return alike.map((some) => {
    const [first] = some;
    const why = first.takenInPart ? refusedText(first) : cameText(first.came);
    return `${namesOf(some).join(', ')} (${why})`;
  });
}

function namesOf(kinds: readonly { readonly kind: string }[]): readonly string[] {
  return kinds.map(({ kind }) => kind);
}

function listed(what: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${what}: ${items.join(', ')}`];
}

/** What could not be told of so many rules, or was skipped, and why. The state stands at the top. */
export function untoldText({ status, evidence }: RuleResult['verdict'], rules: number): string {
  const what = status === 'skipped' ? '- skipped' : '? could not tell';
  const why = partsOf(evidence).filter(
    (said) => typeof said === 'string' || said.code !== 'state-seen',
  );
  return `${what} ${counted(rules, 'rule')}. ${evidenceText(why)}`;
}

export function baselineTexts({ accepted, stale }: BaselineOutcome): readonly string[] {
  return [
    ...listed('accepted by the baseline', accepted),
    ...listed('✗ in the baseline, but not failing', stale),
  ];
}

export function totalsText({ counts, requests, elapsedMs }: CheckSummary): string {
  const totals = [
    `${counts.pass} passed`,
    `${counts.fail} failed`,
    ...some(counts.inconclusive, 'could not be told'),
    ...some(counts.skipped, 'skipped'),
  ];
  const took = duration(Math.round(elapsedMs / 100) * 100);
  return `${totals.join(', ')} (${counted(requests, 'web hook')} in ${took})`;
}

/** What would have been found with more help, a line each. */
export function missingHelpTexts(missing: readonly MissingHelp[]): readonly string[] {
  if (missing.length === 0) return [];
  const facts = missingHelpFacts(missing);
  const width = Math.max(...facts.map(([flag]) => flag.length));
  return [
    'with more help it would have looked for:',
    ...facts.map(([flag, finds]) => `  ${flag.padEnd(width)}  ${finds}`),
  ];
}

/** Flags that were not given, and what each finds. */
export function missingHelpFacts(
  missing: readonly MissingHelp[],
): readonly (readonly [flag: string, finds: string])[] {
  return missing.map(({ help, rules }) => {
    const { flag, finds } = HELPS[help];
    return [flag, rules === 0 ? finds : `${finds} (${counted(rules, 'rule')})`];
  });
}

const HELPS: Readonly<Record<Help, { readonly flag: string; readonly finds: string }>> = {
  state: { flag: '--state-url', finds: 'money counted twice, lost, or undone' },
  faults: { flag: '--fault-on, --fault-off', finds: 'failed work that is never done again' },
  api: { flag: '--mock-api', finds: 'what was lost for good, and never asked for' },
  orders: { flag: '--prepare', finds: 'what your orders, made by your shop, become' },
  age: { flag: `--linger ${duration(TELLING_AGE_MS)}`, finds: 'old duplicates that count again' },
};

/** How a state is given: what is said around a command that can be typed as it stands. */
export const FIRST_CONTACT = {
  before:
    'What becomes of payments is judged by what your receiver knows of an order. Give a URL of yours ' +
    'that answers a GET with the status or the amount, its own path in place of /orders. ' +
    '{clientOrderId} stands for your id of the order, {id} for that of Inqud:',
  after:
    'Where no URL shows it, --state-command runs a command that prints it, such as a query of the ' +
    'database: it finds the ids in $INQUD_HOOK_CLIENT_ORDER_ID and $INQUD_HOOK_ID.',
};

/** How to deliver again what failed. */
export function replayText({ command, scripts }: NonNullable<CheckEnd['replay']>): string {
  return `replay ${scripts === 1 ? 'the failure' : 'what failed'}: ${command}`;
}

/** What a verdict rests on, as one text. */
export function evidenceText(evidence: Grounds): string {
  return partsOf(evidence)
    .map((said) => (typeof said === 'string' ? said : checkFindingText(said)))
    .join(' ');
}

function checkFindingText(found: CheckFinding): string {
  switch (found.code) {
    case 'accepted':
      return 'Accepted by the baseline.';
    case 'interrupted':
      return 'The run was interrupted.';
    case 'fallen':
      return fallText(found);
    case 'only-limited':
      return 'The receiver answers 429, however slowly web hooks come.';
    case 'nothing-taken':
      return 'No kind of web hook is taken, so that nothing more can be told.';
    case 'success-unshown':
      return 'It is not told, because a success does not show: see payload/success-shows.';
    case 'needs-state':
      return 'It needs the state of the receiver: --state-url or --state-command.';
    case 'needs-fault-commands':
      return 'It needs --fault-on and --fault-off, which make the work of the receiver fail.';
    case 'needs-prepare':
      return 'It needs --prepare, which makes the order of a resource.';
    case 'no-time':
      return 'The receiver takes more than a second for a few web hooks, one after the other, so that there was time for the musts alone.';
    case 'needs-mock-api':
      return 'It needs --mock-api, which plays the API that the receiver asks.';
    case 'blind':
      return `The state tells nothing about ${found.kind}: ${found.why === undefined ? '' : blindText(found.why)}.`;
    case 'state-seen':
      return stateSeenText(found.seen);
    case 'varies':
      return `What tells a success from a failure differs from one resource to the next: ${found.path}.`;
    case 'untested': {
      const { kind, why } = found;
      const reason = why.code === 'skipped' ? refusedText(why) : blindText(why);
      return `${kind} could not be tested: ${reason}.`;
    }
    case 'answer':
      return `${findingText(found.finding)}${found.said === undefined ? '' : ` It said: ${found.said}`}`;
    case 'api-refused': {
      const what = found.about === 'it' ? 'It answered' : 'Whatever was asked, it answered';
      return `${what} ${found.status}: ${found.said}`;
    }
    case 'kinds-answered':
      return `${found.kinds.join(', ')}: ${cameText(found.came)}.`;
    default:
      return found satisfies never;
  }
}

function fallText({ fall, reason }: Extract<CheckFinding, { code: 'fallen' }>): string {
  switch (fall) {
    case 'unreached':
      return 'The receiver cannot be reached.';
    case 'silent':
      return 'The receiver stopped answering in time.';
    case 'gone':
      return 'The receiver could not be reached any more.';
    case 'limiting':
      return 'The receiver answers 429, however slowly web hooks come: raise its limit for this test.';
    case 'unread':
      return `The state cannot be read any more. ${reason}`;
    default:
      return fall satisfies never;
  }
}

/** What to do about a failure that is explained by another. */
export function consequenceText(root: string): string {
  return `It may follow from ${root}: mend that first.`;
}

/** Which failures one failure explains. */
export function followingText(names: string): string {
  return `What may follow from it: ${names}.`;
}

/** Why the state tells nothing about a kind, as the end of a sentence. */
export function blindText(blind: Blind): string {
  switch (blind.code) {
    case 'no-probe':
      return 'no state probe was given';
    case 'unanswered':
      return 'web hooks that would have told were not answered';
    case 'unmoved':
      return 'its events change nothing that is about them alone';
    case 'same-ends':
      return `the state after ${blind.main} and after ${blind.contrast} is the same`;
    case 'success-unshown':
      return `${blind.end} leaves the state as it was`;
    default:
      return blind satisfies never;
  }
}

/** Which web hook of a kind is not taken, as the end of a sentence. */
export function refusedText({ event, came }: Pick<SkippedKind, 'event' | 'came'>): string {
  return `${event ?? 'its first event'} is ${cameText(came)}`;
}

/** What came instead of a 200: `answered 401`. */
export function cameText(came: SkippedKind['came']): string {
  switch (came.code) {
    case 'status':
      return `answered ${came.status}`;
    case 'nothing':
      return 'never answered';
    case 'timed-out':
      return 'answered too late or never';
    default:
      return came.code;
  }
}

/** What was asked, what came, and what that suggests. */
export function stateSeenText(seen: StateSeen): string {
  const asked = seen.url === undefined ? 'The state command' : `GET ${seen.url}`;
  const suggestion = seen.url === undefined ? COMMAND_SUGGESTIONS : SUGGESTIONS;
  return `${asked} ${stateCameText(seen)} ${suggestion[seen.looksLike]}`;
}

function stateCameText({ status, exitCode, text }: StateSeen): string {
  if (status !== undefined)
    return `answered ${status}${text === '' ? ', with nothing in it' : `: ${text}`}`;
  const said = text === '' ? 'said nothing' : `said: ${text}`;
  return exitCode === undefined ? said : `ended with ${exitCode} and ${said}`;
}

type Suggestions = Readonly<Record<StateSeen['looksLike'], string>>;

const SUGGESTIONS: Suggestions = {
  'not-found':
    '(Check the path of --state-url, and by which id it finds a resource: {clientOrderId}, {id} or {kind}.)',
  refused: '(--state-header gives it what it asks for, such as Authorization.)',
  failure: '(--state-url fails: look into the log of the receiver.)',
  page: '(That is a page of HTML: --state-url had better answer JSON.)',
  nothing: '(--state-url has to say the status of a resource, or the amount it was paid.)',
  state:
    '(--state-url has to show what a web hook changes for its own order: the status, or the amount. A number of all orders together tells nothing of one. Where it does show them, the receiver makes no difference: it may take every end for paid, or leave aside web hooks whose times lie in the past, as ours do.)',
};

const COMMAND_SUGGESTIONS: Suggestions = {
  ...SUGGESTIONS,
  'not-found':
    '(Check by which id it finds a resource: $INQUD_HOOK_CLIENT_ORDER_ID or $INQUD_HOOK_ID.)',
  refused: '(It has to be able to read the state.)',
  failure: '(--state-command fails: try it in a shell, with an id in $INQUD_HOOK_ID.)',
  page: '(That is a page of HTML: --state-command had better say JSON.)',
  nothing: '(--state-command has to say the status of a resource, or the amount it was paid.)',
  state:
    '(--state-command has to show what a web hook changes for its own order: the status, or the amount. A number of all orders together tells nothing of one. Where it does show them, the receiver makes no difference: it may take every end for paid, or leave aside web hooks whose times lie in the past, as ours do.)',
};

/** What to do about a rule that does not hold. */
export function adviceOf({ rule, verdict }: Pick<RuleResult, 'rule' | 'verdict'>): string {
  const advice = verdict.status === 'fail' ? verdict.advice : undefined;
  if (advice === undefined || typeof advice === 'string') return advice ?? rule.advice;
  return ADVICE[advice.code];
}

const ADVICE: Readonly<Record<Exclude<Advice, string>['code'], string>> = {
  'answer-first': 'Store the web hook, answer 200, and do the work afterwards.',
  'start-it': 'Start the receiver, or check host and port.',
  'check-url': 'Check scheme, host and port of the URL, and what the receiver logs.',
  'known-orders':
    'If it only takes web hooks of orders it knows, --prepare makes the order before each; otherwise check the path of the URL.',
  'prepared-unknown':
    '--prepare ran before each, and ended with 0: see whether it makes the order that the web hook names by its clientOrderId, or by its id. Otherwise check the path of the URL.',
  'take-posts': 'Check the path of the URL: it has to take a POST.',
  'final-url': 'Give the URL it redirects to: Inqud follows none.',
  'exempt-from-csrf':
    'Take the path of the web hook out of the CSRF protection: csrf_exempt in Django, the exceptions of the CSRF middleware in Laravel, skip_forgery_protection in Rails. The digest protects it.',
  'look-into-log':
    'Look into the log of the receiver: the handler fails on a genuine web hook. If it only takes web hooks of orders it knows, --prepare makes the order before each.',
};

/** Said before a check whose states are looked for in one answer about all resources. */
export const SHARED_STATE =
  '! --state-url names no resource: each is looked for by its id in what it answers.\n' +
  "  Better write '{clientOrderId}' or '{id}' where the URL names one.\n";
