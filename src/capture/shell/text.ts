/**
 * A text as the shell that runs a script would have it, as far as the script tells. One character a
 * byte. What the shell alone can fill in stands in `text` by its name, never by what computes it: a
 * command substitution is where secrets are.
 */
export interface ShellText {
  readonly text: string;
  readonly unresolved?: Unresolved | undefined;
  /** Files whose content belongs into the text, in order. */
  readonly files?: readonly InsertedFile[] | undefined;
}

/** What only the shell that ran the script could fill in. */
export type Unresolved =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'substitution' | 'another-command' | 'open-quote' | 'missing-value' };

export interface InsertedFile {
  readonly path: string;
  readonly at: number;
  /** A substitution loses its last newlines, and NUL bytes. */
  readonly how: 'substituted' | 'whole';
}

export function unknownText(kind: Exclude<Unresolved['kind'], 'variable'>, text = ''): ShellText {
  return { text, unresolved: { kind } };
}

export function joinTexts(texts: readonly ShellText[]): ShellText {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return only;
  let length = 0;
  const files: InsertedFile[] = [];
  for (const { text, files: inserted = [] } of texts) {
    for (const file of inserted) files.push({ ...file, at: file.at + length });
    length += text.length;
  }
  return {
    text: texts.map(({ text }) => text).join(''),
    unresolved: texts.find(({ unresolved }) => unresolved !== undefined)?.unresolved,
    ...(files.length > 0 && { files }),
  };
}

/** The text without its first characters. */
export function textAfter({ text, unresolved, files }: ShellText, start: number): ShellText {
  const kept = files?.map((file) => ({ ...file, at: Math.max(0, file.at - start) }));
  return { text: text.slice(start), unresolved, files: kept };
}

/** What a command substitution makes of the output of its command. */
export function substituted({ text, unresolved, files = [] }: ShellText): ShellText {
  const inserted = files.map((file) => ({ ...file, how: 'substituted' as const }));
  const kept = text.replaceAll('\0', '');
  const endsInFile = files.some(({ at }) => at === text.length);
  return {
    text: endsInFile ? kept : kept.replace(/\n+$/, ''),
    unresolved,
    ...(inserted.length > 0 && { files: inserted }),
  };
}
