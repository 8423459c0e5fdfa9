import type { Target } from '../target.js';

/** How far an attempt had come when it failed. */
export type Stage = 'connecting' | 'handshake' | 'waiting' | 'answering';

export interface Scene {
  readonly target: Target;
  readonly stage: Stage;
  /** Whether it has ever given a valid answer. */
  readonly spokeHttp: boolean;
  /** Who is at the other end, as the subject of a sentence; the receiver where it is absent. */
  readonly peer?: string;
}

export function peerOf({ peer = 'The receiver' }: Pick<Scene, 'peer'>): string {
  return peer;
}
