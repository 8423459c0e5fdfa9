import { DIGEST_HEADER } from '../webhook/scheme.js';
import { asBuffer } from './json-value.js';

/** A part of a file that its reader took nothing from. */
export interface LeftOver {
  readonly kind: 'left-over';
  readonly namesDigest: boolean;
}

/** As it is, and as environments and variables spell it: `HTTP_X_PAYLOAD_DIGEST`, `xPayloadDigest`. */
const DIGEST_NAME = new RegExp(DIGEST_HEADER.replaceAll('-', '[-_ ]?'), 'i');
const LONGEST_NAME = DIGEST_HEADER.length;

/** What a reader yields in the place of what it stepped over, so that nothing is lost in silence. */
export function leftOver(part: string | Uint8Array): LeftOver {
  return { kind: 'left-over', namesDigest: namesDigest(part) };
}

/** True where the name of the digest header stands somewhere in the text. */
export function namesDigest(text: string | Uint8Array): boolean {
  return DIGEST_NAME.test(typeof text === 'string' ? text : asBuffer(text).toString('latin1'));
}

/** Watches bytes go by for the name of the digest header. */
export interface DigestWatch {
  readonly seen: boolean;
  watch(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export function createDigestWatch(): DigestWatch {
  let seen = false;
  return {
    get seen() {
      return seen;
    },
    watch: async function* watch(source) {
      let tail = '';
      for await (const chunk of source) {
        if (!seen) {
          const text = tail + asBuffer(chunk).toString('latin1');
          seen = DIGEST_NAME.test(text);
          tail = text.slice(-LONGEST_NAME);
        }
        yield chunk;
      }
    },
  };
}
