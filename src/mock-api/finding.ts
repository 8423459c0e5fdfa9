/** Why a request is refused, or what is odd about it. */
export type ApiFinding =
  | { readonly code: 'bad-target' | 'asked-error' | 'no-order' }
  | { readonly code: 'not-served'; readonly path: string }
  | { readonly code: 'only-reads'; readonly method: string }
  | { readonly code: 'no-such-id'; readonly id: string }
  | { readonly code: 'unknown-wallet'; readonly wallet: string }
  | { readonly code: 'bad-page'; readonly largestSize: number }
  | TokenFinding;

/** What is wrong, or odd, about the token that came with a request. */
export type TokenFinding =
  /** A stricter server would not take it again. */
  | { readonly code: 'salt-used' }
  | {
      readonly code:
        | 'header-twice'
        | 'header-absent'
        | 'other-token'
        | 'wrong-secret'
        | 'malformed-signature'
        | 'wrong-signature';
      readonly header: string;
    }
  /** There is a signature, and not the header that goes with it. */
  | { readonly code: 'unsalted'; readonly header: string }
  /** There is none of these headers. */
  | { readonly code: 'no-proof'; readonly headers: readonly string[] };

/** Puts a finding into words, which an answer of the mock holds too. */
export type Wording = (finding: ApiFinding) => string;
