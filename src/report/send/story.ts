import type { SendNote } from '../words.js';

/** What a sending's report says about it beside the records. */
export interface SendStory {
  readonly url: string;
  readonly isSigned: boolean;
  readonly notes: readonly SendNote[];
  readonly reproduce: string;
}
