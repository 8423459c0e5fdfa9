/** What makes a check long, once the pace of the receiver is known. */
export interface Length {
  readonly rules: number;
  readonly allRules: number;
  readonly kinds: number;
  readonly runs: number;
  /** Lives a second, of a receiver that takes its time. */
  readonly perSecond: number | undefined;
  readonly lingerMs: number;
}

/** As many lives of one kind are made when every rule is judged. */
const LIVES_OF_A_KIND = 60;
/** A receiver that is called quick takes at least so many. */
const QUICK_PER_SECOND = 40;
/** Rules that are judged alone and at the end, and looking again at what failed. */
const REST_MS = 5_000;

/** About how long the rules take, in real milliseconds. */
export function expectedMs(length: Length): number {
  const { rules, allRules, kinds, runs, perSecond = QUICK_PER_SECOND, lingerMs } = length;
  const lives = LIVES_OF_A_KIND * kinds + runs;
  return (rules / allRules) * ((lives / perSecond) * 1_000 + lingerMs + REST_MS);
}
