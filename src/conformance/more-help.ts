import { partsOf } from './grounds.js';
import type { Rule, RuleResult } from './rule.js';

/** A help of the user's that a check can do without, and finds more with. */
export type Help = 'state' | 'faults' | 'api' | 'orders' | 'age';

/** What a help that was not given would have told. */
export interface MissingHelp {
  readonly help: Help;
  /** How many of the rules asked for could not be tried for want of it; 0 where it makes rules see more. */
  readonly rules: number;
}

export interface HelpFacts {
  /** Every rule there is. */
  readonly all: readonly Rule[];
  readonly results: readonly RuleResult[];
  readonly hasPrepare: boolean;
  readonly lingerMs: number;
  /** Whether the run said anything of the receiver that more help could add to. */
  readonly isWhole: boolean;
}

/** As old as duplicates may be that find a memory which forgets within a minute. */
export const TELLING_AGE_MS = 30_000;

const CODES = {
  state: 'needs-state',
  faults: 'needs-fault-commands',
  api: 'needs-mock-api',
} as const;

/** In the order of what they are worth. Whoever asks for some rules hears only of what those want. */
export function missingHelps(facts: HelpFacts): readonly MissingHelp[] {
  const { all, results, hasPrepare, lingerMs, isWhole } = facts;
  if (!isWhole) return [];
  const wanted = (['state', 'faults', 'api'] as const).flatMap((help) => {
    const rules = results.filter((result) => wants(result, CODES[help])).length;
    return rules === 0 ? [] : [{ help, rules }];
  });
  const isWithState = !wanted.some(({ help }) => help === 'state');
  if (results.length < all.length || !isWithState) return wanted;
  return [
    ...wanted,
    ...(hasPrepare ? [] : [{ help: 'orders', rules: 0 } as const]),
    ...(lingerMs >= TELLING_AGE_MS ? [] : [{ help: 'age', rules: 0 } as const]),
  ];
}

/** Whether a rule has no verdict for want of this help alone. */
export function wants({ verdict }: RuleResult, code: (typeof CODES)[keyof typeof CODES]): boolean {
  const { status, evidence } = verdict;
  if (status !== 'skipped' && status !== 'inconclusive') return false;
  return partsOf(evidence).some((said) => typeof said !== 'string' && said.code === code);
}

/** Whether it is said by what help is missing why a rule was left out. */
export function isForWantOfHelp(result: RuleResult): boolean {
  return (
    result.verdict.status === 'skipped' && Object.values(CODES).some((code) => wants(result, code))
  );
}
