import type { RunSummary } from '../../delivery/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { counted, some } from '../count.js';
import { answerTime, duration } from '../time.js';

/** docs.inqud.com/developer/web-hooks */

/** What a run came to, in numbers: a line each for what happened at all. */
export function totalLines(summary: RunSummary): readonly string[] {
  return [
    ['delivered on', deliveredText(summary.deliveredOnAttempt)],
    ['attempts', attemptsText(summary)],
    ['faults', faultsText(summary)],
    ['out of order', summary.outOfOrder === 0 ? '' : counted(summary.outOfOrder, 'stale arrival')],
    ['answers within', latencyText(summary)],
  ].flatMap(([name = '', text = '']) => (text === '' ? [] : [`  ${name.padEnd(15)}${text}`]));
}

function deliveredText(deliveredOnAttempt: readonly number[]): string {
  return deliveredOnAttempt
    .flatMap((events, index) => (events === 0 ? [] : [`attempt ${index + 1}: ${events}`]))
    .join(', ');
}

function attemptsText({ attempts }: RunSummary): string {
  const statuses = Object.entries(attempts.statuses).map(
    ([status, times]) => `${status}: ${times}`,
  );
  const parts = [
    ...statuses,
    ...some(attempts.timedOut, 'timed out'),
    ...some(attempts.broken, 'broken'),
    ...some(attempts.unreachable, 'unreachable'),
  ];
  return `${attempts.sent} sent${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

function faultsText({ faults }: RunSummary): string {
  const refused = faults.duplicatesRefused === 0 ? '' : ` (${faults.duplicatesRefused} refused)`;
  return [
    ...some(faults.late, 'late'),
    ...(faults.duplicates === 0 ? [] : [`${counted(faults.duplicates, 'duplicate')}${refused}`]),
    ...(faults.lostAcks === 0 ? [] : [counted(faults.lostAcks, 'lost ack')]),
    ...(faults.overlaps === 0 ? [] : [counted(faults.overlaps, 'overlap')]),
    ...(faults.overlapsMissed === 0 ? [] : [counted(faults.overlapsMissed, 'missed overlap')]),
    ...some(faults.blocked, 'blocked'),
    ...some(faults.dropped, 'dropped'),
  ].join(', ');
}

function latencyText({ acknowledgement, timeoutMs }: RunSummary): string {
  if (acknowledgement === undefined) return '';
  const { p50Ms, p95Ms, maxMs } = acknowledgement;
  const limit =
    timeoutMs === INQUD_TIMEOUT_MS ? "Inqud's limit 10 s" : `limit ${duration(timeoutMs)}`;
  return `p50 ${answerTime(p50Ms)}, p95 ${answerTime(p95Ms)}, max ${answerTime(maxMs)} (${limit})`;
}
