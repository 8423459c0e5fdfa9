import { answerFailure } from './answer-failure.js';
import { connectFailure } from './connect-failure.js';
import { codeOf } from './error-code.js';
import { handshakeFailure } from './handshake-failure.js';
import type { AttemptScene } from './scene.js';

export interface Failure {
  readonly kind: 'unreachable' | 'broken';
  /** A sentence. */
  readonly reason: string;
}

/** Says why no answer came. */
export function failureOf(error: Error, scene: AttemptScene): Failure {
  const { stage, target } = scene;
  switch (stage) {
    case 'connecting':
      // Only an open connection can be reset: it had just been accepted.
      if (codeOf(error) === 'ECONNRESET') return failureOf(error, { ...scene, stage: 'waiting' });
      return { kind: 'unreachable', reason: connectFailure(error, target) };
    case 'handshake':
      return { kind: 'broken', reason: handshakeFailure(error, scene) };
    case 'waiting':
    case 'answering':
      return { kind: 'broken', reason: answerFailure(error, scene) };
    default:
      return stage satisfies never;
  }
}
