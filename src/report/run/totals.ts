import type { FaultCount } from '../../delivery/faults/fault.js';
import { FAULTS_IN_TOTALS } from '../../delivery/faults/registry.js';
import type { FaultCountName, RunSummary } from '../../delivery/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { counted, grouped, some } from '../count.js';
import { answerTime, duration } from '../time.js';

/** What a run came to, in numbers: a line each for what happened at all. */
export function totalLines(summary: RunSummary): readonly string[] {
  return totalFacts(summary).map(([name, text]) => `  ${name.padEnd(15)}${text}`);
}

/** The same as names and what is so of them. */
export function totalFacts(summary: RunSummary): readonly (readonly [string, string])[] {
  const all = [
    ['delivered on', deliveredText(summary.deliveredOnAttempt)],
    ['attempts', attemptsText(summary)],
    ['faults', faultsText(summary)],
    ['out of order', summary.outOfOrder === 0 ? '' : counted(summary.outOfOrder, 'stale arrival')],
    ['answers within', latencyText(summary)],
  ] as const;
  return all.filter(([, text]) => text !== '');
}

const FAULT_COUNTS = FAULTS_IN_TOTALS.flatMap<FaultCount<FaultCountName>>(({ counts }) => counts);

function deliveredText(deliveredOnAttempt: readonly number[]): string {
  return deliveredOnAttempt
    .flatMap((events, index) => (events === 0 ? [] : [`attempt ${index + 1}: ${grouped(events)}`]))
    .join(', ');
}

function attemptsText({ attempts }: RunSummary): string {
  const statuses = Object.entries(attempts.statuses).map(
    ([status, times]) => `${status}: ${grouped(times)}`,
  );
  const parts = [
    ...statuses,
    ...some(attempts.timedOut, 'timed out'),
    ...some(attempts.broken, 'broken'),
    ...some(attempts.unreachable, 'unreachable'),
  ];
  const done = attempts.unreachable > 0 ? 'made' : 'sent';
  return `${grouped(attempts.sent)} ${done}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

function faultsText({ faults }: RunSummary): string {
  const texts: string[] = [];
  for (const { name, words } of FAULT_COUNTS) {
    const number = faults[name];
    if (number === 0) continue;
    if ('one' in words) texts.push(counted(number, words.one, words.many));
    else texts.push(`${texts.pop() ?? ''} (${grouped(number)} ${words.ofThese})`);
  }
  return texts.join(', ');
}

function latencyText({ acknowledgement, timeoutMs }: RunSummary): string {
  if (acknowledgement === undefined) return '';
  const { p50Ms, p95Ms, maxMs } = acknowledgement;
  const limit =
    timeoutMs === INQUD_TIMEOUT_MS ? "Inqud's limit 10 s" : `limit ${duration(timeoutMs)}`;
  return `p50 ${answerTime(p50Ms)}, p95 ${answerTime(p95Ms)}, max ${answerTime(maxMs)} (${limit})`;
}
