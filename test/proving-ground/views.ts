import type { ProbeReading, ProbeSubject } from '../../src/ports.js';
import { balanceOf, orderOf, type Store } from '../receivers/shop/store.js';
import { orderStatus, orderView, resourceView } from '../receivers/shop/views.js';

/** What the receiver says about a resource when it is asked, `reads` times so far. */
export type View = (store: Store, subject: ProbeSubject, reads: Reads) => ProbeReading;

export interface Reads {
  readonly count: number;
  readonly nowMs: number;
}

const UNKNOWN: ProbeReading = { status: 404, text: 'Not found' };

/** The order with all its resources. */
export const byOrder: View = (store, { clientOrderId, id }) =>
  shown(orderView(store, clientOrderId) ?? orderView(store, id));

/** The resource alone. */
export const byId: View = (store, { id }) => {
  const resource = store.resources.get(id);
  return shown(resource && resourceView(resource));
};

/** A word for the order and what it has been credited, and nothing else. */
export const flat: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  return shown(order && { state: order['status'], credited: order['credited'] });
};

/** The words of a shop that never heard of Inqud's. */
export const ownWords: View = (store, { id }) => {
  const resource = store.resources.get(id);
  if (resource === undefined) return UNKNOWN;
  const paid = orderStatus([resource]);
  return shown({
    order: {
      paid: paid === 'paid' || paid === 'partly paid',
      stage: paid,
      amount: resource.credited,
    },
  });
};

/** All there is about the order, in a list. */
export const listed: View = (store, { clientOrderId, id }) => {
  const items = [...store.resources.values()]
    .filter(({ event }) => orderOf(event) === clientOrderId || event.id === id)
    .map(resourceView);
  return shown({ total: items.length, items });
};

export const asText: View = (store, { id }) => {
  const resource = store.resources.get(id);
  if (resource === undefined) return { status: 200, text: 'no such order' };
  const { status, credited, paid } = resourceView(resource);
  return {
    status: 200,
    text: `status: ${String(status)}\ncredited: ${String(credited)}\npaid: ${String(paid)}\n`,
  };
};

/** `{}` where others answer 404. */
export const emptyUnknown =
  (view: View): View =>
  (store, subject, reads) => {
    const reading = view(store, subject, reads);
    return reading.status === 404 ? { status: 200, text: '{}' } : reading;
  };

/** The number of the request and the time of day beside what was asked for. */
export const withNoise =
  (view: View): View =>
  (store, subject, reads) => {
    const { status = 200, text } = view(store, subject, reads);
    if (status !== 200 || !text.startsWith('{')) return { status, text };
    const meta = {
      request: `req-${reads.count}`,
      servedAt: new Date(reads.nowMs).toISOString(),
      hits: reads.count,
    };
    return { status, text: JSON.stringify({ ...JSON.parse(text), meta }) };
  };

/** What all orders brought, beside the order. */
export const withBalance =
  (view: View): View =>
  (store, subject, reads) => {
    const { status = 200, text } = view(store, subject, reads);
    if (status !== 200 || !text.startsWith('{')) return { status, text };
    return { status, text: JSON.stringify({ ...JSON.parse(text), balance: balanceOf(store) }) };
  };

function shown(value: unknown): ProbeReading {
  return value === undefined ? UNKNOWN : { status: 200, text: JSON.stringify(value) };
}
