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
  readonly signal?: AbortSignal | undefined;
}

/** Sends each request once. Yields what came of them in the order of the requests. */
export async function* sendAll<Tag>(
  parcels: Iterable<Parcel<Tag>>,
  transport: Transport,
  options: SendAllOptions,
): AsyncGenerator<Sent<Tag>> {
  const { concurrency, signal } = options;
  const source = parcels[Symbol.iterator]();
  const bell = createBell();
  const outbox = createOutbox<{ parcel: Parcel<Tag>; outcome: Outcome | undefined }>(
    ({ outcome }) => outcome !== undefined,
  );
  let isExhausted = false;
  while (!isExhausted || outbox.length > 0) {
    while (!isExhausted && outbox.length < concurrency) start();
    if (!outbox.isReady && outbox.length > 0) await bell.rung();
    for (let sent = outbox.take(); sent?.outcome !== undefined; sent = outbox.take()) {
      yield { ...sent.parcel, outcome: sent.outcome };
    }
  }

  function start(): void {
    const next = source.next();
    isExhausted = next.done === true || signal?.aborted === true;
    if (next.done === true || isExhausted) return;
    const slot: { parcel: Parcel<Tag>; outcome: Outcome | undefined } = {
      parcel: next.value,
      outcome: undefined,
    };
    outbox.push(slot);
    transport.send(next.value.request, options).then(
      (outcome) => {
        slot.outcome = outcome;
        bell.ring();
      },
      (error: unknown) => {
        slot.outcome = { kind: 'broken', reason: String(error), ms: 0 };
        bell.ring();
      },
    );
  }
}
