/** A span of text in one style. */
interface Span {
  readonly text: string;
  readonly classes: readonly string[];
}

const COLUMNS = 84;
const CHARACTER_PX = 8.4;
const LINE_PX = 20;
const MARGIN_PX = 20;
const TITLE_BAR_PX = 36;
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

/** A picture of a terminal in which a command has printed this, colours and all. */
export function terminalPicture(command: string, output: string, description: string): string {
  const lines = [
    ...wrapped([[span('$ ', 'prompt'), span(command, 'bold')]]),
    ...wrapped(styledLines(output.trimEnd())),
  ];
  const width = Math.ceil(COLUMNS * CHARACTER_PX + 2 * MARGIN_PX);
  const height = TITLE_BAR_PX + lines.length * LINE_PX + MARGIN_PX;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(description)}</title>
<style>
text { font: 14px ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d7dae0; white-space: pre; }
.bold { font-weight: bold; fill: #ffffff; } .dim { fill: #8b93a1; } .prompt { fill: #8b93a1; }
.red { fill: #ff7b72; } .green { fill: #7ee787; } .yellow { fill: #f2cc60; } .cyan { fill: #76e3ea; }
</style>
<rect width="${width}" height="${height}" rx="10" fill="#161b22" stroke="#30363d"/>
<circle cx="22" cy="18" r="6" fill="#ff5f57"/><circle cx="42" cy="18" r="6" fill="#febc2e"/><circle cx="62" cy="18" r="6" fill="#28c840"/>
${lines.map(lineText).join('\n')}
</svg>
`;
}

/** What the picture says, a line each. */
export function textOfPicture(svg: string): string {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)]
    .map(([, line = '']) => unescaped(line.replace(/<[^>]+>/g, '')).trimEnd())
    .join('\n');
}

function span(text: string, ...classes: readonly string[]): Span {
  return { text, classes };
}

function styledLines(output: string): readonly (readonly Span[])[] {
  let classes: readonly string[] = [];
  return output.split('\n').map((line) => {
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

/** As a terminal wraps what is too long. */
function wrapped(lines: readonly (readonly Span[])[]): readonly (readonly Span[])[] {
  return lines.flatMap((spans) => {
    const rows: Span[][] = [[]];
    let column = 0;
    for (const { text, classes } of spans) {
      for (let rest = text; rest !== ''; ) {
        if (column === COLUMNS) {
          rows.push([]);
          column = 0;
        }
        const part = rest.slice(0, COLUMNS - column);
        rows.at(-1)?.push({ text: part, classes });
        column += part.length;
        rest = rest.slice(part.length);
      }
    }
    return rows;
  });
}

function lineText(spans: readonly Span[], index: number): string {
  const y = TITLE_BAR_PX + (index + 1) * LINE_PX - 4;
  const inside = spans.map(({ text, classes }) =>
    classes.length === 0
      ? escaped(text)
      : `<tspan class="${classes.join(' ')}">${escaped(text)}</tspan>`,
  );
  return `<text x="${MARGIN_PX}" y="${y}">${inside.join('')}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
