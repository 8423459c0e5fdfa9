import { type Exchange, isGenuine, isLimited, isOk, isStatus } from './lab/exchange.js';
import type { Story } from './rule.js';

/** What to do where work is marked as done before it is: the retry is taken for a duplicate. */
export const MARK_LAST =
  'Mark a web hook as done in the same transaction as its work: a mark that is set before the work has failed makes the retry look like a duplicate.';

/** Unauthorized, Forbidden: who is not let in has had no work done, and none marked as done. */
const NOT_LET_IN = [401, 403];

/** What was refused at first, and answered 200 when it came again, though nobody had done its work. */
export function mendedIn(exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter((exchange) => {
    const { step, retry, delivery, outcome } = exchange;
    if (retry > 0 || outcome.kind !== 'responded' || isOk(outcome)) return false;
    if (!isGenuine(exchange) || isLimited(exchange)) return false;
    const isSame = (one: Exchange) => one.step === step && one.delivery === delivery;
    return exchanges.some((one) => isSame(one) && isOk(one.outcome));
  });
}

/** The advice on a state that is wrong after a retry was swallowed; undefined for any other. */
export function swallowedAdvice({ exchanges, wrong, script }: Story): string | undefined {
  const events = script.steps.flatMap(({ deliveries }) => deliveries);
  const isSwallowed = mendedIn(exchanges).some(({ delivery, outcome }) => {
    if (NOT_LET_IN.some((status) => isStatus(outcome, status))) return false;
    const { resource, event } = delivery;
    const copies = events.filter((one) => one.resource === resource && one.event === event);
    return copies.length === 1 && wrong.some((one) => one.resource === resource);
  });
  return isSwallowed ? MARK_LAST : undefined;
}
