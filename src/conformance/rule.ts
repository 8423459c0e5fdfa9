import type { Measure } from './expectation.js';
import type { Advice, Grounds } from './grounds.js';
import type { Exchange } from './lab/exchange.js';
import type { Laboratory } from './laboratory.js';
import type { Script } from './script.js';
import type { Wrong } from './trial.js';

/** From the wording of the source: a must fails the run, a should warns, the rest informs. */
export type Severity = 'must' | 'should' | 'advisory';

/** A moving state changes with the events; a state tells success from failure as well. */
export type Need = 'state' | 'moving-state' | 'fault-commands' | 'mock-api' | 'prepare';

/** One thing a receiver does right or wrong. */
export interface Rule {
  /** `area/name`, for ever. */
  readonly id: string;
  readonly severity: Severity;
  /** What it says, as a sentence. */
  readonly title: string;
  /** The page of Inqud's documentation it rests on. */
  readonly source: string;
  /** What to do about it. */
  readonly advice: string;
  readonly needs: readonly Need[];
  /**
   * Some rules want the receiver for themselves; what is odd, or has to wait, comes late, side by side
   * again; what tells by all answers comes last.
   */
  readonly when: 'side-by-side' | 'alone' | 'late' | 'last';
  /** It is told by the answers there were, also of a receiver that answers no more. */
  readonly tellsFromAnswers?: true;
  /** It can fail by the answers alone, but hold only where the state shows it. */
  readonly passNeedsState?: true;
  /** It is asked also of a kind whose success does not show. */
  readonly seesUnshown?: true;
  /** It goes by what is masked as well, so that it holds where everything that tells is. */
  readonly seesMasked?: true;
  /**
   * It is left out where a receiver is slow and works on one web hook after the other, as everything
   * is that is no must: it takes the longest, or is about what comes at the same time.
   */
  readonly isLeftOutWhenSlow?: true;
  /** The kinds it is about, where not all that are under test. */
  readonly kinds?: readonly string[];
  /** What it delivers side by side with others, where it is told by all answers in the end. */
  readonly begin?: (laboratory: Laboratory) => Promise<void>;
  readonly run: (laboratory: Laboratory) => Promise<RuleVerdict>;
}

export type RuleVerdict =
  | { readonly status: 'pass'; readonly evidence: Grounds }
  | {
      readonly status: 'fail';
      readonly evidence: Grounds;
      readonly story?: Story;
      /** What to do, where that is not what the rule advises. */
      readonly advice?: Advice;
    }
  | { readonly status: 'inconclusive'; readonly evidence: Grounds }
  | { readonly status: 'skipped'; readonly evidence: Grounds };

export type RuleStatus = RuleVerdict['status'];

/** The deliveries that show it. */
export interface Story {
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  readonly wrong: readonly Wrong[];
  /** How often it happened when it was done again. */
  readonly times: { readonly failed: number; readonly of: number } | undefined;
  /** What the states were held against, where the script can be judged again by itself. */
  readonly measure?: Measure;
}

/** Whether it happened some of the times that it was done again, and not all. */
export function isNowAndThen({ times }: Pick<Story, 'times'>): boolean {
  return times !== undefined && times.failed < times.of;
}

export interface RuleResult {
  readonly kind: 'result';
  readonly rule: Rule;
  readonly verdict: RuleVerdict;
  /** The rule that failed before, and whose mistake explains this failure. */
  readonly followsFrom?: string;
}

export function pass(evidence: Grounds): RuleVerdict {
  return { status: 'pass', evidence };
}

export function inconclusive(evidence: Grounds): RuleVerdict {
  return { status: 'inconclusive', evidence };
}

export function skipped(evidence: Grounds): RuleVerdict {
  return { status: 'skipped', evidence };
}

export function fail(evidence: Grounds, story?: Story, advice?: Advice): RuleVerdict {
  return {
    status: 'fail',
    evidence,
    ...(story === undefined ? {} : { story }),
    ...(advice === undefined ? {} : { advice }),
  };
}

const DOCS = 'https://docs.inqud.com';

/** The pages that rules rest on. */
export const SOURCES = {
  webHooks: `${DOCS}/developer/web-hooks`,
  verification: `${DOCS}/developer/web-hooks/web-hook-verification`,
  paymentStatuses: `${DOCS}/developer/payment-statuses`,
  requests: `${DOCS}/crypto-widget/integration-details/using-your-own-ui-with-inqud-processing`,
  authentication: `${DOCS}/developer/authentication`,
} as const;
