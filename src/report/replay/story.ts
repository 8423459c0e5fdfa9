import type { DeliveryRules } from '../../delivery/plan.js';
import type { CaptureCounts, CaptureNote, MalformedRecord } from '../../delivery/replay/records.js';
import type { ReplayOrder } from '../../delivery/replay/replay-order.js';

/** What a replay's report says about it beside the records. */
export interface ReplayStory {
  /** The capture, as the user named it. */
  readonly capture: string;
  readonly url: string;
  /** Set when the receiver is a built-in one. */
  readonly receiver: string | undefined;
  readonly captures: CaptureCounts;
  readonly malformed: readonly MalformedRecord[];
  /** What the capture's format could not keep. */
  readonly captureNotes: readonly CaptureNote[];
  readonly notes: readonly ReplayNote[];
  readonly order: ReplayOrder;
  /** Times the original speed; undefined without waiting. */
  readonly speed: number | undefined;
  readonly signing: 'as captured' | 'signed anew';
  readonly freshIds: boolean;
  readonly resources: number;
  readonly rules: DeliveryRules;
  /** The longest name of an event, in characters. */
  readonly eventWidth: number;
  /** The command that gives the same replay again. */
  readonly reproduce: string;
}

/** What is so of a replay beside its records. */
export type ReplayNote =
  /** Parts of the capture hold no web hook. */
  | { readonly code: 'left-over'; readonly parts: number }
  /** Captures whose time is not known. */
  | { readonly code: 'untimed'; readonly captures: number }
  /** Faults take time, and there is none without --speed. */
  | { readonly code: 'at-once' };
