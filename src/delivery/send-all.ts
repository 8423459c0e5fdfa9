import type { Outcome, OutgoingRequest, Transport } from '../ports.js';
import { createBell } from './bell.js';
import { createOutbox } from './outbox.js';

/** A request with whatever the caller needs to know it by. */
export interface Parcel<Tag> {
  readonly tag: Tag;
  readonly request: OutgoingRequest;
}

export interface Sent<Tag> extends Parcel<Tag> {
  readonly outcome: Outcome;
}

export interface SendAllOptions {
  readonly concurrency: number;
  /** Real milliseconds. */
  readonly timeoutMs: number;
  readonly keepBodyBytes: number;
  /** Ends the sending early: what is in flight is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

interface Slot<Tag> {
  readonly parcel: Parcel<Tag>;
  outcome: Outcome | undefined;
}

/**
 * Sends each request once. Yields what came of them in the order of the requests. Whoever stops
 * reading cancels what is in flight.
 */
export async function* sendAll<Tag>(
  parcels: Iterable<Parcel<Tag>>,
  transport: Transport,
  options: SendAllOptions,
): AsyncGenerator<Sent<Tag>> {
  const { concurrency, signal: interruption } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any(interruption ? [interruption, stop.signal] : [stop.signal]);
  const source = parcels[Symbol.iterator]();
  const bell = createBell();
  const outbox = createOutbox<Slot<Tag>>(({ outcome }) => outcome !== undefined);
  let inFlight = 0;
  let isExhausted = false;
  let bug: { readonly error: unknown } | undefined;

  try {
    while (!isExhausted || outbox.length > 0) {
      while (!isExhausted && outbox.length < concurrency) start();
      if (bug === undefined && !outbox.isReady && outbox.length > 0) await bell.rung();
      if (bug !== undefined) throw bug.error;
      for (let sent = outbox.take(); sent?.outcome !== undefined; sent = outbox.take()) {
        yield { ...sent.parcel, outcome: sent.outcome };
      }
    }
  } finally {
    stop.abort();
    while (inFlight > 0) await bell.rung();
  }

  function start(): void {
    const next = source.next();
    isExhausted = next.done === true || signal.aborted;
    if (next.done === true || isExhausted) return;
    const slot: Slot<Tag> = { parcel: next.value, outcome: undefined };
    outbox.push(slot);
    transport.send(next.value.request, { ...options, signal }).then(
      (outcome) => {
        slot.outcome = outcome;
        land();
      },
      (error: unknown) => {
        bug ??= { error };
        land();
      },
    );
    inFlight += 1;
  }

  function land(): void {
    inFlight -= 1;
    bell.ring();
  }
}
