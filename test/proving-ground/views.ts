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

/** The statuses of the order's resources by their ids, and a list of what they brought. */
export const ledger: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const resources = store.resources.ofOrder(String(order?.['reference']));
  return shown(
    order && {
      payments: Object.fromEntries(resources.map(({ event }) => [event.id, event.status])),
      credits: resources.map(({ credited }) => credited).filter((credited) => credited !== '0'),
    },
  );
};

/** A word and an amount with separators between thousands, as people read it. */
export const grouped: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const [whole = '', fraction] = String(order?.['credited']).split('.');
  const thousands = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const credited = fraction === undefined ? thousands : `${thousands}.${fraction}`;
  return shown(order && { state: order['status'], credited });
};

/** What was credited as a JSON number, beside the price and what Inqud says was paid. */
export const mirroring: View = (store, { id }) => {
  const resource = store.resources.get(id);
  if (resource === undefined) return UNKNOWN;
  const { status, amount, paid } = resourceView(resource);
  const credited = orderView(store, orderOf(resource.event))?.['credited'];
  const fields = Object.entries({ price: amount, paidAmount: paid, credited }).map(
    ([name, digits]) => `"${name}":${String(digits)}`,
  );
  return { status: 200, text: `{"status":${JSON.stringify(status)},${fields.join(',')}}` };
};

/** A word for the order, and what one of its successful payments brought: chosen by place. */
export const onePayment =
  (place: number): View =>
  (store, { clientOrderId, id }) => {
    const order = orderView(store, clientOrderId) ?? orderView(store, id);
    const resources = store.resources.ofOrder(String(order?.['reference']));
    const paid = resources.filter(({ credited }) => credited !== '0').at(place);
    return shown(order && { state: order['status'], credited: paid?.credited ?? '0' });
  };

/** A word for the order, and the price that its first web hook said. */
export const priced: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const [first] = store.resources.ofOrder(String(order?.['reference']));
  return shown(order && { state: order['status'], price: first?.event.amount ?? null });
};

/** A word, and amounts that are on record before any money is: nothing says what was credited. */
export const detecting: View = (store, { id }) => {
  const resource = store.resources.get(id);
  if (resource === undefined) return UNKNOWN;
  const { status, amount } = resourceView(resource);
  const isDetected = [...resource.seen].some((seen) => /^(PENDING|PAYMENT_DETECTED)/.test(seen));
  return shown({
    status,
    amount: resource.seen.size > 1 ? amount : null,
    detected: isDetected ? amount : '0',
  });
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

/** A status, and what it is worth to the customer: whether there is access. */
export const withAccess =
  (isGranted: (seen: ReadonlySet<string>, status: string) => boolean): View =>
  (store, { id }) => {
    const resource = store.resources.get(id);
    if (resource === undefined) return UNKNOWN;
    const { status, credited } = resourceView(resource);
    return shown({ status, credited, hasAccess: isGranted(resource.seen, String(status)) });
  };

/** Each payment booked on two accounts, as accountants do. */
export const doubleEntry: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const resources = store.resources.ofOrder(String(order?.['reference']));
  const entries = resources
    .filter(({ credited }) => credited !== '0')
    .flatMap(({ event, credited }) => [
      { payment: event.id, account: 'cash', debit: credited, credit: '0' },
      { payment: event.id, account: 'revenue', debit: '0', credit: credited },
    ]);
  return shown(order && { status: order['status'], entries });
};

/** As Prometheus reads it. */
export const asMetrics: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const resources = store.resources.ofOrder(String(order?.['reference']));
  const counts = ['open', 'paid', 'failed'].map((state) => {
    const isOf = (status: string) => state === stateOf(status);
    const count = resources.filter(({ event }) => isOf(event.status)).length;
    return `shop_payments{order="${clientOrderId}",state="${state}"} ${count}`;
  });
  const lines = [
    '# HELP shop_payments Payments of the order.',
    '# TYPE shop_payments gauge',
    ...counts,
    '# TYPE shop_revenue_total counter',
    `shop_revenue_total{order="${clientOrderId}",currency="USD"} ${String(order?.['credited'] ?? 0)}`,
  ];
  return { status: 200, text: lines.join('\n') };
};

function stateOf(status: string): string {
  if (/SUCCESS/.test(status)) return 'paid';
  return /FAILED|CANCELLED|EXPIRED|CONFLICT|REVOKED/.test(status) ? 'failed' : 'open';
}

