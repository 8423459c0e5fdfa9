/** The report of a burst: what its lines say. */
import { type Finding, findingOf } from '../../delivery/findings.js';
import type { FailedRecord, LoadSummary, WrongState } from '../../load/records.js';
import { steadyGrowth } from '../../load/steady-growth.js';
import { withArticle } from '../../webhook/kinds/articles.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { counted, grouped, some } from '../count.js';
import { EXIT, exitCodeOfBurst, isKept } from '../exit-code.js';
import { shareText } from '../share.js';
import { answerTime, duration } from '../time.js';
import { findingText, outcomeText } from '../words.js';
import type { AskedRate } from './story.js';

/** `200/s for 30s`, `50/s to 500/s for 1m`, `the first 5m after 3h without 20/min`. */
export function rateText({ from, to, forMs, recovery }: AskedRate): string {
  if (recovery !== undefined) {
    return `the first ${duration(forMs)} after an outage of ${duration(recovery.outageMs)} at ${from.text}`;
  }
  const rate = from.text === to.text ? from.text : `${from.text} to ${to.text}`;
  return `${rate} for ${duration(forMs)}`;
}

/** What a report has told, and what was sent. */
interface ToldBefore {
  readonly isNew: (finding: Finding) => boolean;
  readonly isSigned: boolean;
}

/** One web hook that was not delivered. What its answer means is said of the first such answer. */
export function failedText(
  { event, resource, atMs, outcome }: FailedRecord,
  { isNew, isSigned }: ToldBefore,
): string {
  const finding = findingOf(outcome);
  const what = `${event} ${resource}, at ${answerTime(atMs)}: ${outcomeText(outcome)}.`;
  return isNew(finding) ? `${what} ${findingText(finding, isSigned)}` : what;
}

/** What a burst came to: its exit code says how well. */
export function verdictText(asked: AskedRate, summary: LoadSummary): string {
  const { states, unreachable } = summary;
  const { sent, delivered, failed, kept, allowedShare, timeoutMs } = summary;
  const all = `${grouped(delivered)} of ${counted(sent, 'web hook')}`;
  const wanted = `answered 200 within ${duration(timeoutMs)}`;
  switch (exitCodeOfBurst(summary)) {
    case EXIT.interrupted:
      return `! Interrupted: ${all} ${wanted}.`;
    case EXIT.satisfied: {
      const allowed = failed === 0 ? '' : `; ${shareText(allowedShare)} may fail`;
      return `✓ ${all} ${wanted}, ${rateText(asked)}${allowed}.`;
    }
    case EXIT.refused:
      if (failed <= allowedShare * sent) return stateVerdict(asked, summary);
      return `✗ ${grouped(failed)} of ${counted(sent, 'web hook')} not ${wanted}, ${rateText(asked)}.`;
    default:
      if (sent === unreachable) return '? No web hook ever connected: is the receiver running?';
      return isKept(summary) && states?.judged === 0
        ? `? ${all} ${wanted}, but no state told anything of them.`
        : `? All that was sent was ${wanted}, but only ${shareText(kept.share)} of it on time: what was asked for was not measured.`;
  }
}

function stateVerdict(asked: AskedRate, { states, sent }: LoadSummary): string {
  const { judged, lost, otherwise } = states ?? { judged: 0, lost: 0, otherwise: 0 };
  const what = [...some(lost, 'lost'), ...some(otherwise, 'not as they should be')].join(', ');
  return `✗ All ${counted(sent, 'web hook')} acknowledged, ${rateText(asked)}, but of ${counted(judged, 'resource')} read ${what}.`;
}

/** Resources whose states are not what they have to be. */
export function wrongStateText({ kind, of, resource, path, expected, actual }: WrongState): string {
  if (kind === 'lost') return `lost: ${of} ${resource}`;
  const seen = `${path} is ${actual ?? 'missing'}, not ${expected ?? 'missing'}`;
  return `otherwise: ${of} ${resource}: ${seen}`;
}

/** What follows from it, and what to do. */
export function burstAdvice(
  asked: AskedRate,
  summary: LoadSummary,
  told: readonly FailedRecord[] = [],
): readonly string[] {
  return [
    ...growthAdvice(asked, summary),
    ...refusedAdvice(summary),
    ...(told.some(isAlmost) ? [] : almostAdvice(summary)),
    ...keptAdvice(summary),
    ...stateAdvice(summary),
  ];
}

/** Where the rate is not steady, times to an answer go up and down with it; nor is it the tool's own queue. */
function growthAdvice(asked: AskedRate, summary: LoadSummary): readonly string[] {
  const { from, to, recovery } = asked;
  if (from.perSecond !== to.perSecond || recovery !== undefined) return [];
  if (!isKept(summary) && summary.kept.blocked === 0) return [];
  const growth = steadyGrowth(summary);
  if (growth === undefined) return [];
  const { fromMs, toMs } = growth;
  return [
    `! The receiver does not keep up with ${rateText(asked)}: a queue builds up, and half of the answers took ${answerTime(fromMs)} at first and ${answerTime(toMs)} in the end. --find-limit finds the rate that it keeps up with.`,
  ];
}

function stateAdvice({ states }: LoadSummary): readonly string[] {
  if (states === undefined) return [];
  const untold = states.untold.map(
    (kind) => `! The states tell nothing of ${withArticle(kind)}: \`inqud-hook check\` says why.`,
  );
  const isLost = states.lost + states.otherwise > 0;
  return isLost
    ? [
        '! Inqud never sends again what was answered 200: answer 200 only to what is stored safely, and 503 where a queue is full.',
        ...untold,
      ]
    : untold;
}

function refusedAdvice({ refused, timeoutMs }: LoadSummary): readonly string[] {
  const retried =
    refused === undefined
      ? []
      : [
          `! Inqud sends what is answered 429 or 503 again a few minutes later, ten times at most: it is not lost yet, and it comes on top of what else comes then.`,
        ];
  return timeoutMs === INQUD_TIMEOUT_MS
    ? retried
    : [...retried, `note: Inqud waits ${duration(INQUD_TIMEOUT_MS)} for an answer.`];
}

function isAlmost({ outcome }: FailedRecord): boolean {
  return findingOf(outcome).code === 'almost-delivered';
}

function almostAdvice({ statuses }: LoadSummary): readonly string[] {
  const isThere = Object.keys(statuses).some((status) => /^2/.test(status) && status !== '200');
  return isThere
    ? ['! Some answers were 2xx but not 200: Inqud counts exactly 200 as delivered.']
    : [];
}

function keptAdvice(summary: LoadSummary): readonly string[] {
  const { kept } = summary;
  const isOther = exitCodeOfBurst(summary) !== EXIT.couldNotTell;
  if (isOther || isKept(summary) || summary.sent === summary.unreachable) return [];
  return kept.blocked > (kept.late + kept.unsent) / 2
    ? [
        `! ${counted(kept.blocked, 'web hook')} had to wait for a free connection: raise --connections, or find what the receiver can take with a lower --rate.`,
      ]
    : ['! This machine was too busy to send on time: free it, or lower --rate.'];
}
