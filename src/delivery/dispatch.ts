import type { Outcome } from '../ports.js';
import { createBell } from './bell.js';
import type { DueAttempt, Task } from './due-attempt.js';
import type { Pacer } from './pace.js';
import type { DeliveryRules } from './plan.js';
import { createRecorder, type Recorder } from './recorder.js';
import type { RunRecord } from './records.js';
import { createResourceLines } from './resource-lines.js';
import type { DeliveryOptions, DeliveryPorts } from './run-options.js';
import type { Simulation } from './simulation.js';
import { newSlot, type Slot, type Slots, slotsAsTheyEnd, slotsInPlanOrder } from './slots.js';

export interface DispatchContext {
  readonly rules: DeliveryRules;
  readonly simulation: Simulation;
  readonly pacer: Pacer;
  readonly ports: DeliveryPorts;
  readonly options: DeliveryOptions;
  /** Cancels what is in flight, and starts nothing more. */
  readonly signal: AbortSignal;
}

/** A dropped event is written down without an outcome. */
const NOTHING: Outcome = { kind: 'cancelled' };
const CANCELLED: Outcome = { kind: 'cancelled' };

/** Ready records that may pile up behind a slow one, so that memory stays bounded. */
const MOST_SLOTS = 4_096;

/** Sends what is due, a bounded number at a time, and turns endings into records. */
export class Dispatch {
  readonly #context: DispatchContext;
  readonly #recorder: Recorder;
  readonly #slots: Slots;
  /** Records come in plan order, and the attempts of a resource one after the other. */
  readonly #isOrdered: boolean;
  readonly #lines = createResourceLines();
  readonly #bell = createBell();
  #inFlight = 0;
  #instantMs = Number.NEGATIVE_INFINITY;
  #bug: { readonly error: unknown } | undefined;

  constructor(context: DispatchContext) {
    const { rules, simulation, ports, options } = context;
    this.#context = context;
    this.#isOrdered = options.pace.kind !== 'real';
    this.#recorder = createRecorder(rules, simulation, ports.composer);
    this.#slots = this.#isOrdered ? slotsInPlanOrder() : slotsAsTheyEnd();
  }

  /** Nothing is in flight and nothing waits to be reported. */
  get isSettled(): boolean {
    return this.#inFlight === 0 && this.#slots.length === 0;
  }

  /** Starts what is due, as far as the concurrency allows. */
  fill(): void {
    const { simulation, pacer, signal } = this.#context;
    while (this.#hasRoom && this.#slots.length < MOST_SLOTS && !signal.aborted) {
      const task = simulation.take(pacer.horizonMs());
      if (task === undefined) return;
      this.#begin(task);
    }
  }

  /** The next record, in order, if it is ready. */
  take(): RunRecord | undefined {
    if (this.#bug !== undefined) throw this.#bug.error;
    const slot = this.#slots.take();
    return slot?.ending && this.#recorder.record(slot.task, slot.ending);
  }

  /** Resolves when there may be more to take or to start. */
  progress(): Promise<void> {
    const { simulation, pacer, signal } = this.#context;
    const dueMs = simulation.nextDueMs;
    const mayStart = !this.#isOrdered && this.#hasRoom && !signal.aborted;
    return mayStart && dueMs !== undefined
      ? pacer.advanceTo(dueMs, this.#bell.rungSignal())
      : this.#bell.rung();
  }

  /** Resolves when nothing is in flight. */
  async rest(): Promise<void> {
    while (this.#inFlight > 0) await this.#bell.rung();
  }

  get #hasRoom(): boolean {
    return this.#inFlight < this.#context.options.concurrency;
  }

  #begin(task: Task): void {
    const slot = newSlot(task);
    this.#slots.open(slot);
    if (task.kind === 'drop') return this.#end(slot, NOTHING);
    const { attempt } = task;
    const instead = attempt.mishap?.instead;
    if (instead !== undefined) return this.#end(slot, instead);
    this.#announce(attempt.dueMs);
    this.#lines.enter(this.#lineOf(attempt), () => this.#start(slot, attempt));
  }

  #announce(dueMs: number): void {
    if (dueMs <= this.#instantMs) return;
    this.#instantMs = dueMs;
    this.#context.options.onInstant?.(dueMs);
  }

  #start(slot: Slot, attempt: DueAttempt): void {
    if (!this.#context.signal.aborted) return this.#send(slot, attempt);
    this.#end(slot, CANCELLED);
    this.#lines.leave(this.#lineOf(attempt));
  }

  #send(slot: Slot, attempt: DueAttempt): void {
    const { rules, simulation, pacer, ports, signal } = this.#context;
    const request = ports.composer.compose(attempt.located);
    const onWritten = () => this.#noteWritten(slot, attempt);
    slot.startMs = pacer.measuredMs();
    ports.transport
      .send(request, { timeoutMs: rules.timeoutMs, signal, onWritten })
      .then((outcome) => this.#conclude(slot, attempt, outcome), this.#crash)
      .catch(this.#stumble);
    this.#inFlight += 1;
    if (attempt.hasTwin) this.#sendBeside(slot, simulation.twinOf(attempt));
  }

  /** A copy leaves together with its original, an overlap before its predecessor is answered. */
  #sendBeside(neighbour: Slot, attempt: DueAttempt, overlaps?: Slot): Slot {
    const slot = newSlot({ kind: 'attempt', attempt }, overlaps);
    this.#slots.openAfter(neighbour, slot);
    this.#lines.enterBeside(this.#lineOf(attempt));
    this.#send(slot, attempt);
    return slot;
  }

  #noteWritten(slot: Slot, attempt: DueAttempt): void {
    const { simulation, signal } = this.#context;
    slot.isWritten = true;
    if (attempt.mishap?.bringsNext !== true || slot.ending !== undefined || signal.aborted) return;
    slot.successor = this.#sendBeside(slot, simulation.successorOf(attempt), slot);
  }

  #conclude(slot: Slot, attempt: DueAttempt, outcome: Outcome): void {
    this.#inFlight -= 1;
    this.#end(slot, outcome);
    this.#lines.leave(this.#lineOf(attempt));
    this.fill();
    if (this.#inFlight === 0) this.#bell.ring();
  }

  readonly #crash = (error: unknown): void => {
    this.#inFlight -= 1;
    this.#stumble(error);
  };

  readonly #stumble = (error: unknown): void => {
    this.#bug ??= { error };
    this.#bell.ring();
  };

  #end(slot: Slot, outcome: Outcome): void {
    const { startMs, successor } = slot;
    const overlap = successor === undefined ? undefined : { missed: !successor.isWritten };
    slot.ending = { outcome, overlap, startMs, endMs: this.#context.pacer.measuredMs() };
    this.#slots.close(slot);
    if (this.#slots.isReady) this.#bell.ring();
  }

  /** Attempts of one resource due together go one after the other. */
  #lineOf({ located, dueMs }: DueAttempt): string | number {
    return this.#isOrdered ? located.planResource : `${located.planResource}@${dueMs}`;
  }
}
