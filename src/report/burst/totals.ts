import type { LoadSummary } from '../../load/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { counted, grouped, some } from '../count.js';
import { shareText } from '../share.js';
import { answerTime, duration } from '../time.js';

/** What a burst came to, in numbers: a line each for what happened at all. */
export function burstTotals(summary: LoadSummary): readonly string[] {
  return burstTotalFacts(summary).map(([name, text]) => `  ${name.padEnd(15)}${text}`);
}

/** The same as names and what is so of them; a name that goes on is empty. */
export function burstTotalFacts(summary: LoadSummary): readonly (readonly [string, string])[] {
  const all = [
    ['sent', sentText(summary)],
    ['on time', keptText(summary)],
    ...latencyTexts(summary).map(
      (text, index) => [index === 0 ? 'answers within' : '', text] as const,
    ),
    ['refused', refusedText(summary)],
    ['states', statesText(summary)],
  ] as const;
  return all.filter(([, text]) => text !== '');
}

function sentText({ sent, statuses, timedOut, broken, unreachable, cancelled }: LoadSummary) {
  const parts = [
    ...Object.entries(statuses).map(([status, times]) => `${status}: ${grouped(times)}`),
    ...some(timedOut, 'timed out'),
    ...some(broken, 'broken'),
    ...some(unreachable, 'unreachable'),
    ...some(cancelled, 'cancelled'),
  ];
  const all = unreachable > 0 ? `${grouped(sent - unreachable)} of ` : '';
  return `${all}${grouped(sent)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

function keptText({ kept }: LoadSummary): string {
  const parts = [
    ...some(kept.late, `more than ${kept.onTimeMs} ms late`),
    ...some(kept.unsent, 'never sent'),
  ];
  const rest = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${shareText(kept.share)} of ${grouped(kept.due)}${rest}; p99 ${answerTime(kept.p99LateMs)} late, longest ${answerTime(kept.maxLateMs)}`;
}

/** Counted from the time at which each was to be sent. */
function latencyTexts({ latency, timeoutMs }: LoadSummary): readonly string[] {
  if (latency === undefined) return [];
  const { p50Ms, p95Ms, p99Ms, p999Ms, maxMs } = latency;
  const limit =
    timeoutMs === INQUD_TIMEOUT_MS ? "Inqud's limit 10 s" : `limit ${duration(timeoutMs)}`;
  return [
    `p50 ${answerTime(p50Ms)}, p95 ${answerTime(p95Ms)}, p99 ${answerTime(p99Ms)}, p99.9 ${answerTime(p999Ms)}`,
    `longest ${answerTime(maxMs)} (${limit})`,
  ];
}

function refusedText({ refused }: LoadSummary): string {
  if (refused === undefined) return '';
  const { count, share, firstMs, lastMs } = refused;
  return `${grouped(count)} with 429 or 503 (${shareText(share)}), from ${answerTime(firstMs)} to ${answerTime(lastMs)}`;
}

/** Of resources all of whose web hooks were acknowledged. */
function statesText({ states }: LoadSummary): string {
  if (states === undefined) return '';
  const { acknowledged, judged, lost, otherwise } = states;
  const wrong = [...some(lost, 'lost'), ...some(otherwise, 'not as they should be')];
  const found = wrong.length === 0 ? 'all as they should be' : wrong.join(', ');
  const read = `${grouped(judged)} read of ${counted(acknowledged, 'acknowledged resource')}`;
  return judged === 0 ? read : `${read}: ${found}`;
}
