import type { PlanDocument } from '../../delivery/plan-document.js';
import type { RunNote } from './words.js';

/** What a run's report says about it beside the records. */
export interface RunStory {
  readonly url: string;
  /** Set when the receiver is a built-in one. */
  readonly receiver: string | undefined;
  readonly signed: boolean;
  /** Where the mock of Inqud's API is, when it runs beside. */
  readonly mockApi: string | undefined;
  readonly plan: PlanDocument;
  readonly events: number;
  readonly resources: number;
  readonly notes: readonly RunNote[];
  /** The command that gives the same run again. */
  readonly reproduce: string;
}
