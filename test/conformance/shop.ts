import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

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
  readonly work?: (apply: (orders: Orders) => void, orders: Orders) => void | Promise<void>;
  readonly view?: (order: Order) => unknown;
  /** What it shows in place of an order, unless it is undefined. */
  readonly instead?: (id: string) => unknown;
  readonly verifies?: boolean;
  /** Answers a web hook by itself, or leaves it to the shop. */
  readonly before?: (moment: Moment) => boolean;
}

/** A web hook that has come in. */
export interface Moment {
  readonly event: ShopEvent | undefined;
  readonly isGenuine: boolean;
  readonly response: ServerResponse;
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

/** A small receiver of checkouts on a free port. */
export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const { handle = careful, status = 200, delayMs = 0, verifies = true } = options;
  const view = options.view ?? ((order) => order);
  const orders: Orders = new Map();
  const later = (apply: (orders: Orders) => void) => {
    if (delayMs === 0) apply(orders);
    else setTimeout(() => apply(orders), delayMs);
  };
  const { work = later } = options;
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method === 'GET') {
      const id = request.url?.split('/').at(-1) ?? '';
      const order = orders.get(id);
      const state = options.instead?.(id) ?? (order === undefined ? undefined : view(order));
      response.writeHead(state === undefined ? 404 : 200);
      return response.end(state === undefined ? '' : shown(state));
    }
    const body = Buffer.concat(chunks);
    const digest = createHmac('sha1', SECRET).update(body).digest('hex');
    const isGenuine = request.headers['x-payload-digest'] === digest;
    const event = eventIn(body);
    if (options.before?.({ event, isGenuine, response, crash }) === true) return undefined;
    if (verifies && !isGenuine) return response.writeHead(401).end();
    if (event === undefined) return response.writeHead(422).end();
    await work((all) => {
      const order = handle(all.get(event.id), event);
      if (order !== undefined) all.set(event.id, order);
    }, orders);
    return response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const crash = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(crash);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    stateUrl: `http://127.0.0.1:${port}/orders/{id}`,
  };
}

function shown(state: unknown): string {
  return typeof state === 'string' ? state : JSON.stringify(state);
}

function eventIn(body: Buffer): ShopEvent | undefined {
  const { id, status, fixedAmount } = JSON.parse(body.toString());
  if (typeof id !== 'string' || !id.startsWith('CCO-')) return undefined;
  return { id, status, amount: fixedAmount.amount };
}
