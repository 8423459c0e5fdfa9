import type { Secret } from '../webhook/secret.js';
import { withoutControls } from './foreign-text.js';
import { type SecretPattern, secretPattern } from './secret-pattern.js';

/** Takes the secrets of a run out of text on its way out. */
export interface SecretGuard {
  /** From now on this secret is masked. */
  note(secret: Secret): void;
  mask(text: string): string;
}

const MASK = '[secret]';

/**
 * The last guard: reports do not hold secrets, but what others say may, such as a receiver that
 * repeats the secret in its answer.
 */
export function createSecretGuard(): SecretGuard {
  const patterns = new Map<string, SecretPattern | undefined>();
  return {
    note: (secret) => {
      const text = new TextDecoder().decode(secret.reveal());
      if (text.includes('\ufffd') || patterns.has(text)) return;
      patterns.set(text, secretPattern(text));
    },
    mask: (text) => {
      let masked = text;
      for (const one of patterns.values()) {
        if (one?.mayBeIn(masked) !== true) continue;
        masked = masked.replace(one.pattern(), (found, ...rest) =>
          isOurKey(found, rest) ? found : MASK,
        );
      }
      return masked;
    },
  };
}

/** A report as it may leave, to a stream or to a file. */
export function guardedText(text: string, guard: SecretGuard): string {
  return guard.mask(withoutControls(text));
}

/** A secret that is a plain word may be a part of a name in our own documents, which must stay. */
function isOurKey(found: string, rest: readonly unknown[]): boolean {
  if (!/^[A-Za-z]+$/.test(found)) return false;
  const [at, whole] = rest.slice(-2);
  if (typeof at !== 'number' || typeof whole !== 'string') return false;
  return /^(?:[^"\\\n]|\\.)*":/.test(whole.slice(at + found.length, at + found.length + 200));
}
