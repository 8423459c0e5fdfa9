import { createHmac } from 'node:crypto';
import type { Header } from '../../src/ports.js';
import {
  type MemoryAnswer,
  type MemoryRequest,
  MemoryServer,
  type Outside,
} from '../memory-server.js';
import type { SimulatedClock } from '../simulated-clock.js';

export const SECRET = 'hook-secret-1';

export interface Order {
  id: string;
  status: string;
  credited: number;
  updatedAt: string;
}

export interface Shop {
  readonly url: string;
  readonly stateUrl: string;
  readonly outside: Outside;
  readonly clock: SimulatedClock;
}

/** What a handler gets to decide: the order as it is, and the event that came. */
export type Handle = (order: Order | undefined, event: ShopEvent) => Order | undefined;

export interface ShopEvent {
  readonly id: string;
  /** The merchant's own reference. */
  readonly clientOrderId: string;
  readonly status: string;
  readonly amount: number;
  /** When Inqud last changed its resource. */
  readonly changedAt: string;
  /** When the shop got it. */
  readonly cameAt: string;
}

export type Orders = Map<string, Order>;

export interface ShopOptions {
  /** How the ids begin of what it is for. */
  readonly prefix?: 'CCO' | 'PMT';
  /** Under which key an order is found; its id unless it says otherwise. */
  readonly keyOf?: (event: ShopEvent) => string;
  readonly handle?: Handle;
  readonly status?: number;
  /** Works so much later, in milliseconds. */
  readonly delayMs?: number;
  /** Does the work in another way: the answer waits for it. */
  readonly work?: (
    apply: (orders: Orders) => void,
    orders: Orders,
    clock: SimulatedClock,
    event: ShopEvent,
  ) => void | Promise<void>;
  readonly view?: (order: Order) => unknown;
  /** What it shows in place of an order, unless it is undefined. */
  readonly instead?: (id: string) => unknown;
  readonly verifies?: boolean;
  /** Which digests it takes for right, told the one that is. */
  readonly accepts?: (digests: readonly string[], right: string, request: MemoryRequest) => boolean;
  /** Answers a web hook by itself, or leaves it to the shop; `silence` is no answer, ever. */
  readonly before?: (moment: Moment) => MemoryAnswer | 'silence' | undefined;
}

/** A web hook that has come in. */
export interface Moment {
  readonly event: ShopEvent | undefined;
  /** Its body. */
  readonly text: string;
  readonly headers: readonly Header[];
  /** The order of the event, as it is. */
  readonly order: Order | undefined;
  readonly isGenuine: boolean;
  readonly nowMs: number;
  /** Ends the shop for good, connections and all. */
  readonly crash: () => void;
}

const FINAL = ['SUCCESS', 'PARTIAL_SUCCESS', 'CONFLICT', 'EXPIRED', 'FAILED', 'CANCELLED'];

export function isFinal({ status }: { readonly status: string }): boolean {
  return FINAL.includes(status);
}

/** Never lets an older status replace a newer one, and credits a success once. */
export const careful: Handle = (order, event) => {
  if (order !== undefined && (isFinal(order) || !isFinal(event))) return order;
  return afresh(event);
};

/** As if nothing of the order had come before. */
export function afresh({ id, status, amount, cameAt }: ShopEvent): Order {
  const credited = status === 'SUCCESS' || status === 'PARTIAL_SUCCESS' ? amount : 0;
  return { id, status, credited, updatedAt: cameAt };
}

/** The last to come counts. */
export const hasty: Handle = (order, event) => ({
  ...afresh(event),
  credited: Math.max(order?.credited ?? 0, afresh(event).credited),
});

/** Credits every success that comes. */
export const credulous: Handle = (order, event) => {
  if (order?.status !== 'SUCCESS' || event.status !== 'SUCCESS') return careful(order, event);
  return { ...order, credited: order.credited + event.amount };
};

/** Shows what all orders brought, in place of what each did. */
export function sharingBalance(handle: Handle): ShopOptions {
  let balance = 0;
  return {
    handle: (order, event) => {
      const next = handle(order, event);
      balance += (next?.credited ?? 0) - (order?.credited ?? 0);
      return next;
    },
    view: ({ id, status }) => ({ id, status, shop: { balance } }),
  };
}

