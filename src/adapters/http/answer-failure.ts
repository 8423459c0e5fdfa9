import { codeOf } from './error-code.js';
import type { Scene } from './failure.js';
import { InterimAnswerError } from './interim-answers.js';

const EXCERPT_LENGTH = 40;
/** A TLS record that holds an alert (RFC 8446, sections 5.1 and 6). */
const TLS_ALERT = '\x15\x03';
const RESET = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

export const SWITCHED_PROTOCOLS = 'The receiver answered 101 and switched protocols, unasked.';
const SPOKE_FIRST = 'The receiver sent an answer before there was a request.';
const INVALID_HEADERS = "The answer's headers are not valid HTTP/1.1.";

/** Why a request that was written got no valid answer, in a sentence. */
export function answerFailure(error: Error, scene: Scene): string {
  const code = codeOf(error);
  if (error instanceof InterimAnswerError) return error.message;
  if (error.name === 'HTTPParserError') return unparsable(excerptOf(error));
  if (RESET.includes(code)) return ended('reset', scene);
  if (code === 'UND_ERR_SOCKET') return socketFailure(error, scene);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return "The answer's headers are larger than 64 KiB.";
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return INVALID_HEADERS;
  return `The connection broke (${code || error.message}).`;
}

function unparsable(excerpt: string): string {
  if (excerpt.startsWith(TLS_ALERT))
    return 'The receiver speaks TLS: its URL starts with https://.';
  return `The answer is not valid HTTP/1.1: it breaks at ${quoted(excerpt)}.`;
}

function excerptOf(error: Error): string {
  return 'data' in error && typeof error.data === 'string' ? error.data : '';
}

/** What a receiver says may hold anything, terminal commands included. */
function quoted(text: string): string {
  const line = text
    .slice(0, EXCERPT_LENGTH)
    .split(/[\r\n]/, 1)
    .join('');
  return `"${line.replace(/[^\x20-\x7e]/g, '.')}"`;
}

/** undici tells these cases apart by their messages only. */
function socketFailure(error: Error, scene: Scene): string {
  if (error.message === 'bad response') return SPOKE_FIRST;
  if (error.message === 'bad upgrade') return SWITCHED_PROTOCOLS;
  return ended('closed', scene);
}

function ended(how: 'reset' | 'closed', { stage, target, spokeHttp }: Scene): string {
  if (stage === 'answering')
    return `The receiver ${how} the connection in the middle of its answer.`;
  const sentence = `The receiver ${how} the connection without an answer`;
  if (spokeHttp || target.protocol === 'https:') return `${sentence}.`;
  return `${sentence}; if it speaks TLS, its URL starts with https://.`;
}
