import { findKind, type Status } from '../../webhook/catalogue.js';

/**
 * Whether an event says what is true of its resource from now on, and so what Inqud's API says. What
 * comes late does not: what happened after it is true already. A step of the lifecycle does, also one
 * back, such as from FROZEN to PENDING. Of two final statuses the last to be sent is true: Inqud's
 * support may move a payment (docs.inqud.com/developer/payment-statuses).
 */
export function isTrueNow(kindName: string, now: string | undefined, event: string): boolean {
  const kind = findKind(kindName);
  const statusOf = (name: string | undefined) => kind?.statuses.find((one) => one.name === name);
  const [before, after] = [statusOf(now), statusOf(event)];
  if (kind === undefined || before === undefined || after === undefined) return true;
  if (isFinal(before)) return isFinal(after);
  const isStep = kind.transitions.some(
    ({ from, to }) => from === before.status && to === after.status,
  );
  return isStep || isFinal(after) || after.path.length >= before.path.length;
}

function isFinal({ class: sort }: Status): boolean {
  return sort === 'final';
}
