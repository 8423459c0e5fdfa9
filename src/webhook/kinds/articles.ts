/** `a payment`, `an invoice`. */
export function withArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** The same at the start of a sentence: `An invoice`. */
export function startingWith(kind: string): string {
  const text = withArticle(kind);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
