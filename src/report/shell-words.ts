const SAFE_WORD = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back. */
export function shellWord(text: string): string {
  if (SAFE_WORD.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line as a POSIX shell reads it back. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
