import { codeOf } from './error-code.js';
import { InterimAnswerError, MOST_INTERIM } from './interim-answers.js';
import { type AttemptScene, peerOf } from './scene.js';

const EXCERPT_LENGTH = 40;
/** A TLS record that holds an alert (RFC 8446, sections 5.1 and 6). */
const TLS_ALERT = '\x15\x03';
const RESET = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

/** As Node says of its own clients, before the answer and within it, with the code of a reset. */
const CLOSED = ['socket hang up', 'aborted'];
const HEADERS_TOO_LARGE = "The answer's headers are larger than 64 KiB.";
const INVALID_HEADERS = "The answer's headers are not valid HTTP/1.1.";

export function switchedProtocols(peer: string): string {
  return `${peer} answered 101 and switched protocols, unasked.`;
}

/** Why a request that was written got no valid answer, in a sentence. */
export function answerFailure(error: Error, scene: AttemptScene): string {
  const code = codeOf(error);
  if (error instanceof InterimAnswerError) return interimFailure(error, peerOf(scene));
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return HEADERS_TOO_LARGE;
  if (error.name === 'HTTPParserError' || code.startsWith('HPE_')) {
    return unparsable(excerptOf(error), peerOf(scene));
  }
  if (CLOSED.includes(error.message)) return ended('closed', scene);
  if (RESET.includes(code)) return ended('reset', scene);
  if (code === 'UND_ERR_SOCKET') return socketFailure(error, scene);
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return INVALID_HEADERS;
  return `The connection broke (${code || error.message}).`;
}

function interimFailure({ fault }: InterimAnswerError, peer: string): string {
  switch (fault) {
    case 'too-many':
      return `${peer} sent more than ${MOST_INTERIM} interim answers (1xx) and none that is final.`;
    case 'too-large':
      return HEADERS_TOO_LARGE;
    case 'invalid':
      return INVALID_HEADERS;
    default:
      return fault satisfies never;
  }
}

function unparsable(excerpt: string, peer: string): string {
  if (excerpt.startsWith(TLS_ALERT)) return `${peer} speaks TLS: its URL starts with https://.`;
  return `The answer is not valid HTTP/1.1: it breaks at ${quoted(excerpt)}.`;
}

/** Where the answer breaks, as undici says it, and as Node does. */
function excerptOf(error: Error): string {
  if ('data' in error && typeof error.data === 'string') return error.data;
  if (!('rawPacket' in error && error.rawPacket instanceof Uint8Array)) return '';
  const at =
    'bytesParsed' in error && typeof error.bytesParsed === 'number' ? error.bytesParsed : 0;
  return Buffer.from(error.rawPacket.subarray(at)).toString('latin1');
}

/** What a receiver says may hold anything, terminal commands included. */
function quoted(text: string): string {
  const line = text
    .slice(0, EXCERPT_LENGTH)
    .split(/[\r\n]/, 1)
    .join('');
  const isCut = line.length === EXCERPT_LENGTH && text.length > EXCERPT_LENGTH;
  return `"${line.replace(/[^\x20-\x7e]/g, '.')}${isCut ? '…' : ''}"`;
}

/** undici tells these cases apart by their messages only. */
function socketFailure(error: Error, scene: AttemptScene): string {
  if (error.message === 'bad response') return `${peerOf(scene)} sent an answer unasked.`;
  if (error.message === 'bad upgrade') return switchedProtocols(peerOf(scene));
  return ended('closed', scene);
}

function ended(how: 'reset' | 'closed', scene: AttemptScene): string {
  const { stage, target, spokeHttp } = scene;
  const peer = peerOf(scene);
  if (stage === 'answering') return `${peer} ${how} the connection in the middle of its answer.`;
  const sentence = `${peer} ${how} the connection without an answer`;
  if (spokeHttp || target.protocol === 'https:') return `${sentence}.`;
  return `${sentence}; if it speaks TLS, its URL starts with https://.`;
}
