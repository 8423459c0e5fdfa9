/** What a sending's report says about it beside the records. */
export interface SendStory {
  readonly url: string;
  readonly isSigned: boolean;
  /** Sentences that are true of this sending. */
  readonly notes: readonly string[];
  readonly reproduce: string;
}
