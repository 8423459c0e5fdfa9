import { isNowAndThen, type RuleResult } from './rule.js';
import { isOfAnswers } from './swallowed.js';

/** A rule whose failure may only follow from the failure of another. */
interface Consequence {
  readonly of: RegExp;
  /** The first of these that failed before is the root cause. */
  readonly roots: readonly RegExp[];
}

const DUPLICATES = /^idempotency\/duplicate-in-sequence$/;
const AT_ONCE = /^idempotency\/duplicate-concurrent$/;
const ORDER = /^ordering\/any-order$/;
const RAW_BYTES = /^signature\/raw-bytes$/;
const EXACTLY_200 = /^acknowledgement\/exactly-200$/;
const BURST_KEPT = /^acknowledgement\/burst-kept$/;
const REFUSALS = /^acknowledgement\/(exactly-200|refusals-mended)$/;
const SEARCH = /^search\//;
const DELIVERIES = /^(idempotency|ordering|retries)\//;

/** One mistake breaks several rules: these are told as what follows from the first of them. */
const CONSEQUENCES: readonly Consequence[] = [
  { of: /^acknowledgement\/(refusals-mended|burst)$/, roots: [REFUSALS] },
  { of: /^signature\/[\w-]+-refused$/, roots: [/^signature\/[\w-]+-refused$/] },
  { of: /^idempotency\/duplicate-(?!answered)/, roots: [DUPLICATES] },
  { of: /^retries\/(lost-acknowledgement|overlap)$/, roots: [DUPLICATES, AT_ONCE] },
  { of: /^ordering\/(late-intermediate|earlier-status-shown)$/, roots: [ORDER] },
  { of: /^retries\/outage-catch-up$/, roots: [ORDER, AT_ONCE, DUPLICATES] },
  { of: /^payload\/unknown-status$/, roots: [/^payload\/unknown-status-not-paid$/] },
  { of: /^payload\/everyday-amounts$/, roots: [RAW_BYTES] },
  { of: /^payload\/amount-precision$/, roots: [RAW_BYTES, /^payload\/everyday-amounts$/] },
  { of: SEARCH, roots: [DUPLICATES, ORDER, DELIVERIES] },
];

/** The rule that failed before, and whose mistake explains this failure; told in the rules' order. */
export function rootCauseOf(
  { rule, verdict }: Pick<RuleResult, 'rule' | 'verdict'>,
  earlier: readonly RuleResult[],
): string | undefined {
  const failed = earlier.filter(
    (one) => one.verdict.status === 'fail' && one.rule.severity !== 'advisory',
  );
  // What an answer lost is one mistake, wherever it is met.
  const answer = isOfAnswers(verdict) && failed.find((one) => EXACTLY_200.test(one.rule.id));
  if (answer) return answer.rule.id;
  // What a crowd lost, other crowds lose now and then.
  const story = verdict.status === 'fail' ? verdict.story : undefined;
  const crowd =
    story !== undefined &&
    isNowAndThen(story) &&
    failed.find((one) => BURST_KEPT.test(one.rule.id));
  if (crowd && (DELIVERIES.test(rule.id) || SEARCH.test(rule.id))) return crowd.rule.id;
  for (const { of, roots } of CONSEQUENCES) {
    if (!of.test(rule.id)) continue;
    for (const root of roots) {
      const found = failed.find(({ rule: { id } }) => id !== rule.id && root.test(id));
      if (found !== undefined) return found.followsFrom ?? found.rule.id;
    }
  }
  return undefined;
}
