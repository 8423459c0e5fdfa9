/** The report of `send`: one request with everything about it, or a line each of many. */
import { isRetried } from '../../delivery/findings.js';
import type { AnswerFinding } from '../../delivery/judge-answer.js';
import type { SendSummary, SentRecord } from '../../delivery/send-records.js';
import type { Outcome } from '../../ports.js';
import { counted } from '../count.js';
import { answerTime } from '../time.js';
import { findingText, outcomeText } from '../words.js';

/** What Inqud would do, or why this is not what was asked for: a sentence or a few. */
export function explanationOf(finding: AnswerFinding, isSigned = true): string {
  switch (finding.code) {
    case 'answer':
      return answerText(finding, isSigned);
    case 'forgery-refused':
      return 'Refused, as a web hook with a wrong digest must be.';
    case 'forgery-failed':
      return `${finding.status} is a failure, not a refusal: answer 401 or 400 to a wrong digest.`;
    case 'forgery-redirected':
      return `${finding.status} is a redirect, not a refusal: answer 401 or 400 to a wrong digest.`;
    case 'forgery-accepted':
      return `${finding.status} accepts a web hook whose digest is wrong: anyone can forge one.`;
    default:
      return finding satisfies never;
  }
}

function answerText(
  { finding, wanted }: Extract<AnswerFinding, { code: 'answer' }>,
  isSigned: boolean,
): string {
  return [
    ...(wanted === undefined ? [] : [`${wanted} is expected.`]),
    findingText(finding, isSigned),
    ...(isRetried(finding) ? ['Inqud retries.'] : []),
  ].join(' ');
}

/** What is sent, and what is wrong with it on purpose. */
export function contentText(record: SentRecord): string {
  const { bodyBytes, tamper } = record;
  const tampered = tamper === undefined ? '' : `, tampered: ${tamper}`;
  return `${subjectText(record)}, ${counted(bodyBytes, 'byte')}${tampered}`;
}

export function subjectText({ event, resource }: SentRecord): string {
  return event === undefined ? 'your own body' : `${event} ${resource ?? ''}`.trimEnd();
}

/** What came of it, and after which time. */
export function cameText(outcome: Outcome): string {
  const words = outcomeText(outcome);
  return outcome.kind !== 'responded' && 'ms' in outcome
    ? `${words} after ${answerTime(outcome.ms)}`
    : words;
}

export function totalsText(summary: SendSummary): string {
  const { sent, asExpected, acknowledgement, interrupted } = summary;
  const times =
    acknowledgement === undefined
      ? ''
      : `, p50 ${answerTime(acknowledgement.p50Ms)}, p95 ${answerTime(acknowledgement.p95Ms)}, max ${answerTime(acknowledgement.maxMs)}`;
  return `${asExpected} of ${sent} as expected${times}${interrupted ? ', interrupted' : ''}`;
}
