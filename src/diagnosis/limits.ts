/** A larger body is searched for mistakes of the digest, the secret and its ends only: nothing is parsed. */
export const MOST_PARSED_BYTES = 1024 * 1024;

export function isLarge({ length }: Uint8Array): boolean {
  return length > MOST_PARSED_BYTES;
}
