import type { PlanDocument } from '../../delivery/plan-document.js';
import type { RunSummary } from '../../delivery/records.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { duration } from '../time.js';

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

/** What is odd about the receiver's answers. */
export function answerAdvice(summary: RunSummary): readonly string[] {
  return [
    ...(summary.almostDelivered === 0
      ? []
      : ['! Some answers were 2xx but not 200: Inqud counts exactly 200 as delivered.']),
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
