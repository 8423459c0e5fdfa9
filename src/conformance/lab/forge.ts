import { sign } from '../../webhook/digest.js';
import { Secret } from '../../webhook/secret.js';
import { type SignedBody, type Tampering, tamper } from '../../webhook/tamper.js';

/** One way to forge a web hook, and what a report calls it. */
interface ForgeryWay {
  readonly words: string;
  /** `earlier` is what the first event of the same resource said. */
  readonly make: (body: Uint8Array, secret: Secret, earlier: Uint8Array) => SignedBody;
}

const OTHER_BODY = new TextEncoder().encode('{"field":"value"}');
const EMPTY_SECRET = Secret.fromText('');

/** Every way there is: what is added here is tried, and a rule says which of them it is about. */
const FORGERY_WAYS = {
  missing: tampered('No digest header', 'missing'),
  empty: tampered('An empty digest', 'empty'),
  truncated: tampered('A digest without its last character', 'truncated'),
  half: digested('The first half of the digest', (digest) => digest.slice(0, 20)),
  'first-character': digested('Only the first character of the digest', (digest) =>
    digest.slice(0, 1),
  ),
  'over-long': digested('The digest and one character more', (digest) => `${digest}0`),
  doubled: digested('The digest twice in one value', (digest) => digest + digest),
  'other-secret': tampered('The digest under another secret', 'other-secret'),
  'empty-secret': {
    words: 'The digest under an empty secret',
    make: (body) => ({ body, digests: [sign(body, EMPTY_SECRET)] }),
  },
  'other-body': {
    words: 'The digest of another body',
    make: (body, secret) => ({ body, digests: [sign(OTHER_BODY, secret)] }),
  },
  'accepted-before': {
    words: 'The digest that an earlier web hook of the resource came with',
    make: (body, secret, earlier) => ({ body, digests: [sign(earlier, secret)] }),
  },
  'changed-byte': tampered('A body with one byte changed', 'body'),
  sha256: tampered('A SHA-256 digest', 'sha256'),
  base64: tampered('The digest in base64', 'base64'),
  twice: tampered('A wrong digest and the right one, in two headers', 'twice'),
  'twice-right-first': {
    words: 'The right digest and a wrong one, in two headers',
    make: (body, secret) => ({
      body,
      digests: tamper(body, secret, 'twice').digests.toReversed(),
    }),
  },
  'twice-wrong': {
    words: 'Two wrong digests, in two headers',
    make: (body) => ({ body, digests: [sign(OTHER_BODY, EMPTY_SECRET), sign(body, EMPTY_SECRET)] }),
  },
} as const satisfies Readonly<Record<string, ForgeryWay>>;

export type Forgery = keyof typeof FORGERY_WAYS;

export const FORGERIES: readonly Forgery[] = Object.keys(FORGERY_WAYS).filter(isForgery);

/** A web hook whose digest is not the digest of its body under the secret. */
export function forge(
  { body, earlier }: { readonly body: Uint8Array; readonly earlier: Uint8Array },
  secret: Secret,
  how: Forgery,
): SignedBody {
  return FORGERY_WAYS[how].make(body, secret, earlier);
}

/** As the subject of a sentence. */
export function forgeryWords(forgery: Forgery): string {
  return FORGERY_WAYS[forgery].words;
}

function isForgery(name: string): name is Forgery {
  return name in FORGERY_WAYS;
}

function tampered(words: string, how: Tampering): ForgeryWay {
  return { words, make: (body, secret) => tamper(body, secret, how) };
}

function digested(words: string, change: (digest: string) => string): ForgeryWay {
  return { words, make: (body, secret) => ({ body, digests: [change(sign(body, secret))] }) };
}
