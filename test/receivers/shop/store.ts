import { add, plain } from './decimal.js';
import type { InqudEvent } from './inqud-event.js';

/** One resource of Inqud's, as this shop has it on record. */
export interface Resource {
  /** The event whose status counts. */
  readonly event: InqudEvent;
  /** The statuses that came, whenever they came. */
  readonly seen: ReadonlySet<string>;
  /** What it has brought its order so far. */
  readonly credited: string;
}

/** What a shop keeps. Everything in it changes within one turn of the event loop, like a transaction. */
export interface Store {
  readonly resources: Map<string, Resource>;
  /** What each order has been credited: a running balance, so that a second credit shows. */
  readonly accounts: Map<string, string>;
  /** The events that are done. */
  readonly memory: Memory;
  /** While true, the shop's work fails. */
  isFaulty: boolean;
}

export interface Memory {
  has(key: string): boolean;
  add(key: string): void;
}

export function createStore(memory: Memory = new Set()): Store {
  return { resources: new Map(), accounts: new Map(), memory, isFaulty: false };
}

/** Orders are found by the merchant's reference, and where there is none by the resource's id. */
export function orderOf(event: InqudEvent): string {
  return event.reference ?? event.id;
}

export function credit(store: Store, order: string, amount: string): void {
  store.accounts.set(order, add(store.accounts.get(order) ?? '0', amount));
}

export function resourcesOf(store: Store, order: string): readonly Resource[] {
  return [...store.resources.values()].filter(({ event }) => orderOf(event) === order);
}

/** What all orders together have been credited. */
export function balanceOf(store: Store): string {
  return [...store.accounts.values()].reduce(add, '0');
}

export function negative(amount: string): string {
  return plain(amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
}
