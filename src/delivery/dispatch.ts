import type { Outcome } from '../ports.js';
import { createBell } from './bell.js';
import type { DeliveryOptions, DeliveryPorts } from './deliver.js';
import type { DueAttempt, Ending, Task } from './due-attempt.js';
import { createOutbox } from './outbox.js';
import type { Pacer } from './pace.js';
import type { DeliveryRules } from './plan.js';
import { createRecorder } from './recorder.js';
import type { RunRecord } from './records.js';
import { createResourceLines } from './resource-lines.js';
import type { Simulation } from './simulation.js';

/** Sends what is due, a bounded number at a time, and turns endings into records. */
export interface Dispatch {
  readonly inFlight: number;
  /** Nothing is in flight and nothing waits to be reported. */
  readonly isSettled: boolean;
  /** Starts what is due, as far as the concurrency allows. */
  fill(): void;
  /** The next record, in order, if it is ready. */
  take(): RunRecord | undefined;
  /** Resolves when there may be more to drain or to start. */
  progress(): Promise<void>;
}

export interface DispatchContext {
  readonly rules: DeliveryRules;
  readonly simulation: Simulation;
  readonly pacer: Pacer;
  readonly ports: DeliveryPorts;
  readonly options: DeliveryOptions;
}

/** A task on its way to becoming a record. */
interface Slot {
  readonly task: Task;
  ending: Ending | undefined;
  isWritten: boolean;
  /** The attempt that overlaps this one, once it was started. */
  successor: Slot | undefined;
}

const BLOCKED: Outcome = { kind: 'blocked', by: 'outage' };
const CANCELLED: Outcome = { kind: 'cancelled' };

/** Ready records that may pile up behind a slow one, so that memory stays bounded. */
const LONGEST_OUTBOX = 4_096;

export function createDispatch(context: DispatchContext): Dispatch {
  const { rules, simulation, pacer, ports, options } = context;
  const { signal } = options;
  const isOrdered = options.pace.kind !== 'real';
  const recorder = createRecorder(rules, simulation, ports.composer);
  const lines = createResourceLines();
  const outbox = createOutbox<Slot>((slot) => slot.ending !== undefined);
  const bell = createBell();
  let inFlight = 0;
  let bug: { readonly error: unknown } | undefined;

  const fill = (): void => {
    while (inFlight < options.concurrency && outbox.length < LONGEST_OUTBOX) {
      if (signal?.aborted === true) return;
      const task = simulation.take(pacer.horizonMs());
      if (task === undefined) return;
      begin(task);
    }
  };

  const begin = (task: Task): void => {
    const slot = newSlot(task);
    if (isOrdered) outbox.push(slot);
    if (task.kind === 'drop' || task.attempt.outage !== undefined) return end(slot, BLOCKED);
    const { attempt } = task;
    lines.enter(lineOf(attempt), () => start(slot, attempt));
  };

  const start = (slot: Slot, attempt: DueAttempt): void => {
    if (signal?.aborted === true) {
      end(slot, CANCELLED);
      return lines.leave(lineOf(attempt));
    }
    send(slot, attempt);
    if (attempt.hasTwin) startBeside(slot, simulation.twinOf(attempt));
  };

  /** A copy or an overlap: leaves at once, on a connection of its own. */
  const startBeside = (neighbour: Slot, attempt: DueAttempt): Slot => {
    const slot = newSlot({ kind: 'attempt', attempt });
    if (isOrdered) outbox.pushAfter(neighbour, slot);
    lines.enterBeside(lineOf(attempt));
    send(slot, attempt);
    return slot;
  };

  const send = (slot: Slot, attempt: DueAttempt): void => {
    inFlight += 1;
    const request = ports.composer.compose(attempt.located);
    const onWritten = () => noteWritten(slot, attempt);
    ports.transport
      .send(request, { timeoutMs: rules.timeoutMs, signal, onWritten })
      .then((outcome) => {
        inFlight -= 1;
        end(slot, outcome);
        lines.leave(lineOf(attempt));
        fill();
      })
      .catch((error: unknown) => {
        bug = { error };
        bell.ring();
      });
  };

  const noteWritten = (slot: Slot, attempt: DueAttempt): void => {
    slot.isWritten = true;
    if (attempt.hidden !== 'overlap' || slot.ending !== undefined) return;
    slot.successor ??= startBeside(slot, simulation.successorOf(attempt));
  };

  const end = (slot: Slot, outcome: Outcome): void => {
    const { successor } = slot;
    const overlap = successor === undefined ? undefined : { missed: !successor.isWritten };
    slot.ending = { outcome, overlap, startMs: undefined, endMs: pacer.measuredMs() };
    if (!isOrdered) outbox.push(slot);
    if (outbox.isReady) bell.ring();
  };

  /** Attempts of one resource due together go one after the other. */
  const lineOf = ({ located, dueMs }: DueAttempt): string | number =>
    isOrdered ? located.planResource : `${located.planResource}@${dueMs}`;

  return {
    get inFlight() {
      return inFlight;
    },
    get isSettled() {
      return inFlight === 0 && outbox.length === 0;
    },
    fill,
    take: () => {
      if (bug !== undefined) throw bug.error;
      const slot = outbox.take();
      if (slot?.ending === undefined) return undefined;
      return recorder.record(slot.task, slot.ending);
    },
    progress: () => {
      const dueMs = simulation.nextDueMs;
      const isFull = inFlight >= options.concurrency;
      if (isOrdered || isFull || dueMs === undefined) return bell.rung();
      return pacer.advanceTo(dueMs, bell.rungSignal());
    },
  };
}

function newSlot(task: Task): Slot {
  return { task, ending: undefined, isWritten: false, successor: undefined };
}
