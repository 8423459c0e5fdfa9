import type { Judges } from '../../verification/judge-entry.js';
import type { LeftOverParts, VerifyRecord } from '../../verification/records.js';
import type { Secret } from '../../webhook/secret.js';
import type { World } from '../world.js';
import type { VerifyFlags } from './flags.js';

/** What `verify` was asked, made ready. */
export interface VerifySettings {
  readonly flags: VerifyFlags;
  readonly world: World;
  readonly secrets: readonly Secret[];
  /** Secrets of something else that may have been mixed up with it. */
  readonly alsoSecrets: readonly Secret[];
  /** They check so many bytes, and search for no cause: enough for what is genuine. */
  readonly quickJudges: (bytes: number) => Promise<Judges>;
  /** They search as well. Loading that takes time, which a genuine web hook need not wait for. */
  readonly loadJudges: () => Promise<Judges>;
  /** Genuine entries of a file that the report lists; the rest is only counted. */
  readonly listGenuine: number;
}

/** Some entries' verdicts, in order, and how many genuine ones are not among them. */
export interface Verdicts {
  readonly records: readonly VerifyRecord[];
  readonly unlistedGenuine: number;
  /** What of the file was stepped over. */
  readonly leftOver?: LeftOverParts | undefined;
}
