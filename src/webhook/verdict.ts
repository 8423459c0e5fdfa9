import type { Header } from '../ports.js';

/** What checking one captured web hook says. */
export type Verdict =
  /** The digest is the body's: `secret` is the index of the secret that fits. */
  | { readonly kind: 'genuine'; readonly secret: number }
  /** The digest is not the body's under any of the secrets; the reason is a sentence. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** No digest came with the body. */
  | { readonly kind: 'unsigned' };

/** The values of a header, in order, its name matched without regard to case. */
export function headerValues(headers: readonly Header[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value);
}
