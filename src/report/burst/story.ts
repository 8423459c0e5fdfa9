import type { RunNote } from '../run/words.js';

/** A rate at the start and at the end. */
export interface AskedRate {
  readonly from: RateInWords;
  readonly to: RateInWords;
  readonly forMs: number;
  readonly spread: 'constant' | 'poisson' | 'catch-up';
  /** Present for a catch-up: the rate is that of normal times then. */
  readonly recovery?: Recovery | undefined;
}

/** What a receiver has recovered from. */
export interface Recovery {
  readonly outageMs: number;
  readonly schedule: 'exponential' | 'published' | 'list';
  /** The waits between the attempts of one web hook, in milliseconds. */
  readonly waitsMs: readonly number[];
}

/** As it was written, and in seconds. */

export interface RateInWords {
  readonly perSecond: number;
  readonly text: string;
}

/** What is so of a burst beside its figures: assumptions, missing secrets. */
export type BurstNote = Exclude<RunNote, { readonly code: 'demo-limit' }>;

/** What a burst's report says about it beside what came of it. */
export interface BurstStory {
  readonly url: string;
  readonly isSigned: boolean;
  readonly seed: string;
  readonly asked: AskedRate;
  /** Web hooks that are to be sent. */
  readonly planned: number;
  readonly resources: number;
  readonly notes: readonly BurstNote[];
  /** The command that sends the same again. */
  readonly reproduce: string;
}
