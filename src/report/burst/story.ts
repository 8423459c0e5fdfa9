import type { SendNote } from '../words.js';

/** A rate at the start and at the end, as it was written and in seconds. */
export interface AskedRate {
  readonly from: RateInWords;
  readonly to: RateInWords;
  readonly forMs: number;
  readonly spread: 'constant' | 'poisson';
}

export interface RateInWords {
  readonly perSecond: number;
  readonly text: string;
}

/** What a burst's report says about it beside what came of it. */
export interface BurstStory {
  readonly url: string;
  readonly isSigned: boolean;
  readonly seed: string;
  readonly asked: AskedRate;
  /** Web hooks that are to be sent. */
  readonly planned: number;
  readonly resources: number;
  readonly notes: readonly SendNote[];
  /** The command that sends the same again. */
  readonly reproduce: string;
}
