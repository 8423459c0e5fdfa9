import { plain } from './decimal.js';
import { statusNamed } from './status.js';
import { type Resource, resourcesOf, type Store } from './store.js';

/** What the shop shows of one resource. Amounts are decimal text. */
export function resourceView({ event, seen, credited }: Resource): Record<string, unknown> {
  return {
    id: event.id,
    kind: event.kind,
    reference: event.reference ?? null,
    status: event.status,
    reason: event.reason ?? null,
    amount: exact(event.amount),
    paid: exact(event.paid),
    credited,
    seen: [...seen].sort(),
  };
}

/** What the shop shows of one order, or undefined when it has never heard of it. */
export function orderView(store: Store, order: string): Record<string, unknown> | undefined {
  const resources = resourcesOf(store, order);
  if (resources.length === 0) return undefined;
  return {
    reference: order,
    status: orderStatus(resources),
    credited: store.accounts.get(order) ?? '0',
    resources: Object.fromEntries(
      resources.map((resource) => [resource.event.id, resourceView(resource)]),
    ),
  };
}

/** An order is paid as soon as one of its resources is, whatever becomes of the others. */
export function orderStatus(resources: readonly Resource[]): string {
  const outcomes = resources.map(({ event }) => statusNamed(event.status)?.outcome);
  if (outcomes.includes('success')) return 'paid';
  if (outcomes.includes('partial')) return 'partly paid';
  if (outcomes.includes('conflict')) return 'under review';
  return outcomes.every((outcome) => outcome === 'failure') ? 'failed' : 'open';
}

export function exact(digits: string | undefined): string | null {
  return digits === undefined ? null : plain(digits);
}
