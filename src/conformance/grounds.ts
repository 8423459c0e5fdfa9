import type { Finding } from '../delivery/findings.js';
import type { Came, SkippedAnswer } from './calibration/skipped-kind.js';
import type { Blind, StateSeen } from './state/blind.js';

/** What a verdict rests on: findings, and sentences of its rule. */
export type Grounds = Said | readonly Said[];

export type Said = string | CheckFinding;

/** How a receiver came to answer no more. */
export type FallKind = 'unreached' | 'silent' | 'gone' | 'limiting' | 'unread';

/** What a check finds out, for the report to put into words. */
export type CheckFinding =
  /** The failure is accepted by the baseline; what it rested on follows. */
  | { readonly code: 'accepted' }
  | { readonly code: 'interrupted' }
  | { readonly code: 'fallen'; readonly fall: FallKind; readonly reason: string | undefined }
  /** The receiver limits how many web hooks it takes, and no other answer came. */
  | { readonly code: 'only-limited' }
  | { readonly code: 'nothing-taken' | 'needs-state' | 'needs-fault-commands' | 'needs-mock-api' }
  /** Success does not show, and nothing else can be told before it does. */
  | { readonly code: 'success-unshown' }
  | { readonly code: 'needs-prepare' }
  /** The receiver works on one web hook after the other, and slowly. */
  | { readonly code: 'no-time' }
  /** The state tells nothing about a kind. */
  | { readonly code: 'blind'; readonly kind: string; readonly why: Blind | undefined }
  | { readonly code: 'state-seen'; readonly seen: StateSeen }
  /** What tells how a life ended differs by itself. */
  | { readonly code: 'varies'; readonly path: string }
  | { readonly code: 'untested'; readonly kind: string; readonly why: Blind | SkippedAnswer }
  /** What one answer says of the receiver, and the start of what it said itself. */
  | { readonly code: 'answer'; readonly finding: Finding; readonly said: string | undefined }
  /** The API that a receiver asked did not tell it: about the resource, or whatever it asked. */
  | {
      readonly code: 'api-refused';
      readonly about: 'it' | 'another';
      readonly status: number;
      readonly said: string;
    }
  | { readonly code: 'kinds-answered'; readonly kinds: readonly string[]; readonly came: Came };

/** What to do: a sentence of the rule's, or what an answer suggests. */
export type Advice =
  | string
  | {
      readonly code:
        | 'answer-first'
        | 'start-it'
        | 'check-url'
        | 'known-orders'
        | 'prepared-unknown'
        | 'take-posts'
        | 'final-url'
        | 'look-into-log'
        | 'exempt-from-csrf';
    };

export function partsOf(grounds: Grounds): readonly Said[] {
  return isList(grounds) ? grounds : [grounds];
}

function isList(grounds: Grounds): grounds is readonly Said[] {
  return Array.isArray(grounds);
}
