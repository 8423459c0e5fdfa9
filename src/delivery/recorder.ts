import type { Composer } from './composer.js';
import type { DueAttempt, Task } from './due-attempt.js';
import type { Ending } from './ending.js';
import { attemptBudget, type DeliveryRules } from './plan.js';
import type { AttemptRecord, RunRecord } from './records.js';
import type { Simulation } from './simulation.js';

/** Settles what has ended and writes it down. */
export interface Recorder {
  record(task: Task, ending: Ending): RunRecord;
}

export function createRecorder(
  rules: DeliveryRules,
  simulation: Simulation,
  composer: Composer,
): Recorder {
  const attempts = attemptBudget(rules);
  return {
    record: (task, ending) => {
      if (task.kind === 'drop') {
        return { kind: 'dropped', planMs: task.planMs, ...composer.label(task.located) };
      }
      return attemptRecord(task.attempt, ending);
    },
  };

  function attemptRecord(attempt: DueAttempt, ending: Ending): AttemptRecord {
    const { next, fault, outOfOrder } = simulation.settle(attempt, ending);
    return {
      kind: 'attempt',
      planMs: attempt.dueMs,
      ...composer.label(attempt.located),
      attempt: attempt.number,
      attempts,
      ...(attempt.duplicate === undefined ? {} : { duplicate: attempt.duplicate }),
      ...(attempt.lateMs === 0 ? {} : { lateMs: attempt.lateMs }),
      ...(fault === undefined ? {} : { fault }),
      ...(outOfOrder ? { outOfOrder } : {}),
      outcome: ending.outcome,
      next,
    };
  }
}
