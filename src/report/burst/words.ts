/** The report of a burst: what its lines say. */
import { type Finding, findingOf } from '../../delivery/findings.js';
import type { FailedRecord, LoadSummary } from '../../load/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { counted } from '../count.js';
import { EXIT, exitCodeOfBurst } from '../exit-code.js';
import { shareText } from '../share.js';
import { answerTime, duration } from '../time.js';
import { findingText, outcomeText } from '../words.js';
import type { AskedRate } from './story.js';

/** `200/s for 30s`, `50/s to 500/s for 1m`. */
export function rateText({ from, to, forMs }: AskedRate): string {
  const rate = from.text === to.text ? from.text : `${from.text} to ${to.text}`;
  return `${rate} for ${duration(forMs)}`;
}

/** One web hook that was not delivered. What its answer means is said of the first such answer. */
export function failedText(
  { event, resource, atMs, outcome }: FailedRecord,
  isNew: (finding: Finding) => boolean,
): string {
  const finding = findingOf(outcome);
  const what = `${event} ${resource}, at ${answerTime(atMs)}: ${outcomeText(outcome)}.`;
  return isNew(finding) ? `${what} ${findingText(finding)}` : what;
}

/** What a burst came to: its exit code says how well. */
export function verdictText(asked: AskedRate, summary: LoadSummary): string {
  const { sent, delivered, failed, kept, allowedShare, timeoutMs } = summary;
  const all = `${delivered} of ${counted(sent, 'web hook')}`;
  const wanted = `answered 200 within ${duration(timeoutMs)}`;
  switch (exitCodeOfBurst(summary)) {
    case EXIT.interrupted:
      return `! Interrupted: ${all} ${wanted}.`;
    case EXIT.satisfied: {
      const allowed = failed === 0 ? '' : `; ${shareText(allowedShare)} may fail`;
      return `✓ ${all} ${wanted}, ${rateText(asked)}${allowed}.`;
    }
    case EXIT.refused:
      return `✗ ${failed} of ${counted(sent, 'web hook')} not ${wanted}, ${rateText(asked)}.`;
    default:
      return sent === summary.unreachable
        ? '? No web hook ever connected: is the receiver running?'
        : `? All that was sent was ${wanted}, but only ${shareText(kept.share)} of it on time: what was asked for was not measured.`;
  }
}

/** What follows from it, and what to do. */
export function burstAdvice(summary: LoadSummary): readonly string[] {
  return [...refusedAdvice(summary), ...almostAdvice(summary), ...keptAdvice(summary)];
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

function almostAdvice({ statuses }: LoadSummary): readonly string[] {
  const isAlmost = Object.keys(statuses).some((status) => /^2/.test(status) && status !== '200');
  return isAlmost
    ? ['! Some answers were 2xx but not 200: Inqud counts exactly 200 as delivered.']
    : [];
}

function keptAdvice(summary: LoadSummary): readonly string[] {
  const { kept } = summary;
  const isKept = exitCodeOfBurst(summary) !== EXIT.couldNotTell;
  if (isKept || summary.sent === summary.unreachable) return [];
  return kept.blocked > (kept.late + kept.unsent) / 2
    ? [
        `! ${counted(kept.blocked, 'web hook')} had to wait for a free connection: raise --connections, or find what the receiver can take with a lower --rate.`,
      ]
    : ['! This machine was too busy to send on time: free it, or lower --rate.'];
}
