/** How the ids of two resources are alike: in eight hexadecimal digits, by which people and columns cut them. */
export const ID_LIKENESSES = ['start', 'end'] as const;
export type IdLikeness = (typeof ID_LIKENESSES)[number];

const FIRST_DIGITS = /[0-9a-f]{8}(?=-)/i;
const LAST_DIGITS = /[0-9a-f]{8}$/i;

/** The id with the first, or the last, eight hexadecimal digits of another of its kind. */
export function alikeId(id: string, other: string, likeness: IdLikeness): string {
  const digits = likeness === 'start' ? FIRST_DIGITS : LAST_DIGITS;
  const [taken] = digits.exec(other) ?? [];
  return taken === undefined ? id : id.replace(digits, taken);
}
