import type { Signer } from './digest.js';
import { digestsMatch } from './digests-match.js';
import type { Verdict } from './verdict.js';

interface Form {
  readonly pattern: RegExp;
  readonly reason: string;
}

const WELL_FORMED = /^[0-9a-f]{40}$/;

/** The first that fits tells the reason. */
const FORMS: readonly Form[] = [
  { pattern: /^$/, reason: 'The digest is empty.' },
  { pattern: /^\s|\s$/, reason: 'The digest has white space around it.' },
  { pattern: /^sha1=/i, reason: 'The digest starts with "sha1=", which Inqud does not write.' },
  {
    pattern: /^(?=.*[A-F])[0-9a-fA-F]{40}$/,
    reason: 'The digest has upper-case letters; Inqud writes lower-case hexadecimal.',
  },
  {
    pattern: /^[0-9a-f]{64}$/i,
    reason: 'The digest has 64 hexadecimal characters, like SHA-256; HMAC-SHA1 has 40.',
  },
  { pattern: /^[A-Za-z0-9+/]{27}=$/, reason: 'The digest is base64; Inqud writes hexadecimal.' },
];

/** Checks one body against the digest that came with it. */
export type DigestCheck = (body: Uint8Array, given: string) => Verdict;

/**
 * A check by the signers of the secrets that may fit, each of which is tried. Which of them fits, and
 * where a digest differs, takes no measurable time of its own.
 */
export function checkBy(signers: readonly Signer[]): DigestCheck {
  const genuine = signers.map((_, secret): Verdict => ({ kind: 'genuine', secret }));
  return (body, given) => {
    let fitting: Verdict | undefined;
    for (const [index, sign] of signers.entries()) {
      if (digestsMatch(given, sign(body))) fitting ??= genuine[index];
    }
    return fitting ?? { kind: 'rejected', reason: mismatchReason(given, signers.length) };
  };
}

function mismatchReason(given: string, secretCount: number): string {
  if (WELL_FORMED.test(given)) {
    const which = secretCount === 1 ? 'the given secret' : 'any of the given secrets';
    return `The digest is not the digest of this body under ${which}.`;
  }
  const form = FORMS.find(({ pattern }) => pattern.test(given));
  return form?.reason ?? otherReason(given);
}

function otherReason(given: string): string {
  if (!/^[0-9a-f]*$/i.test(given)) return 'The digest is not hexadecimal.';
  const noun = given.length === 1 ? 'character' : 'characters';
  return `The digest has ${given.length} hexadecimal ${noun}; HMAC-SHA1 has 40.`;
}
