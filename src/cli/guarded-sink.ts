import { withoutControls } from '../report/foreign-text.js';
import type { Secret } from '../webhook/secret.js';
import type { Sink } from './world.js';

/** Takes the secrets of a run out of text on its way out. */
export interface SecretGuard {
  /** From now on this secret is masked. */
  note(secret: Secret): void;
  mask(text: string): string;
}

const MASK = '[secret]';
/** What is shorter occurs in ordinary text, and says little. */
const SHORTEST = 6;

/**
 * The last guard: reports do not hold secrets, but what others say may, such as a receiver that
 * repeats the secret in its answer. A secret is found as it is, as JSON and as URLs write it, and across line breaks.
 */
export function createSecretGuard(): SecretGuard {
  const patterns = new Map<string, RegExp>();
  return {
    note: (secret) => {
      const text = new TextDecoder().decode(secret.reveal());
      if (text.length < SHORTEST || text.includes('\ufffd') || patterns.has(text)) return;
      patterns.set(text, patternOf(text));
    },
    mask: (text) => {
      let masked = text;
      for (const pattern of patterns.values()) {
        masked = masked.replace(pattern, (found, ...rest) =>
          isOurKey(found, rest) ? found : MASK,
        );
      }
      return masked;
    },
  };
}

/** A sink whose text shows no secret and moves no cursor. Bytes pass as they are: they are a body. */
export function guardedSink(sink: Sink, guard: SecretGuard): Sink {
  return {
    isTerminal: sink.isTerminal,
    write: (text) =>
      sink.write(typeof text === 'string' ? guard.mask(withoutControls(text)) : text),
  };
}

function patternOf(secret: string): RegExp {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const sources = [...new Set(forms)].map((form) =>
    form
      .split(/\s+/)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('\\s+'),
  );
  return new RegExp(sources.join('|'), 'g');
}

/** A secret that is a plain word may be a part of a name in our own documents, which must stay. */
function isOurKey(found: string, rest: readonly unknown[]): boolean {
  if (!/^[A-Za-z]+$/.test(found)) return false;
  const [at, whole] = rest.slice(-2);
  if (typeof at !== 'number' || typeof whole !== 'string') return false;
  return /^(?:[^"\\\n]|\\.)*":/.test(whole.slice(at + found.length, at + found.length + 200));
}