/** A line for each payment, for people to read. */
export const asSentences: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const resources = store.resources.ofOrder(String(order?.['reference']));
  if (order === undefined) return UNKNOWN;
  const lines = resources.map(({ event, credited }) =>
    credited === '0'
      ? `Payment ${event.id}: ${event.status.toLowerCase().replaceAll('_', ' ')}`
      : `Payment ${event.id}: success - received ${credited} USD`,
  );
  return { status: 200, text: [`Order ${clientOrderId}`, '', ...lines].join('\n') };
};

/** A word, and an amount as Germans write it: with two decimals at least. */
export const withCommas: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  const [whole = '0', fraction = ''] = String(order?.['credited']).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.');
  const amount = `${grouped},${fraction.padEnd(2, '0')}`;
  return shown(order && { state: order['status'], credited: `${amount} USD` });
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

/** What psql prints of the resources of the order. */
export const asTable: View = (store, subject) => {
  const rows = cellsOfOrder(store, subject);
  const lines = rows.map((cells) => cells.map((cell) => cell.padStart(PSQL_WIDTH)).join(' | '));
  const rule = TITLES.map(() => '-'.repeat(PSQL_WIDTH)).join('-+-');
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})`;
  return { text: [TITLES.join(' | '), rule, ...lines, count].join('\n') };
};

/** A page with a table of the order's resources, titles first. */
export const asPage: View = (store, subject) => {
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const rows = cellsOfOrder(store, subject).map((cells) => row('td', cells));
  const table = `<table>${row('th', TITLES)}${rows.join('')}</table>`;
  return { status: 200, text: `<!doctype html><title>Order</title><h1>Order</h1>${table}` };
};

/** A page for people, of one resource. */
export const asPageOfOne: View = (store, { id }) => {
  const resource = store.resources.get(id);
  if (resource === undefined) return UNKNOWN;
  const { status, credited } = resourceView(resource);
  return {
    status: 200,
    text: `<html><body><p><b>Status:</b> <span class="badge">${String(status)}</span></p><p>Credited: <i>${String(credited)}</i></p></body></html>`,
  };
};

/** A word and an amount by the id, in a list of two. */
export const asPairs: View = (store, { clientOrderId, id }) => {
  const resources = [...store.resources.values()].filter(
    ({ event }) => orderOf(event) === clientOrderId || event.id === id,
  );
  return shown(
    Object.fromEntries(
      resources.map((resource) => {
        const { status, credited } = resourceView(resource);
        return [resource.event.id, [status, credited]];
      }),
    ),
  );
};

/** Comma-separated values of the resources of the order, titles first. */
export const asCsv: View = (store, subject) => {
  const lines = cellsOfOrder(store, subject).map((cells) => cells.join(','));
  return { status: 200, text: [TITLES.join(','), ...lines].join('\r\n') };
};

/** What mysql prints of a query that ends with \\G; the time it took differs from one to the next. */
export const asRecords: View = (store, subject, { count }) => {
  const records = cellsOfOrder(store, subject).map((cells, index) => [
    `*************************** ${index + 1}. row ***************************`,
    ...TITLES.map((title, column) => `${title}: ${cells[column] ?? ''}`),
  ]);
  const took = `(0.0${count % 10} sec)`;
  if (records.length === 0) return { text: `Empty set ${took}` };
  return { text: [...records.flat(), `${records.length} rows in set ${took}`].join('\n') };
};

const TITLES = ['id', 'status', 'credited', 'paid'];
const PSQL_WIDTH = 40;

function cellsOfOrder(
  store: Store,
  { clientOrderId, id }: ProbeSubject,
): readonly (readonly string[])[] {
  return [...store.resources.values()]
    .filter(({ event }) => orderOf(event) === clientOrderId || event.id === id)
    .map((resource) => {
      const view = resourceView(resource);
      return [resource.event.id, view['status'], view['credited'], view['paid']].map(String);
    });
}

/** What a command says that ends with 1 where others answer 404. */
export const endedUnknown =
  (view: View): View =>
  (store, subject, reads) => {
    const reading = view(store, subject, reads);
    if (reading.status !== 404) return reading;
    return { text: '', ended: { exitCode: 1, isNothingYet: true } };
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
    return { status, text: withMember(text, 'meta', meta) };
  };

/** What all orders brought, beside the order. */
export const withBalance =
  (view: View): View =>
  (store, subject, reads) => {
    const { status = 200, text } = view(store, subject, reads);
    if (status !== 200 || !text.startsWith('{')) return { status, text };
    return { status, text: withMember(text, 'balance', balanceOf(store)) };
  };

/** Every digit of what is there already stays as it is. */
function withMember(object: string, name: string, value: unknown): string {
  const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return object === '{}' ? `{${member}}` : `${object.slice(0, -1)},${member}}`;
}

function shown(value: unknown): ProbeReading {
  return value === undefined ? UNKNOWN : { status: 200, text: JSON.stringify(value) };
}
