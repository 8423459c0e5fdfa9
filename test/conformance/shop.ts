import { createHmac } from 'node:crypto';
import { type MemoryAnswer, MemoryServer, type Outside } from '../memory-server.js';
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
  readonly status: string;
  readonly amount: number;
}

export type Orders = Map<string, Order>;

export interface ShopOptions {
  readonly handle?: Handle;
  readonly status?: number;
  /** Works so much later, in milliseconds. */
  readonly delayMs?: number;
  /** Does the work in another way: the answer waits for it. */
  readonly work?: (
    apply: (orders: Orders) => void,
    orders: Orders,
    clock: SimulatedClock,
  ) => void | Promise<void>;
  readonly view?: (order: Order) => unknown;
  /** What it shows in place of an order, unless it is undefined. */
  readonly instead?: (id: string) => unknown;
  readonly verifies?: boolean;
  /** Answers a web hook by itself, or leaves it to the shop; `silence` is no answer, ever. */
  readonly before?: (moment: Moment) => MemoryAnswer | 'silence' | undefined;
}

/** A web hook that has come in. */
export interface Moment {
  readonly event: ShopEvent | undefined;
  readonly isGenuine: boolean;
  readonly nowMs: number;
  /** Ends the shop for good, connections and all. */
  readonly crash: () => void;
}

const FINAL = ['SUCCESS', 'CONFLICT', 'EXPIRED', 'FAILED', 'CANCELLED'];

/** Never lets an older status replace a newer one, and credits a success once. */
export const careful: Handle = (order, { id, status, amount }) => {
  if (order !== undefined && (FINAL.includes(order.status) || !FINAL.includes(status)))
    return order;
  const credited = status === 'SUCCESS' ? amount : 0;
  return { id, status, credited, updatedAt: new Date().toISOString() };
};

/** Credits every success that comes. */
export const credulous: Handle = (order, event) => {
  if (order?.status !== 'SUCCESS' || event.status !== 'SUCCESS') return careful(order, event);
  return { ...order, credited: order.credited + event.amount };
};

/** A small receiver of checkouts, in memory and in simulated time. */
export function openShop(options: ShopOptions = {}): Shop {
  const { handle = careful, status = 200, delayMs = 0, verifies = true } = options;
  const view = options.view ?? ((order) => order);
  const orders: Orders = new Map();
  const later = (apply: (orders: Orders) => void) => {
    if (delayMs === 0) apply(orders);
    else void server.clock.sleep(delayMs).then(() => apply(orders));
  };
  const { work = later } = options;
  const server: MemoryServer = new MemoryServer(async ({ method, path, headers, body }) => {
    if (method === 'GET') {
      const id = path.split('/').at(-1) ?? '';
      const order = orders.get(id);
      const state = options.instead?.(id) ?? (order === undefined ? undefined : view(order));
      return state === undefined ? { status: 404 } : { status: 200, body: shown(state) };
    }
    const digest = createHmac('sha1', SECRET).update(body).digest('hex');
    const came = headers.filter(([name]) => name.toLowerCase() === 'x-payload-digest');
    const isGenuine = came.map(([, value]) => value).join(', ') === digest;
    const event = eventIn(body);
    const crash = () => server.crash();
    const nowMs = server.clock.monotonic();
    const early = options.before?.({ event, isGenuine, nowMs, crash });
    if (early !== undefined) return early === 'silence' ? undefined : early;
    if (verifies && !isGenuine) return { status: 401 };
    if (event === undefined) return { status: 422 };
    await work(
      (all) => {
        const order = handle(all.get(event.id), event);
        if (order !== undefined) all.set(event.id, order);
      },
      orders,
      server.clock,
    );
    return { status };
  });
  const { url, outside, clock } = server;
  return { url: `${url}/hook`, stateUrl: `${url}/orders/{id}`, outside, clock };
}

function shown(state: unknown): string {
  return typeof state === 'string' ? state : JSON.stringify(state);
}

function eventIn(body: Uint8Array): ShopEvent | undefined {
  const { id, status, fixedAmount } = JSON.parse(new TextDecoder().decode(body));
  if (typeof id !== 'string' || !id.startsWith('CCO-')) return undefined;
  return { id, status, amount: fixedAmount.amount };
}
