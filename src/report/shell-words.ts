const SAFE_WORD = /^[\w@%+=:,./-]+$/;

/** What a terminal or a mail would not carry as it is. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A word as a shell reads it back: POSIX quotes, and bash's `$'…'` where something cannot be seen. */
export function shellWord(text: string): string {
  if (SAFE_WORD.test(text)) return text;
  if (HIDDEN.test(text)) return `$'${ansiC(text)}'`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line as a POSIX shell reads it back. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Every byte that is no visible ASCII, as bash's `$'…'` writes it. */
function ansiC(text: string): string {
  return [...Buffer.from(text, 'utf8').toString('latin1')]
    .map((byte) => (/[!-&(-[\]-~ ]/.test(byte) ? byte : `\\x${hex(byte)}`))
    .join('');
}

function hex(byte: string): string {
  return byte.charCodeAt(0).toString(16).padStart(2, '0');
}
