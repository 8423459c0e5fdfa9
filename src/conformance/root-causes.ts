import type { RuleResult } from './rule.js';
import { isSwallowed } from './swallowed.js';

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
const REFUSALS = /^acknowledgement\/(exactly-200|refusals-mended)$/;
const DELIVERIES = /^(idempotency|ordering|retries)\//;

/** One mistake breaks several rules: these are told as what follows from the first of them. */
const CONSEQUENCES: readonly Consequence[] = [
  { of: /^acknowledgement\/(refusals-mended|burst)$/, roots: [REFUSALS] },
  { of: /^signature\/[\w-]+-refused$/, roots: [/^signature\/[\w-]+-refused$/] },
  { of: /^idempotency\/duplicate-(?!answered)/, roots: [DUPLICATES] },
  { of: /^retries\/lost-acknowledgement$/, roots: [DUPLICATES] },
  { of: /^retries\/overlap$/, roots: [DUPLICATES, AT_ONCE] },
  { of: /^ordering\/(late-intermediate|earlier-status-shown)$/, roots: [ORDER] },
  { of: /^retries\/outage-catch-up$/, roots: [ORDER, AT_ONCE, DUPLICATES] },
  { of: /^payload\/unknown-status$/, roots: [/^payload\/unknown-status-not-paid$/] },
  { of: /^payload\/everyday-amounts$/, roots: [RAW_BYTES] },
  { of: /^payload\/amount-precision$/, roots: [RAW_BYTES, /^payload\/everyday-amounts$/] },
  { of: /^search\//, roots: [DUPLICATES, ORDER, DELIVERIES] },
];

/** The rule that failed before, and whose mistake explains this failure; told in the rules' order. */
export function rootCauseOf(
  { rule, verdict }: Pick<RuleResult, 'rule' | 'verdict'>,
  earlier: readonly RuleResult[],
): string | undefined {
  const failed = earlier.filter(
    (one) => one.verdict.status === 'fail' && one.rule.severity !== 'advisory',
  );
  // A retry that was swallowed is the same mistake wherever it is met.
  const swallowing = isSwallowed(verdict) && failed.find((one) => isSwallowed(one.verdict));
  if (swallowing) return swallowing.followsFrom ?? swallowing.rule.id;
  for (const { of, roots } of CONSEQUENCES) {
    if (!of.test(rule.id)) continue;
    for (const root of roots) {
      const found = failed.find(({ rule: { id } }) => id !== rule.id && root.test(id));
      if (found !== undefined) return found.followsFrom ?? found.rule.id;
    }
  }
  return undefined;
}
