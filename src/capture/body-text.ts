import { type MalformedCapture, malformed } from './record.js';

export interface FoundBody {
  readonly kind: 'body';
  readonly body: Uint8Array;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The UTF-8 bytes of a body that some tool kept as text. */
export function bodyFromText(text: string): FoundBody | MalformedCapture {
  if (LONE_SURROGATE.test(text)) {
    return malformed('The body holds half a surrogate pair, which stands for no bytes.');
  }
  return { kind: 'body', body: Buffer.from(text, 'utf8') };
}

/** The bytes of a body kept as base64. Anything but canonical base64 is refused, never skipped over. */
export function bodyFromBase64(text: string): FoundBody | MalformedCapture {
  const body = Buffer.from(text, 'base64');
  return body.toString('base64') === text
    ? { kind: 'body', body }
    : malformed('The body is said to be base64 and is not.');
}
