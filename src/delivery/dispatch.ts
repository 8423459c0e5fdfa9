import type { Outcome } from '../ports.js';
import { createBell } from './bell.js';
import type { DeliveryOptions, DeliveryPorts } from './deliver.js';
import type { DueAttempt, Task } from './due-attempt.js';
import type { Pacer } from './pace.js';
import type { DeliveryRules } from './plan.js';
import { createRecorder } from './recorder.js';
import type { RunRecord } from './records.js';
import { createResourceLines } from './resource-lines.js';
import type { Simulation } from './simulation.js';
import { newSlot, type Slot, slotsAsTheyEnd, slotsInPlanOrder } from './slots.js';

/** Sends what is due, a bounded number at a time, and turns endings into records. */
export interface Dispatch {
  /** Nothing is in flight and nothing waits to be reported. */
  readonly isSettled: boolean;
  /** Starts what is due, as far as the concurrency allows. */
  fill(): void;
  /** The next record, in order, if it is ready. */
  take(): RunRecord | undefined;
  /** Resolves when there may be more to take or to start. */
  progress(): Promise<void>;
  /** Resolves when nothing is in flight. */
  rest(): Promise<void>;
}

export interface DispatchContext {
  readonly rules: DeliveryRules;
  readonly simulation: Simulation;
  readonly pacer: Pacer;
  readonly ports: DeliveryPorts;
  readonly options: DeliveryOptions;
  /** Cancels what is in flight, and starts nothing more. */
  readonly signal: AbortSignal;
}

const BLOCKED: Outcome = { kind: 'blocked', by: 'outage' };
const CANCELLED: Outcome = { kind: 'cancelled' };

/** Ready records that may pile up behind a slow one, so that memory stays bounded. */
const MOST_SLOTS = 4_096;

export function createDispatch(context: DispatchContext): Dispatch {
  const { rules, simulation, pacer, ports, options, signal } = context;
  const isOrdered = options.pace.kind !== 'real';
  const recorder = createRecorder(rules, simulation, ports.composer);
  const lines = createResourceLines();
  const slots = isOrdered ? slotsInPlanOrder() : slotsAsTheyEnd();
  const bell = createBell();
  let inFlight = 0;
  let instantMs = Number.NEGATIVE_INFINITY;
  let bug: { readonly error: unknown } | undefined;

  const fill = (): void => {
    while (inFlight < options.concurrency && slots.length < MOST_SLOTS && !signal.aborted) {
      const task = simulation.take(pacer.horizonMs());
      if (task === undefined) return;
      begin(task);
    }
  };

  const begin = (task: Task): void => {
    const slot = newSlot(task);
    slots.open(slot);
    if (task.kind === 'drop' || task.attempt.outage !== undefined) return end(slot, BLOCKED);
    const { attempt } = task;
    announce(attempt.dueMs);
    lines.enter(lineOf(attempt), () => start(slot, attempt));
  };

  const announce = (dueMs: number): void => {
    if (dueMs <= instantMs) return;
    instantMs = dueMs;
    options.onInstant?.(dueMs);
  };

  const start = (slot: Slot, attempt: DueAttempt): void => {
    if (!signal.aborted) return send(slot, attempt);
    end(slot, CANCELLED);
    lines.leave(lineOf(attempt));
  };

  const send = (slot: Slot, attempt: DueAttempt): void => {
    const request = ports.composer.compose(attempt.located);
    const onWritten = () => noteWritten(slot, attempt);
    slot.startMs = pacer.measuredMs();
    ports.transport
      .send(request, { timeoutMs: rules.timeoutMs, signal, onWritten })
      .then((outcome) => conclude(slot, attempt, outcome), crash)
      .catch(stumble);
    inFlight += 1;
    if (attempt.hasTwin) sendBeside(slot, simulation.twinOf(attempt));
  };

  /** A copy leaves together with its original, an overlap before its predecessor is answered. */
  const sendBeside = (neighbour: Slot, attempt: DueAttempt, overlaps?: Slot): Slot => {
    const slot = newSlot({ kind: 'attempt', attempt }, overlaps);
    slots.openAfter(neighbour, slot);
    lines.enterBeside(lineOf(attempt));
    send(slot, attempt);
    return slot;
  };

  const noteWritten = (slot: Slot, attempt: DueAttempt): void => {
    slot.isWritten = true;
    if (attempt.hidden !== 'overlap' || slot.ending !== undefined || signal.aborted) return;
    slot.successor = sendBeside(slot, simulation.successorOf(attempt), slot);
  };

  const conclude = (slot: Slot, attempt: DueAttempt, outcome: Outcome): void => {
    inFlight -= 1;
    end(slot, outcome);
    lines.leave(lineOf(attempt));
    fill();
    if (inFlight === 0) bell.ring();
  };

  const crash = (error: unknown): void => {
    inFlight -= 1;
    stumble(error);
  };

  const stumble = (error: unknown): void => {
    bug ??= { error };
    bell.ring();
  };

  const end = (slot: Slot, outcome: Outcome): void => {
    const { startMs, successor } = slot;
    const overlap = successor === undefined ? undefined : { missed: !successor.isWritten };
    slot.ending = { outcome, overlap, startMs, endMs: pacer.measuredMs() };
    slots.close(slot);
    if (slots.isReady) bell.ring();
  };

  /** Attempts of one resource due together go one after the other. */
  const lineOf = ({ located, dueMs }: DueAttempt): string | number =>
    isOrdered ? located.planResource : `${located.planResource}@${dueMs}`;

  return {
    get isSettled() {
      return inFlight === 0 && slots.length === 0;
    },
    fill,
    take: () => {
      if (bug !== undefined) throw bug.error;
      const slot = slots.take();
      return slot?.ending && recorder.record(slot.task, slot.ending);
    },
    progress: () => {
      const dueMs = simulation.nextDueMs;
      const mayStart = !isOrdered && inFlight < options.concurrency && !signal.aborted;
      return mayStart && dueMs !== undefined
        ? pacer.advanceTo(dueMs, bell.rungSignal())
        : bell.rung();
    },
    rest: async () => {
      while (inFlight > 0) await bell.rung();
    },
  };
}
