/** A body for programs: as text where it is UTF-8 and comes back the same, else in base64. */
export function bodyDocument(
  body: Uint8Array,
): { readonly body: string } | { readonly bodyBase64: string } {
  const text = textOf(body);
  return text === undefined ? { bodyBase64: Buffer.from(body).toString('base64') } : { body: text };
}

/** The bytes as text; undefined when they are not UTF-8 and would not come back the same. */
export function textOf(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return Buffer.from(text, 'utf8').equals(buffer) ? text : undefined;
}
