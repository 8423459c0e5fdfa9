import type { ListenerBounds } from '../../../listening/listener.js';
import type { FaultAnswers } from '../../http/client-fault.js';
import type { Refusal } from '../../http/refusal.js';

/** Why a request is not recorded: the sender is told, and so is whoever watches the listener. */
export interface Rejection extends Refusal {
  /** A sentence. */
  readonly reason: string;
}

export function rejection(
  status: number,
  reason: string,
  headers: Refusal['headers'] = [],
): Rejection {
  return { status, reason, contentType: 'text/plain; charset=utf-8', body: `${reason}\n`, headers };
}

export const NOT_OPEN = rejection(503, 'The listener is about to start.');

export const STOPPING = rejection(503, 'The listener is about to end.');

export const ENOUGH = rejection(
  503,
  'The listener has recorded as many requests as it was asked to.',
);

export const BROKEN_OFF = rejection(400, 'The connection ended before the request did.');

export const NO_TUNNEL = rejection(405, 'This is no proxy, so CONNECT is not for it.');

export const UNKNOWN_EXPECTATION = rejection(
  417,
  'Of what Expect can ask for, only 100-continue is known here.',
);

export function tooLarge(maxBodyBytes: number): Rejection {
  return rejection(413, `The body is larger than ${maxBodyBytes} bytes.`);
}

export function tooManyConnections(maxConnections: number): Rejection {
  return rejection(
    503,
    `There are ${maxConnections} connections already, and all wait for answers.`,
  );
}

export function faultAnswers({ maxHeaderBytes }: ListenerBounds): FaultAnswers<Rejection> {
  return {
    headTooLarge: rejection(431, `The head is larger than ${maxHeaderBytes} bytes.`),
    tooSlow: rejection(408, 'The request did not come to its end in time.'),
    notHttp: (why) => rejection(400, `This is no valid HTTP/1.1: ${why}.`),
  };
}
