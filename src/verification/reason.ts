/** Why an entry is rejected or malformed: what is found here, or a sentence of what read it. */
export type VerifyReason =
  | string
  /** No request is read from the file, and a body alone has no digest. */
  | { readonly code: 'bare' }
  /** Headers of one name contradict each other. */
  | { readonly code: 'conflicting'; readonly header: string; readonly values: number };
