/**
 * The way out for text of others: names of files, headers, answers, keys and values of states, ids.
 * Each format has one function here; what comes out of it can break no line, move no cursor, turn no
 * writing around, and is no command to a program that reads the output.
 */

/** Characters that show nothing of their own: controls, formats, line separators, lone surrogates. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const SPELLED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Runners of CI take these for commands: `::name …::` at the start of a line, `##[name]` anywhere, and
 * `##vso[name]`. What a report writes behind a name may be its end, so the start of a word counts
 * without it; only an IPv6 address looks the same.
 */
const COMMAND = /(?<!\S)::(?=(?!ffff:)[a-z])|::(?=[a-z][a-z-]*(?:\s[^\n]*)?::)/gi;
const OLD_COMMAND = /##(?=[a-z]*\[)/gi;

/** Nearly all text is this, and needs no second look. */
const PLAIN = /^[\x20-\x7e\n✓✗·…]*$/;

/** A part of a line: line breaks are spelled out like everything that cannot be seen. */
export function inLine(text: string): string {
  return withoutCommands(text.replace(HIDDEN, (found) => SPELLED[found] ?? spelledOut(found)));
}

/** Several lines: line ends and tabs stay. */
export function inLines(text: string): string {
  return withoutCommands(
    text
      .replaceAll('\r\n', '\n')
      .replace(HIDDEN, (found) => (found === '\n' || found === '\t' ? found : spelledOut(found))),
  );
}

/** Text of a Markdown paragraph or table cell, shown as it is written: nothing in it is markup. */
export function inMarkdown(text: string): string {
  return inLine(text)
    .replace(/[\\`*_{}[\]()#+!|~$^=:-]/g, '\\$&')
    .replace(/[&<>@]/g, (found) => `&#${found.charCodeAt(0)};`);
}

/** A code span of Markdown, also in a table cell. */
export function inMarkdownCode(text: string): string {
  const shown = inLine(text).replaceAll('|', '\\u007c');
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A fenced block of Markdown, of lines that are safe each. */
export function markdownFence(lines: readonly string[]): readonly string[] {
  const shown = lines.map(inLine);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}text`, ...shown, fence];
}

/** The text of an XML attribute or element. Line ends are kept, as references. */
export function inXml(text: string): string {
  return inLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replace(/[\n\t]/g, (found) => `&#${found.charCodeAt(0)};`)
    .replace(/[\ufffe\uffff]/g, spelledOut);
}

/** The message of a workflow command of GitHub Actions, of several lines. */
export function inWorkflowMessage(text: string): string {
  return inLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** A property of a workflow command. */
export function inWorkflowProperty(text: string): string {
  return inLine(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A value as JSON that says the same and shows everything. */
export function jsonText(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  const text = json.includes('##') ? json.replace(OLD_COMMAND, '\\u0023#') : json;
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN_IN_JSON, (found) =>
    Array.from({ length: found.length }, (_, at) => unit(found.charCodeAt(at))).join(''),
  );
}

/** A value as one line of JSON. */
export function jsonLine(value: unknown): string {
  return `${jsonText(value)}\n`;
}

/** What `JSON.stringify` leaves: it spells out what is below a space, but for its own line ends. */
const HIDDEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The last look at a whole report for people, colours and all: whatever slipped through is spelled out
 * here, but for line ends, tabs and the colours of the palette.
 */
export function withoutControls(report: string): string {
  if (PLAIN.test(report)) return report;
  return report.replace(BESIDE_COLOURS, (found) =>
    found.startsWith('\u001b[') ? found : spelledOut(found),
  );
}

/** The codes of the palette stay whole; lone surrogates are for the writer of the stream to replace. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BESIDE_COLOURS = /\u001b\[(?:1|2|22|31|32|33|39)m|(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function withoutCommands(text: string): string {
  return text.replace(COMMAND, ':\\u003a').replace(OLD_COMMAND, '#\\u0023');
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : unit(code);
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
