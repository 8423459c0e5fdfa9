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
  readonly resources: Resources;
  /** What each order has been credited: a running balance, so that a second credit shows. */
  readonly accounts: Accounts;
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
  return { resources: new Resources(), accounts: new Accounts(), memory, isFaulty: false };
}

/** Orders are found by the merchant's reference, and where there is none by the resource's id. */
export function orderOf(event: InqudEvent): string {
  return event.reference ?? event.id;
}

export function credit(store: Store, order: string, amount: string): void {
  store.accounts.set(order, add(store.accounts.get(order) ?? '0', amount));
}

export function resourcesOf(store: Store, order: string): readonly Resource[] {
  return store.resources.ofOrder(order);
}

/** What all orders together have been credited. */
export function balanceOf(store: Store): string {
  return store.accounts.balance;
}

export function negative(amount: string): string {
  return plain(amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
}

/** What each order has been credited, and all together. */
export class Accounts extends Map<string, string> {
  #balance = '0';

  get balance(): string {
    return this.#balance;
  }

  override set(order: string, credited: string): this {
    this.#balance = add(this.#balance, add(credited, negative(this.get(order) ?? '0')));
    return super.set(order, credited);
  }
}

/** By their ids, and found by their order without looking through all of them. */
export class Resources extends Map<string, Resource> {
  readonly #orders = new Map<string, Map<string, Resource>>();

  override set(id: string, resource: Resource): this {
    const order = orderOf(resource.event);
    const others = this.#orders.get(order) ?? new Map<string, Resource>();
    this.#orders.set(order, others.set(id, resource));
    return super.set(id, resource);
  }

  override delete(id: string): boolean {
    const resource = this.get(id);
    if (resource !== undefined) this.#orders.get(orderOf(resource.event))?.delete(id);
    return super.delete(id);
  }

  ofOrder(order: string): readonly Resource[] {
    return [...(this.#orders.get(order)?.values() ?? [])];
  }
}
