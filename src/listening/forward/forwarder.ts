// The room of forwarding: what was stored is passed on, at least once and in order.
import { parseCaptureLine } from '../../capture/own-format.js';
import { forwardable } from '../../delivery/replay/forwardable.js';
import type { Clock, Outcome, OutgoingRequest } from '../../ports.js';
import { isDelivered } from '../../webhook/scheme.js';
import { type BodyDescription, describeBody } from '../describe-body.js';
import type { ForwardOptions, Stopping } from '../listener.js';
import type { ForwardNext, ForwardSummary } from '../records.js';
import type { Backlog, StoredLine } from './backlog.js';
import { type Entry, entryOf } from './journal.js';

/** The lines of the capture file. */
export interface StoredLines {
  /** The next line in the order of the file; undefined when there is none yet. */
  next(): Promise<StoredLine | undefined>;
  read(line: StoredLine): Promise<Uint8Array>;
}

export interface ForwarderOptions extends ForwardOptions {
  readonly stored: StoredLines;
  readonly backlog: Backlog;
  readonly clock: Clock;
  /** Writes down what came of an attempt. */
  readonly keep: (entry: Entry) => void;
}

interface Work extends StoredLine {
  /** Attempts made so far. */
  readonly attempts: number;
}

const LONG_MS = 24 * 60 * 60 * 1_000;

/**
 * Passes stored requests on, each at least once: first attempts start in the order of the file, and what
 * is refused comes again when it is due, whatever else is under way.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #abort = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #counts = { attempts: 0, delivered: 0, lost: 0 };
  #isLastCall = false;
  #isRung = false;
  #wake: (() => void) | undefined;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Says that there may be something new to do. */
  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  stop(how: Stopping): void {
    this.#isLastCall = true;
    if (how === 'at-once') this.#abort.abort();
    this.ring();
  }

  /** Ends when it is stopped. */
  async run(): Promise<ForwardSummary> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const hasRoom = this.#underWay.size < this.#options.concurrency;
      const work = hasRoom ? await this.#nextWork() : undefined;
      if (work !== undefined) this.#start(work);
      else if (this.#isLastCall && this.#underWay.size === 0) break;
      else await this.#rung(hasRoom);
    }
    await Promise.all(this.#underWay);
    return { ...this.#counts, waiting: this.#options.backlog.retries.length };
  }

  async #nextWork(): Promise<Work | undefined> {
    const { backlog, clock, stored } = this.#options;
    const due = backlog.takeDue(clock.now());
    if (due !== undefined) return due;
    for (let line = await stored.next(); line !== undefined; line = await stored.next()) {
      if (!backlog.isAhead(line.offset)) return { ...line, attempts: 0 };
    }
    return undefined;
  }

  #start(work: Work): void {
    const attempt = this.#attempt(work).finally(() => {
      this.#underWay.delete(attempt);
      this.ring();
    });
    this.#underWay.add(attempt);
  }

  async #attempt(work: Work): Promise<void> {
    const { stored, transport, timeoutMs } = this.#options;
    const letter = letterOf(await stored.read(work));
    if (letter === undefined) {
      this.#settle(work, { ...placeOf(work), result: 'skipped' });
      return;
    }
    const { signal } = this.#abort;
    const outcome = await transport.send(letter.request, { timeoutMs, signal });
    this.#conclude(work, letter, outcome);
  }

  #conclude(work: Work, { event, resource }: Letter, outcome: Outcome): void {
    const { waitsMs, onAttempt } = this.#options;
    const next = nextOf(outcome, waitsMs[work.attempts]);
    if (next.kind !== 'cancelled') this.#counts.attempts += 1;
    onAttempt({
      kind: 'forwarded',
      offset: work.offset,
      event,
      ...(resource === undefined ? {} : { resource }),
      attempt: work.attempts + 1,
      attempts: waitsMs.length + 1,
      outcome,
      next,
    });
    this.#act(work, next);
  }

  #act(work: Work, next: ForwardNext): void {
    switch (next.kind) {
      case 'delivered':
      case 'lost':
        this.#counts[next.kind] += 1;
        this.#settle(work, { ...placeOf(work), result: next.kind });
        return;
      case 'retry':
        this.#retryLater(work, next.waitMs);
        return;
      case 'cancelled':
        this.#putBack(work);
        return;
      default:
        next satisfies never;
    }
  }

  #settle(line: StoredLine, entry: Entry): void {
    this.#options.backlog.pass(line);
    this.#options.keep(entry);
  }

  #retryLater({ attempts, ...line }: Work, waitMs: number): void {
    const { backlog, clock } = this.#options;
    const retry = { ...placeOf(line), attempts: attempts + 1, dueMs: clock.now() + waitMs };
    backlog.retryLater(retry);
    this.#settle(line, entryOf(retry));
  }

  /** What was under way when the end came is as it was before. */
  #putBack(work: Work): void {
    const { backlog, clock } = this.#options;
    if (work.attempts > 0) backlog.retryLater({ ...work, dueMs: clock.now() });
  }

  /** Waits for a ring or, where there is room for it, the next retry. */
  async #rung(hasRoom: boolean): Promise<void> {
    const { backlog, clock } = this.#options;
    const dueMs = hasRoom ? backlog.nextDueMs : undefined;
    const waking = new AbortController();
    this.#wake = () => waking.abort();
    if (!this.#isRung) {
      const waitMs = dueMs === undefined ? LONG_MS : dueMs - clock.now();
      await clock.sleep(waitMs, waking.signal);
    }
    this.#isRung = false;
  }
}

interface Letter extends BodyDescription {
  readonly request: OutgoingRequest;
}

/** Undefined for what is not to be passed on: Inqud POSTs, and nothing else is a web hook. */
function letterOf(line: Uint8Array): Letter | undefined {
  const parsed = parseCaptureLine(line);
  if (parsed.kind !== 'capture' || parsed.record.method !== 'POST') return undefined;
  const letter = forwardable(parsed.record);
  if (letter.kind !== 'request') return undefined;
  return { ...describeBody(parsed.record.body), request: letter.request };
}

function nextOf(outcome: Outcome, waitMs: number | undefined): ForwardNext {
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (isDelivered(outcome)) return { kind: 'delivered' };
  return waitMs === undefined ? { kind: 'lost' } : { kind: 'retry', waitMs };
}

function placeOf({ offset, bytes }: StoredLine): StoredLine {
  return { offset, bytes };
}
