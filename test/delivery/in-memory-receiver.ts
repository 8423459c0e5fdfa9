import type { Outcome, OutgoingRequest, SendOptions, Transport } from '../../src/ports.js';

/** One request as the receiver sees it. */
export interface Arrival {
  /** Resource id and status: the same for every attempt of one event. */
  readonly event: string;
  readonly resource: string;
  readonly status: string;
  /** Counts the arrivals of this event, from 1. */
  readonly nth: number;
  /** Counts all arrivals, from 1. */
  readonly number: number;
  readonly request: OutgoingRequest;
}

export type Reaction = (arrival: Arrival) => Outcome | Promise<Outcome>;

export interface InMemoryReceiver extends Transport {
  readonly arrivals: readonly Arrival[];
  /** Attempts that have not ended. */
  readonly underWay: number;
}

export interface ReceiverOptions {
  /** Turns of the event loop until the request is written; at once by default. */
  readonly turnsToWrite?: (arrival: Arrival) => number;
}

/**
 * A transport without a network: the reaction is the receiver. An abort ends what is under way as
 * `cancelled`, as it does with the real one.
 */
export function receiver(react: Reaction, options: ReceiverOptions = {}): InMemoryReceiver {
  const { turnsToWrite = () => 0 } = options;
  const arrivals: Arrival[] = [];
  const seen = new Map<string, number>();
  const cancellations = new Map<AbortSignal, Promise<Outcome>>();
  let underWay = 0;

  const arrive = (request: OutgoingRequest): Arrival => {
    const { id, status } = JSON.parse(new TextDecoder().decode(request.body));
    const event = `${id} ${status}`;
    const nth = (seen.get(event) ?? 0) + 1;
    seen.set(event, nth);
    const arrival = { event, status, resource: id, nth, number: arrivals.length + 1, request };
    arrivals.push(arrival);
    return arrival;
  };

  const cancellation = (signal: AbortSignal): Promise<Outcome> => {
    const known = cancellations.get(signal) ?? cancelled(signal);
    cancellations.set(signal, known);
    return known;
  };

  return {
    arrivals,
    get underWay() {
      return underWay;
    },
    send: async (request, { signal, onWritten }: SendOptions) => {
      if (signal?.aborted) return { kind: 'cancelled' };
      underWay += 1;
      const arrival = arrive(request);
      const answered = react(arrival);
      write(turnsToWrite(arrival), onWritten);
      const ends = signal === undefined ? [answered] : [answered, cancellation(signal)];
      const outcome = await Promise.race(ends);
      underWay -= 1;
      return outcome;
    },
    close: () => Promise.resolve(),
  };
}

/** An answer with that status. */
export function answer(status: number, ms = 1): Outcome {
  return { kind: 'responded', status, ms };
}

/** Answers each event with these statuses in turn, the last one from then on. */
export function statuses(...list: readonly number[]): Reaction {
  return ({ nth }) => answer(list[Math.min(nth, list.length) - 1] ?? 200);
}

/** Never ends by itself. */
export const silence = new Promise<never>(() => undefined);

/** Comes after so many turns of the event loop. */
export async function afterTurns(turns: number, outcome: Outcome): Promise<Outcome> {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn();
  return outcome;
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function write(turns: number, onWritten: (() => void) | undefined): void {
  if (turns === 0) onWritten?.();
  else if (turns < Number.POSITIVE_INFINITY) setImmediate(() => write(turns - 1, onWritten));
}

function cancelled(signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = () => resolve({ kind: 'cancelled' });
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
}
