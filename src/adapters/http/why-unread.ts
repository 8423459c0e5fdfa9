import type { UnreadState } from '../../ports.js';
import type { Target } from '../target.js';
import { switchedProtocols } from './answer-failure.js';
import { failureOf } from './failure.js';
import type { GetResult } from './state-request.js';

const PEER = 'The server of the state';
const MS_PER_SECOND = 1_000;

export type Unanswered = Exclude<GetResult, { kind: 'answered' | 'too-large' }>;

export interface Circumstances {
  readonly target: Target;
  readonly timeoutMs: number;
  /** Whether the server has ever given a valid answer. */
  readonly spokeHttp: boolean;
}

/** Why a GET gave no state, in words that blame the server of the state and nothing else. */
export function whyUnread(result: Unanswered, circumstances: Circumstances): UnreadState {
  switch (result.kind) {
    case 'cancelled':
      return { kind: 'cancelled', reason: 'The run was interrupted.' };
    case 'timed-out': {
      const seconds = circumstances.timeoutMs / MS_PER_SECOND;
      return { kind: 'timed-out', reason: `${PEER} gave no whole answer within ${seconds} s.` };
    }
    case 'switched':
      return { kind: 'broken', reason: switchedProtocols(PEER) };
    case 'encoded':
      return {
        kind: 'broken',
        reason: `${PEER} packs its answer (Content-Encoding), unasked, and it is not unpacked.`,
      };
    case 'failed':
      return failureOf(result.error, { ...circumstances, peer: PEER, stage: result.stage });
    default:
      return result satisfies never;
  }
}
