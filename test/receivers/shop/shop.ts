import { setTimeout as wait } from 'node:timers/promises';
import type { InqudEvent } from './inqud-event.js';
import { createLocks, type Locks } from './locks.js';
import { type Policy, STRICT } from './policy.js';
import { statusNamed } from './status.js';
import { credit, negative, orderOf, type Resource, type Store } from './store.js';

/** How a shop does its work; each step can be done differently, or wrongly. */
export interface Steps extends Policy {
  /** Two events with one key are the same event. */
  readonly keyOf: (event: InqudEvent) => string;
  /** False for what the shop has nothing to do for. It answers 200 all the same. */
  readonly concerns: (event: InqudEvent, recorded: Resource | undefined) => boolean;
  readonly locks: Locks;
  /** The slow part: a database, a mail, another service. Throws when that fails. */
  readonly work: (event: InqudEvent, store: Store) => Promise<void>;
  /** Puts the event on record. */
  readonly commit: (event: InqudEvent, store: Store, policy: Policy) => void;
  /** All of the above in the right order. Resolves when the event is done; rejects when it is not. */
  readonly receive: (event: InqudEvent, store: Store, steps: Steps) => Promise<void>;
}

const WORK_MS = 2;

export function createSteps(policy: Policy = STRICT): Steps {
  return {
    ...policy,
    keyOf: ({ kind, id, status }) => `${kind} ${id} ${status}`,
    concerns: ({ status }) => statusNamed(status) !== undefined,
    locks: createLocks(),
    work,
    commit,
    receive,
  };
}

/** Takes time and fails while the fault is on. */
export async function work(_event: InqudEvent, store: Store): Promise<void> {
  await wait(WORK_MS);
  if (store.isFaulty) throw new Error('The work fails.');
}

/** Once for each event, one event of a resource at a time, on record only when the work is done. */
export function receive(event: InqudEvent, store: Store, steps: Steps): Promise<void> {
  return steps.locks.exclusive(event.id, async () => {
    if (!steps.concerns(event, store.resources.get(event.id))) return;
    if (store.memory.has(steps.keyOf(event))) return;
    await steps.work(event, store);
    steps.commit(event, store, steps);
    store.memory.add(steps.keyOf(event));
  });
}

/** The status on record brings its credit; one that replaces another takes that one's back first. */
export function commit(event: InqudEvent, store: Store, policy: Policy): void {
  const recorded = store.resources.get(event.id);
  const replaces = recorded === undefined || policy.supersedes(event, recorded.event);
  const counts = replaces || event.status === recorded.event.status;
  const amount = (counts ? policy.creditFor(event) : undefined) ?? '0';
  credit(store, orderOf(event), amount);
  if (replaces) credit(store, orderOf(event), negative(recorded?.credited ?? '0'));
  store.resources.set(event.id, {
    event: replaces ? event : recorded.event,
    seen: new Set([...(recorded?.seen ?? []), event.status]),
    credited: replaces ? amount : recorded.credited,
  });
}
