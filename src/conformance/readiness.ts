import { partsOf, type Said } from './grounds.js';
import type { Rule, RuleResult } from './rule.js';
import { SAYS_NOTHING_OF_TWO } from './rules/ordering/payments-add-up.js';
import { SAYS_NOTHING_PAID } from './rules/payload/partial-success.js';

/**
 * What a check may say at its end. "Ready" needs every must that answers and a state can tell, each
 * told and held; what needs a help that was not given is named beside it, and does not withhold it.
 */
export type Readiness =
  | {
      readonly verdict: 'ready';
      /** The kinds it is about. */
      readonly kinds: readonly string[];
      /** The kinds whose web hooks it refuses. */
      readonly refused: readonly string[];
      /** The kinds that it takes, and for which there was no time. */
      readonly leftOut: readonly string[];
      readonly notTried: readonly NotTried[];
    }
  | { readonly verdict: 'not-ready' }
  /** A must could not be told, or the run ended before its time. */
  | { readonly verdict: 'could-not-tell' }
  /** Nothing failed but what a baseline accepts. */
  | { readonly verdict: 'accepted'; readonly accepted: number }
  /** Failures of an earlier check were delivered again, whatever their severity. */
  | {
      readonly verdict: 'replayed';
      readonly fixed: number;
      readonly failing: number;
      readonly untold: number;
    }
  /** What was checked is right, and not everything was checked. */
  | {
      readonly verdict: 'right-as-far-as-checked';
      readonly checked: number;
      readonly notChecked: number;
      readonly because: readonly NotChecked[];
    };

/**
 * What only a help of the user's makes tellable (a state that says amounts, work that fails on purpose, an
 * API that can be asked), and what there was no time for.
 */
export type NotTried =
  | 'amounts'
  | 'partial-payments'
  | 'second-payments'
  | 'renewals'
  | 'failed-work'
  | 'recovery'
  | 'what-takes-long';

/** Why a rule had no verdict: there is no state to read, or it was not among those to check. */
export type NotChecked = 'no-state' | 'not-selected';

export interface ReadinessFacts {
  /** Every rule there is. */
  readonly all: readonly Rule[];
  readonly results: readonly RuleResult[];
  readonly hasState: boolean;
  /** The kinds that were put to the test. */
  readonly kinds: readonly string[];
  /** The kinds that it does not take. */
  readonly refused: readonly string[];
  /** The kinds that it takes, and for which there was no time. */
  readonly leftOut: readonly string[];
  readonly connected: boolean;
  readonly interrupted: boolean;
  /** The results are of failures of an earlier check. */
  readonly isReplay?: boolean;
  /** Musts that failed and are accepted by a baseline. */
  readonly accepted: number;
}

/** Decides what the last line says. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const { all, results, hasState, kinds, refused, leftOut } = facts;
  const { connected, interrupted, accepted } = facts;
  const musts = results.filter(({ rule }) => rule.severity === 'must');
  const has = (status: string) => musts.some(({ verdict }) => verdict.status === status);
  if (interrupted || !connected) return { verdict: 'could-not-tell' };
  if (facts.isReplay === true) return replayedOf(results);
  if (has('fail')) return { verdict: 'not-ready' };
  if (has('inconclusive')) return { verdict: 'could-not-tell' };
  if (accepted > 0) return { verdict: 'accepted', accepted };
  const selected = new Set(results.map(({ rule }) => rule.id));
  const left = all.filter(({ id }) => !selected.has(id));
  const blind = hasState ? [] : results.filter(({ rule, verdict }) => isBlind(rule, verdict));
  const leftMusts = left.filter(({ severity }) => severity === 'must');
  if (leftMusts.length === 0 && blind.length === 0) {
    return { verdict: 'ready', kinds, refused, leftOut, notTried: notTriedAmong(musts, kinds) };
  }
  return {
    verdict: 'right-as-far-as-checked',
    checked: results.filter(({ verdict }) => verdict.status === 'pass').length,
    notChecked: left.length + blind.length,
    because: [
      ...(blind.length > 0 ? ['no-state' as const] : []),
      ...(left.length > 0 ? ['not-selected' as const] : []),
    ],
  };
}

function replayedOf(results: readonly RuleResult[]): Readiness {
  const having = (status: string) => results.filter(({ verdict }) => verdict.status === status);
  const fixed = having('pass').length;
  const failing = having('fail').length;
  return { verdict: 'replayed', fixed, failing, untold: results.length - fixed - failing };
}

function isBlind({ needs, passNeedsState }: Rule, { status }: RuleResult['verdict']): boolean {
  const wantsState = needs.includes('state') || needs.includes('moving-state');
  return status === 'skipped' && (wantsState || passNeedsState === true);
}

/** Inqud's documentation does not say what comes when it is renewed. */
const RENEWED = 'subscription';

/** Where no field of the state says the amount it is skipped. */
const AMOUNTS = 'payload/everyday-amounts';

/** A must that a slow receiver was not held to. */
function isForWantOfTime({ verdict: { status, evidence } }: RuleResult): boolean {
  const isNoTime = (said: Said) => typeof said !== 'string' && said.code === 'no-time';
  return status === 'skipped' && partsOf(evidence).some(isNoTime);
}

function notTriedAmong(
  musts: readonly RuleResult[],
  kinds: readonly string[],
): readonly NotTried[] {
  const skipped = (need: Rule['needs'][number]) =>
    musts.some(({ rule, verdict }) => rule.needs.includes(need) && verdict.status === 'skipped');
  const isOfAmounts = ({ rule, verdict }: RuleResult) =>
    rule.id === AMOUNTS && verdict.status === 'skipped';
  const isSaid = (text: string) =>
    musts.some(({ verdict }) => verdict.status === 'skipped' && verdict.evidence === text);
  const ofAmounts: readonly NotTried[] = musts.some(isOfAmounts)
    ? ['amounts']
    : [
        ...(isSaid(SAYS_NOTHING_PAID) ? ['partial-payments' as const] : []),
        ...(isSaid(SAYS_NOTHING_OF_TWO) ? ['second-payments' as const] : []),
      ];
  return [
    ...(musts.some(isForWantOfTime) ? [] : ofAmounts),
    ...(kinds.includes(RENEWED) ? ['renewals' as const] : []),
    ...(skipped('fault-commands') ? ['failed-work' as const] : []),
    ...(skipped('mock-api') ? ['recovery' as const] : []),
    ...(musts.some(isForWantOfTime) ? ['what-takes-long' as const] : []),
  ];
}
