const LINE_WIDTH = 78;
const TERMINAL_WIDTH = 80;
/** Of the text of a man page. */
const USUAL_INDENT = 7;

/** Characters that roff would read or print as something else. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\(rs',
  '-': '\\-',
  "'": '\\(aq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text that is printed as it is, to the character: flags and code are to be copied. */
export function escaped(text: string): string {
  return text.replaceAll(
    /[\\\-'"`^~]|[^\0-\x7f]/gu,
    (character) => ESCAPES[character] ?? `\\[u${codeOf(character)}]`,
  );
}

/** A paragraph that the reader's terminal fills. */
export function filled(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).map(escaped)) {
    if (line !== '' && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map(asText).join('\n');
}

/** Lines that stay as they are, further to the left where a terminal would have no room for them. */
export function verbatim(text: string): string {
  const lines = text.split('\n');
  const longest = Math.max(...lines.map(({ length }) => length));
  const indent = Math.min(USUAL_INDENT, TERMINAL_WIDTH - longest);
  const inner = [`.in ${indent}n`, ...lines.map(escaped).map(asText), '.in'];
  return ['.nf', ...inner, '.fi'].join('\n');
}

export function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

/** A line that begins like a request of roff is none. */
function asText(line: string): string {
  return /^[.]/.test(line) ? `\\&${line}` : line;
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
