import { MemoryPlace } from './check-memory.js';
import { isCountedMore } from './counted-more.js';
import { answerOf, type Exchange, isGenuine, isLimited, isOk, isStatus } from './lab/exchange.js';
import type { RuleVerdict, Story } from './rule.js';

/** What to do where work is marked as done before it is: the retry is taken for a duplicate. */
export const MARK_LAST =
  'Mark a web hook as done in the same transaction as its work: a mark that is set before the work has failed makes the retry look like a duplicate.';

/** What to do about a genuine web hook that is refused each time, whichever rule meets it. */
export const TAKE_IT =
  'Answer 200 to it, also where there is nothing to do for it: Inqud counts only 200 as delivered, and gives up in the end.';

/** What to do where a web hook came twice, and its work was left undone. */
export const NEXT_COPY =
  'Let the next copy do what the one before it left undone: mark a web hook as done in the same transaction as its work, and not before.';

/** What to do where two web hooks of a resource ran into each other. */
export const TAKE_A_LOCK =
  'Two web hooks of one resource ran into each other: read and write its state in one transaction that locks it (SELECT … FOR UPDATE, or an UPDATE with the old status in its WHERE).';

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

/** Stories of a web hook that was refused at first, and whose retry was swallowed. */
export const SWALLOWED = new MemoryPlace<Story[]>(() => []);

/** Where a state is wrong after a retry was swallowed, what was refused at first; undefined for any other. */
export function swallowedIn({ exchanges, wrong, script }: Story): Exchange | undefined {
  const events = script.steps.flatMap(({ deliveries }) => deliveries);
  return mendedIn(exchanges).find(({ delivery, outcome }) => {
    if (NOT_LET_IN.some((status) => isStatus(outcome, status))) return false;
    const { resource, event } = delivery;
    const copies = events.filter((one) => one.resource === resource && one.event === event);
    const [found] = wrong.filter((one) => one.resource === resource);
    // Of several copies each may have counted.
    return found !== undefined && (copies.length === 1 || !isCountedMore(found.differences));
  });
}

/** What came of it, in one sentence. */
export function swallowedText(kind: string, refused: Exchange): string {
  return `${kind}.${refused.delivery.event} was ${answerOf(refused)}, then 200 when it came again, and its work was never done.`;
}

/** Whether what a rule tells is for the rules of answers: a retry that was swallowed, or a refusal each time. */
export function isOfAnswers(verdict: RuleVerdict): boolean {
  if (verdict.status !== 'fail') return false;
  return verdict.advice === MARK_LAST || verdict.advice === TAKE_IT;
}
