import type { Target } from '../target.js';

/** How far an attempt had come when it failed. */
export type AttemptStage = 'connecting' | 'handshake' | 'waiting' | 'answering';

export interface AttemptScene {
  readonly target: Target;
  readonly stage: AttemptStage;
  /** Whether it has ever given a valid answer. */
  readonly spokeHttp: boolean;
  /** Who is at the other end, as the subject of a sentence; the receiver where it is absent. */
  readonly peer?: string;
}

export function peerOf({ peer = 'The receiver' }: Pick<AttemptScene, 'peer'>): string {
  return peer;
}
