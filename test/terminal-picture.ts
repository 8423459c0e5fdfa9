/** A run of text in one style. */
interface Span {
  readonly text: string;
  readonly classes: readonly string[];
}

/** What the picture shows, and what a screen reader says of it. */
interface Pictured {
  readonly command: string;
  /** What the command printed, with the codes of its colours. */
  readonly printed: string;
  readonly title: string;
  readonly description: string;
}

const COLUMNS = 80;
/** No common monospace font is wider at this size, so no row leaves the window. */
const COLUMN_PX = 8.7;
const ROW_PX = 20;
const MARGIN_PX = 22;
const TITLE_BAR_PX = 36;
/** How far the rest of a line that was too long stands in. */
const HANGING_PX = 34;
/** What chalk writes, as classes of the picture. */
const STYLES: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'dim',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '36': 'cyan',
};
/** What ends a style, by the code. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  '0': Object.values(STYLES),
  '22': ['bold', 'dim'],
  '39': ['red', 'green', 'yellow', 'cyan'],
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: This is what a terminal gets.
const CODE = /\x1b\[(\d+)m/;

/** A terminal in which a command has printed this. Its text can be selected and searched. */
export function terminalPicture({ command, printed, title, description }: Pictured): string {
  const lines = [[span('$ ', 'dim'), span(command, 'bold')], ...styledLines(printed.trimEnd())].map(
    rowsOf,
  );
  const width = COLUMNS * COLUMN_PX + 2 * MARGIN_PX;
  const height = TITLE_BAR_PX + lines.flat().length * ROW_PX + MARGIN_PX + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description)}</desc>
<style>
text { font: 14px ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d1d7e0; white-space: pre; }
.bold { font-weight: 700; fill: #f0f6fc; } .dim { fill: #8b949e; }
.red { fill: #ff7b72; } .green { fill: #7ee787; } .yellow { fill: #f2cc60; } .cyan { fill: #76e3ea; }
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="#151b23" stroke="#3d444d"/>
<circle cx="24" cy="20" r="6" fill="#ff5f57"/><circle cx="44" cy="20" r="6" fill="#febc2e"/><circle cx="64" cy="20" r="6" fill="#28c840"/>
${textElements(lines).join('\n')}
</svg>
`;
}

/** What the picture says, in the lines that were printed: one that was too long is whole again. */
export function textOfPicture(svg: string): string {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)]
    .map(([, line = '']) => `${unescaped(line.replace(/<[^>]+>/g, ''))}\n`)
    .join('');
}

function span(text: string, ...classes: readonly string[]): Span {
  return { text, classes };
}

function styledLines(printed: string): readonly (readonly Span[])[] {
  let classes: readonly string[] = [];
  return printed.split('\n').map((line) => {
    const spans: Span[] = [];
    let rest = line;
    for (let code = CODE.exec(rest); code !== null; code = CODE.exec(rest)) {
      spans.push(span(rest.slice(0, code.index), ...classes));
      const [whole, number = ''] = code;
      const ended = ENDS[number];
      const begun = STYLES[number];
      if (ended !== undefined) classes = classes.filter((one) => !ended.includes(one));
      if (begun !== undefined) classes = [...classes, begun];
      rest = rest.slice(code.index + whole.length);
    }
    return [...spans, span(rest, ...classes)].filter(({ text }) => text !== '');
  });
}

/** A line that is too long goes on below, from the start of a word; a flag stays with its value. */
function rowsOf(line: readonly Span[]): readonly (readonly Span[])[] {
  const rows: Span[][] = [[]];
  let column = 0;
  for (const { text, classes } of line) {
    for (const word of text.match(/ *(?:--[^ ]+ )?[^ ]+ ?| +/g) ?? []) {
      if (column > 0 && column + word.trimEnd().length > COLUMNS) {
        rows.push([]);
        column = HANGING_PX / COLUMN_PX;
      }
      const row = rows.at(-1) ?? [];
      const last = row.at(-1);
      if (last?.classes === classes) row.splice(-1, 1, { text: last.text + word, classes });
      else row.push({ text: word, classes });
      column += word.length;
    }
  }
  return rows;
}

/** One element a line, whatever its rows, so that a copy of the text has the lines of the terminal. */
function textElements(lines: readonly (readonly (readonly Span[])[])[]): readonly string[] {
  let row = 0;
  return lines.map((rows) => {
    const y = TITLE_BAR_PX + (row + 1) * ROW_PX;
    row += rows.length;
    const inside = rows.map((spans, index) =>
      index === 0
        ? spans.map(spanElement).join('')
        : `<tspan x="${MARGIN_PX + HANGING_PX}" dy="${ROW_PX}">${spans.map(spanElement).join('')}</tspan>`,
    );
    return `<text x="${MARGIN_PX}" y="${y}" xml:space="preserve">${inside.join('')}</text>`;
  });
}

function spanElement({ text, classes }: Span): string {
  if (classes.length === 0) return escaped(text);
  return `<tspan class="${classes.join(' ')}">${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
