/** The report of a run of deliveries, a simulated or a replayed one: what its lines and totals say. */
import type { PlanDocument } from '../../delivery/plan-document.js';
import type { RunSummary } from '../../delivery/records.js';
import { counted, grouped } from '../count.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { duration } from '../time.js';
import { type SendNote, sendNoteText } from '../words.js';
import { toldFindings } from './losses.js';

/** What is so of a run beside its records: assumptions, shortened times. */
export type RunNote =
  | SendNote
  /** Inqud publishes no numbers today, so no schedule is more than an assumption. */
  | { readonly code: 'published-waits' | 'assumed-waits' }
  /** The demo receiver hangs on purpose: shown in this time instead of ten seconds. */
  | { readonly code: 'demo-limit'; readonly timeoutMs: number };

export function runNoteText(note: RunNote): string {
  switch (note.code) {
    case 'published-waits':
      return "the waits are those of Inqud's retired docs";
    case 'assumed-waits':
      return 'the waits are assumed: Inqud says "a few minutes", growing exponentially';
    case 'demo-limit':
      return `the demo receiver hangs on purpose, so the 10 s limit is cut to ${duration(note.timeoutMs)}`;
    default:
      return sendNoteText(note);
  }
}

/** The retries of a run, in a few words. */
export function scheduleText({ waitsMs }: Pick<PlanDocument, 'waitsMs'>): string {
  const waits = waitsMs.slice(0, 4).map(duration);
  const more = waitsMs.length > waits.length ? ', …' : '';
  if (waits.length === 0) return 'no retries';
  return `${counted(waitsMs.length, 'retry', 'retries')} after ${waits.join(', ')}${more}`;
}

/** What a run came to: its exit code says how well. */
export function verdictText(summary: RunSummary): string {
  const { total, delivered, lost, withheld, open } = summary.events;
  const took = `in ${duration(summary.lastPlanMs)} of plan time`;
  switch (exitCodeOfRun(summary)) {
    case EXIT.interrupted:
      return `! Interrupted: ${grouped(delivered)} of ${grouped(total)} delivered, ${grouped(open)} not settled.`;
    case EXIT.satisfied: {
      const rest = withheld === 0 ? '' : `, ${grouped(withheld)} withheld by faults`;
      return `✓ ${grouped(delivered)} of ${counted(total, 'event')} delivered ${took}${rest}.`;
    }
    case EXIT.refused:
      return `✗ ${grouped(lost)} of ${counted(total, 'event')} lost, ${grouped(delivered)} delivered ${took}.`;
    default:
      return withheld === total
        ? '? Every event was withheld by faults: nothing is known of the receiver.'
        : '? No attempt ever connected: is the receiver running?';
  }
}

/** Said in the place of the attempts. */
export function unlistedText(events: number): string {
  return `note: ${counted(events, 'event')}, so attempts are not listed; --verbose lists them`;
}

/** What a reader of the totals may have missed. */
export function adviceLines(plan: PlanDocument, summary: RunSummary): readonly string[] {
  return [
    ...answerAdvice(summary),
    ...reorderAdvice(plan),
    ...(isQuiet(summary)
      ? ['Nothing was retried, duplicated or reordered: --chaos does what networks do.']
      : []),
  ];
}

/** What is odd about the receiver's answers, but what is told of lost events already. */
export function answerAdvice(summary: RunSummary): readonly string[] {
  const told = toldFindings(summary).map(({ code }) => code);
  return [
    ...(summary.almostDelivered === 0 || told.includes('almost-delivered')
      ? []
      : ['! Some answers were 2xx but not 200: Inqud counts exactly 200 as delivered.']),
    ...(summary.redirects === 0 || told.includes('redirected')
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
  if (gaps.length === 0) return ['! --reorder swaps nothing here: no resource has two events.'];
  const shortest = Math.min(...gaps);
  if (shortest < reorderMs) return [];
  return [
    `! --reorder ${duration(reorderMs)} swaps nothing: events are ${duration(shortest)} apart.`,
  ];
}

function isQuiet(summary: RunSummary): boolean {
  const { attempts, faults, outOfOrder } = summary;
  const happened = attempts.retries + faults.duplicates + outOfOrder;
  const code = exitCodeOfRun(summary);
  return happened === 0 && (code === EXIT.satisfied || code === EXIT.refused);
}