/** Keeps the status of a web hook in a variable of the module while it works. */
export function mixingUp(workMs: number): ShopOptions {
  let current = '';
  return {
    before: ({ event }) => {
      current = event?.status ?? current;
      return undefined;
    },
    work: async (apply, orders, clock) => {
      await clock.sleep(workMs);
      apply(orders);
    },
    handle: (order, event) => careful(order, { ...event, status: current }),
  };
}

/** Answers at once, but too late what comes while so many others are under way. */
export function lateInACrowdOf(most: number): NonNullable<ShopOptions['work']> {
  let underWay = 0;
  return async (apply, orders, clock) => {
    underWay += 1;
    await clock.sleep(underWay > most ? 11_000 : 5);
    apply(orders);
    underWay -= 1;
  };
}

/** Refuses a web hook while another of its order is under way. */
export function oneAtATime(status: number): ShopOptions {
  const busy = new Set<string>();
  return {
    before: ({ event, isGenuine }) => {
      if (!isGenuine || event === undefined) return undefined;
      if (busy.has(event.id)) return { status };
      busy.add(event.id);
      return undefined;
    },
    work: async (apply, orders, clock, { id }) => {
      await clock.sleep(3);
      apply(orders);
      busy.delete(id);
    },
  };
}

/** A small receiver of checkouts, or of payments, in memory and in simulated time. */
export function openShop(options: ShopOptions = {}): Shop {
  const { handle = careful, status = 200, delayMs = 0, verifies = true } = options;
  const { prefix = 'CCO', keyOf = ({ id }: ShopEvent) => id } = options;
  const { accepts = (digests, right) => digests.join(', ') === right } = options;
  const view = options.view ?? ((order) => order);
  const orders: Orders = new Map();
  const later = (apply: (orders: Orders) => void) => {
    if (delayMs === 0) apply(orders);
    else void server.clock.sleep(delayMs).then(() => apply(orders));
  };
  const { work = later } = options;
  const server: MemoryServer = new MemoryServer(async (request) => {
    const { method, path, headers, body } = request;
    if (method === 'GET') {
      const id = path.split('/').at(-1) ?? '';
      const order = orders.get(id);
      const state = options.instead?.(id) ?? (order === undefined ? undefined : view(order));
      return state === undefined ? { status: 404 } : { status: 200, body: shown(state) };
    }
    const digest = createHmac('sha1', SECRET).update(body).digest('hex');
    const digests = headers
      .filter(([name]) => name.toLowerCase() === 'x-payload-digest')
      .map(([, value]) => value);
    const isGenuine = accepts(digests, digest, request);
    const text = new TextDecoder().decode(body);
    const event = eventIn(text, prefix, server.clock);
    const crash = () => server.crash();
    const nowMs = server.clock.monotonic();
    const order = event && orders.get(keyOf(event));
    const early = options.before?.({ event, text, headers, order, isGenuine, nowMs, crash });
    if (early !== undefined) return early === 'silence' ? undefined : early;
    if (verifies && !isGenuine) return { status: 401 };
    if (event === undefined) return { status: 422 };
    await work(
      (all) => {
        const changed = handle(all.get(keyOf(event)), event);
        if (changed !== undefined) all.set(keyOf(event), changed);
      },
      orders,
      server.clock,
      event,
    );
    return { status };
  });
  const { url, outside, clock } = server;
  return { url: `${url}/hook`, stateUrl: `${url}/orders/{id}`, outside, clock };
}

function shown(state: unknown): string {
  return typeof state === 'string' ? state : JSON.stringify(state);
}

function eventIn(text: string, prefix: string, clock: SimulatedClock): ShopEvent | undefined {
  const { id, clientOrderId, status, amount, fixedAmount, lastUpdatedAt } = JSON.parse(text);
  if (typeof id !== 'string' || !id.startsWith(`${prefix}-`)) return undefined;
  return {
    id,
    clientOrderId,
    status,
    amount: amount ?? fixedAmount.amount,
    changedAt: lastUpdatedAt,
    cameAt: new Date(clock.now()).toISOString(),
  };
}
