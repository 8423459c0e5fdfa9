import type { PlanDocument } from '../../delivery/plan-document.js';
import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { exitCodeOfRun } from '../exit-code.js';
import { explainOutcome } from '../explain.js';
import type { Palette } from '../palette.js';
import { answerTime, duration } from '../time.js';
import { recordLine } from './attempt-line.js';
import type { RunRenderer } from './renderer.js';
import type { RunStory } from './story.js';

/** docs.inqud.com/developer/web-hooks */
const INQUD_LIMIT_MS = 10_000;

/** For people: a line an attempt, then what it all came to. */
export function prettyRun(story: RunStory, palette: Palette): RunRenderer {
  const width = eventWidth(story.plan);
  return {
    begin: () => headLines(story, palette),
    record: (record: RunRecord) => `${recordLine(record, width, palette)}\n`,
    end: (summary) => tailLines(story, summary, palette),
  };
}

function eventWidth(plan: PlanDocument): number {
  const names = plan.batches.flatMap(({ kind, events }) =>
    events.map(({ status }) => `${kind}.${status}`.length),
  );
  return Math.max(...names, 0);
}

function headLines(story: RunStory, palette: Palette): string {
  const { plan, url, receiver, signed, notes } = story;
  const target = receiver === undefined ? url : `${url} (built-in receiver: ${receiver})`;
  const lines = [
    `${palette.bold('Simulating')} ${count(story.events, 'event')} of ${count(story.resources, 'resource')} → ${target}`,
    palette.dim(`seed ${plan.seed} · ${signed ? 'signed' : 'unsigned'} · ${scheduleText(plan)}`),
    ...notes.map((note) => palette.dim(`note: ${note}`)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The retries of a run, in a few words. */
export function scheduleText(plan: Pick<PlanDocument, 'waitsMs'>): string {
  const waits = plan.waitsMs.slice(0, 4).map(duration);
  const more = plan.waitsMs.length > waits.length ? ', …' : '';
  if (waits.length === 0) return 'no retries';
  return `${count(plan.waitsMs.length, 'retry', 'retries')} after ${waits.join(', ')}${more}`;
}

function tailLines(story: RunStory, summary: RunSummary, palette: Palette): string {
  const lines = [
    '',
    ...resultLines(summary, palette),
    ...adviceLines(story, summary).map((line) => palette.warn(line)),
    palette.dim(`reproduce: ${story.reproduce}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a run came to: the verdict, the counts, the lost events. */
export function resultLines(summary: RunSummary, palette: Palette): readonly string[] {
  return [verdictLine(summary, palette), ...countLines(summary), ...lostLines(summary, palette)];
}

function verdictLine(summary: RunSummary, palette: Palette): string {
  const { total, delivered, lost, withheld, open } = summary.events;
  const took = `in ${duration(summary.lastPlanMs)} of plan time`;
  if (summary.interrupted) {
    return palette.warn(`! Interrupted: ${delivered} of ${total} delivered, ${open} not settled.`);
  }
  const code = exitCodeOfRun(summary);
  if (code === 0) {
    const rest = withheld === 0 ? '' : `, ${withheld} withheld by faults`;
    return palette.good(`✓ ${delivered} of ${count(total, 'event')} delivered ${took}${rest}.`);
  }
  if (lost > 0 && code === 1) {
    return palette.bad(
      `✗ ${lost} of ${count(total, 'event')} lost, ${delivered} delivered ${took}.`,
    );
  }
  return summary.attempts.sent > summary.attempts.unreachable || withheld === total
    ? palette.warn(`? Every event was withheld by faults: nothing is known of the receiver.`)
    : palette.bad('? No attempt ever connected: is the receiver running?');
}

function countLines(summary: RunSummary): readonly string[] {
  return [
    ['delivered on', deliveredText(summary.deliveredOnAttempt)],
    ['attempts', attemptsText(summary)],
    ['faults', faultsText(summary)],
    ['out of order', summary.outOfOrder === 0 ? '' : count(summary.outOfOrder, 'arrival')],
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
    ...(faults.duplicates === 0 ? [] : [`${count(faults.duplicates, 'duplicate')}${refused}`]),
    ...(faults.lostAcks === 0 ? [] : [count(faults.lostAcks, 'lost ack')]),
    ...(faults.overlaps === 0 ? [] : [count(faults.overlaps, 'overlap')]),
    ...(faults.overlapsMissed === 0 ? [] : [`${faults.overlapsMissed} missed overlap`]),
    ...some(faults.blocked, 'blocked'),
    ...some(faults.dropped, 'dropped'),
  ].join(', ');
}

function latencyText({ acknowledgement, timeoutMs }: RunSummary): string {
  if (acknowledgement === undefined) return '';
  const { p50Ms, p95Ms, maxMs } = acknowledgement;
  const limit =
    timeoutMs === INQUD_LIMIT_MS ? "Inqud's limit 10 s" : `limit ${duration(timeoutMs)}`;
  return `p50 ${answerTime(p50Ms)}, p95 ${answerTime(p95Ms)}, max ${answerTime(maxMs)} (${limit})`;
}

function lostLines(summary: RunSummary, palette: Palette): readonly string[] {
  return summary.lostEvents
    .slice(0, 5)
    .map(({ event, resource, attempts, lastOutcome }) =>
      palette.bad(
        `  lost: ${event} ${resource} after ${count(attempts, 'attempt')}. ${explainOutcome(lastOutcome)}`,
      ),
    );
}

function adviceLines(story: RunStory, summary: RunSummary): readonly string[] {
  return [
    ...answerAdvice(summary),
    ...reorderAdvice(story.plan),
    ...(isQuiet(story.plan, summary)
      ? ['Nothing was retried, duplicated or reordered. Try --chaos for what networks do.']
      : []),
  ];
}

/** What is odd about the receiver's answers. */
export function answerAdvice(summary: RunSummary): readonly string[] {
  return [
    ...(summary.almostDelivered === 0
      ? []
      : ['! Some answers were 2xx but not 200: Inqud retries everything that is not exactly 200.']),
    ...(summary.redirects === 0
      ? []
      : ['! Some answers were redirects: they are not followed, and count as refused.']),
  ];
}

/** A delay shorter than the time between two events of a resource never swaps them. */
function reorderAdvice(plan: PlanDocument): readonly string[] {
  const { reorderMs } = plan.faults;
  if (reorderMs === 0) return [];
  const gaps = plan.batches.flatMap(({ events }) =>
    events.slice(1).map(({ dueMs }, index) => dueMs - (events[index]?.dueMs ?? 0)),
  );
  if (gaps.some((gapMs) => gapMs < reorderMs)) return [];
  return gaps.length === 0
    ? ['! --reorder swaps nothing here: no resource has two events.']
    : [
        `! --reorder ${duration(reorderMs)} swaps nothing: events are ${duration(Math.min(...gaps))} apart.`,
      ];
}

function isQuiet({ faults }: PlanDocument, summary: RunSummary): boolean {
  const happened =
    summary.attempts.retries + summary.faults.duplicates + summary.outOfOrder + summary.faults.late;
  return !faults.atLeastOnce && happened === 0 && !summary.interrupted;
}

function some(number: number, text: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${text}`];
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
