import { readAnsiC } from './ansi-c.js';
import { joinTexts, type ShellText, unknownText } from './text.js';

const ANOTHER_COMMAND = unknownText('another-command');
const ANY_DIRECTIVE = /%[^%sb]/;
const MOST_ROUNDS = 100_000;

/**
 * What a command prints, where its words tell: `printf` and `echo` of literals, `cat` of files, each
 * as bash has it. `input` is what the command reads.
 */
export function outputOf(words: readonly ShellText[], input: ShellText | undefined): ShellText {
  const [name, ...given] = words;
  if (name?.text === 'printf') return printf(given);
  if (name?.text === 'echo') return echo(given);
  if (name?.text === 'cat') return cat(given, input);
  return ANOTHER_COMMAND;
}

function printf(given: readonly ShellText[]): ShellText {
  const [format, ...values] = given[0]?.text === '--' ? given.slice(1) : given;
  if (format === undefined || format.unresolved !== undefined || format.files !== undefined) {
    return ANOTHER_COMMAND;
  }
  if (format.text.startsWith('-') || ANY_DIRECTIVE.test(format.text.replaceAll('%%', ''))) {
    return ANOTHER_COMMAND;
  }
  return joinTexts(rounds(format.text, values));
}

/** The format is used again until no value is left. */
function rounds(format: string, values: readonly ShellText[]): readonly ShellText[] {
  const pieces = format.split(/(%[%sb])/);
  const taking = pieces.filter((piece) => piece === '%s' || piece === '%b').length;
  const count = taking === 0 ? 1 : Math.max(1, Math.ceil(values.length / taking));
  if (count > MOST_ROUNDS) return [ANOTHER_COMMAND];
  const rest = values[Symbol.iterator]();
  return Array.from({ length: count }).flatMap(() =>
    pieces.map((piece) => printed(piece, () => rest.next().value ?? { text: '' })),
  );
}

function printed(piece: string, next: () => ShellText): ShellText {
  if (piece === '%%') return { text: '%' };
  if (piece === '%s') return next();
  if (piece === '%b') return undoBackslashes(next(), 'value');
  return undoBackslashes({ text: piece }, 'format');
}

function echo(given: readonly ShellText[]): ShellText {
  const flags = given.findIndex(({ text }) => !/^-[neE]+$/.test(text));
  const options = given.slice(0, flags === -1 ? given.length : flags).map(({ text }) => text);
  const words = given.slice(options.length);
  const spaced = words.flatMap((word, index) => (index === 0 ? [word] : [{ text: ' ' }, word]));
  const letters = options.join('');
  const shown = joinTexts(spaced);
  const text =
    letters.lastIndexOf('e') > letters.lastIndexOf('E') ? undoBackslashes(shown, 'echo') : shown;
  return letters.includes('n') ? text : joinTexts([text, { text: '\n' }]);
}

function cat(given: readonly ShellText[], input: ShellText | undefined): ShellText {
  const stdin = input ?? ANOTHER_COMMAND;
  if (given.length === 0) return stdin;
  return joinTexts(given.map((word) => (word.text === '-' ? stdin : fileContent(word))));
}

/** The content of a file that a word names. */
export function fileContent(path: ShellText): ShellText {
  const isKnown = path.unresolved === undefined && path.files === undefined;
  if (!isKnown || path.text.startsWith('-')) return ANOTHER_COMMAND;
  return { text: '', files: [{ path: path.text, at: 0, how: 'whole' }] };
}

/** Where backslashes are undone, and what a backslash does not change there. */
const KEPT = { format: /[c]/, value: /[c'"]/, echo: /[c'"?1-7]/ } as const;

/** Backslashes mean what they mean in `$'…'`, but for these few and for octal numbers with a zero. */
function undoBackslashes(given: ShellText, where: keyof typeof KEPT): ShellText {
  if (!given.text.includes('\\')) return given;
  if (given.files !== undefined || given.text.includes('\\c')) return ANOTHER_COMMAND;
  const quoted = given.text.replace(/\\0?([0-7]{1,3})|\\([\s\S])|'/g, (found, octal, character) =>
    asAnsiC(found, octal, character, where),
  );
  return { ...given, text: readAnsiC(quoted, 0).text };
}

function asAnsiC(
  found: string,
  octal: string | undefined,
  character: string | undefined,
  where: keyof typeof KEPT,
): string {
  if (octal !== undefined) return octalNumber(found, where);
  if (character === undefined) return "\\'";
  if (!KEPT[where].test(character)) return found;
  return character === "'" ? "\\\\\\'" : `\\\\${character}`;
}

function octalNumber(found: string, where: keyof typeof KEPT): string {
  const hasZero = found.startsWith('\\0') && found.length > 2;
  if (where === 'echo')
    return found[1] === '0' ? `\\${found.slice(hasZero ? 2 : 1)}` : `\\${found}`;
  return where === 'value' && hasZero ? `\\${found.slice(2)}` : found;
}
