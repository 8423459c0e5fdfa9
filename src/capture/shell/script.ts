// The room of the shell: as much of it as scripts with curl need, and nothing is ever run.
import { fileContent, outputOf } from './output.js';
import type { ScriptPart } from './parts.js';
import { nameOfCommand } from './runners.js';
import { joinTexts, type ShellText, substituted, unknownText } from './text.js';
import { type Expansions, expandText, readWord, type ShellWord } from './word.js';

/** One simple command of a script and the line it starts on, counted from 1. */
export interface ShellCommand {
  /** From its name on: what runs it, such as `sudo`, is left out. */
  readonly words: readonly ShellText[];
  readonly line: number;
  /** What it reads: a here-document, a here-string, a file, or what is piped into it. */
  readonly input?: ShellText | undefined;
}

export interface ShellScript {
  readonly commands: Iterable<ShellCommand>;
  /** The files that the script has written itself before the command that `commands` is at. */
  readonly written: ReadonlyMap<string, ShellText>;
}

interface HereDocument {
  readonly command: Draft;
  readonly delimiter: string;
  readonly expands: 'expands' | 'literal';
  readonly tabs: 'kept' | 'stripped';
}

interface Draft {
  words: ShellText[];
  line: number;
  /** Assignments count only until the command itself is named. */
  phase: 'assigning' | 'named';
  input?: ShellText;
  /** Whose output is piped into this one; a group of commands counts as unknown. */
  piped?: Draft | 'a-group';
  target?: { readonly path: ShellText; readonly isAppended: boolean };
}

/** Where the commands end that are being read: with the text, or with the parenthesis around them. */
type ScriptEnding = 'text' | 'parenthesis';

/** What all commands of a script share. */
interface Shared {
  readonly drafts: Draft[];
  readonly values: Map<string, ShellText>;
  expandedLength: number;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
const ASSIGNING: readonly string[] = ['export', 'local', 'readonly', 'declare', 'typeset'];
const LINE_BREAK = /\\\r?\n/y;
const REDIRECTION = /(\d*)(<<<|<<-?|<>|<&|<|>>|>&|>\||>)[ \t]*/y;
const SEPARATOR = /[;&|()\r]/;
const MAX_EXPANDED_LENGTH = 64 * 1024 * 1024;
const DEEPEST = 40;
const LEADING_TABS = /^\t+/;

/**
 * Splits a shell script, given in parts, into its simple commands, those in substitutions too, as far as reading the
 * commands of a capture needs it: quotes, line continuations, comments, here-documents, pipes and
 * variables that the script itself sets. What cannot be told is marked as unresolved. The script is
 * one character a byte; what is no script does not stop the reading.
 */
export function readScript(parts: readonly ScriptPart[]): ShellScript {
  const shared: Shared = { drafts: [], values: new Map(), expandedLength: 0 };
  for (const { script, firstLine } of parts) {
    const lineOf = lineCounter(script, firstLine);
    readList({ script, start: 0, ending: 'text', depth: 0, lineOf }, shared);
  }
  const written = new Map<string, ShellText>();
  return { commands: inOrder(shared.drafts, written), written };
}

interface ScriptStretch {
  readonly script: string;
  readonly start: number;
  readonly ending: ScriptEnding;
  readonly depth: number;
  readonly lineOf: (at: number) => number;
}

interface List {
  readonly end: number;
  readonly drafts: readonly Draft[];
}

function readList({ script, start, ending, depth, lineOf }: ScriptStretch, shared: Shared): List {
  const drafts: Draft[] = [];
  const documents: HereDocument[] = [];
  const expansions: Expansions = { variable, commands, backticks };
  let draft = newDraft();
  let parentheses = 0;
  let at = start;

  while (at < script.length && !isAtEnd()) at = step();
  endCommand();
  return { end: Math.min(at + 1, script.length), drafts };

  function isAtEnd(): boolean {
    return ending === 'parenthesis' && parentheses === 0 && script[at] === ')';
  }

  function step(): number {
    const character = script[at] ?? '';
    if (character === '\n') return newline();
    if (character === ' ' || character === '\t') return at + 1;
    const skipped = matchEnd(LINE_BREAK, script, at);
    if (skipped !== undefined) return skipped;
    if (character === '#') return lineEnd(script, at);
    if (/[<>\d]/.test(character) && script[at + 1] !== '(') {
      REDIRECTION.lastIndex = at;
      const found = REDIRECTION.exec(script);
      if (found !== null) return redirection(found, at + found[0].length);
    }
    return SEPARATOR.test(character) ? separator(character) : word();
  }

  function separator(character: string): number {
    if (character === '(') parentheses += 1;
    if (character === ')') parentheses = Math.max(0, parentheses - 1);
    const next = script[at + 1];
    if (character === '|' && next !== '|') {
      pipe();
      return at + (next === '&' ? 2 : 1);
    }
    endCommand();
    return at + (next === character ? 2 : 1);
  }

  function pipe(): void {
    const before = draft;
    const isGroup = before.words.length === 0 || before.words[0]?.text === '}';
    endCommand();
    draft.piped = isGroup || before.words[0]?.text === 'done' ? 'a-group' : before;
  }

  function word(): number {
    const line = lineOf(at);
    const found = readWord(script, at, expansions);
    if (found.end === at) return at + 1;
    if (draft.words.length === 0) draft.line = line;
    draft.words.push(found);
    assign(found, script.slice(at, Math.min(found.end, at + 256)));
    return found.end;
  }

  /** Past a limit variables are left as they are: a few lines of them can double without end. */
  function variable(name: string): ShellText | undefined {
    const value = shared.values.get(name);
    shared.expandedLength += value?.text.length ?? 0;
    return shared.expandedLength > MAX_EXPANDED_LENGTH ? undefined : value;
  }

  function commands(text: string, from: number): ShellWord {
    if (depth >= DEEPEST) return { ...unknownText('substitution'), end: text.length };
    const line = lineOf(at);
    const part = { script: text, start: from, ending: 'parenthesis', depth: depth + 1 } as const;
    const list = readList({ ...part, lineOf: text === script ? lineOf : () => line }, shared);
    return { ...printedBy(list), end: list.end };
  }

  function backticks(inside: string): ShellText {
    if (depth >= DEEPEST) return unknownText('substitution');
    const line = lineOf(at);
    const part = { script: inside, start: 0, ending: 'text', depth: depth + 1 } as const;
    return printedBy(readList({ ...part, lineOf: () => line }, shared));
  }

  function assign(found: ShellText, source: string): void {
    if (draft.phase === 'named') return;
    const name = ASSIGNMENT.exec(source)?.[1];
    if (name !== undefined) shared.values.set(name, valueAfter(found, name.length + 1));
    else if (!ASSIGNING.includes(found.text)) draft.phase = 'named';
  }

  function redirection([, descriptor, operator = '']: RegExpExecArray, from: number): number {
    const target = readWord(script, from, expansions);
    if (operator === '<<<') draft.input = joinTexts([target, { text: '\n' }]);
    else if (operator.startsWith('<<')) documents.push(hereDocument(operator, from, target));
    else if (operator === '<') draft.input = fileContent(target);
    else if (operator.startsWith('>') && (descriptor === '' || descriptor === '1')) {
      draft.target = { path: target, isAppended: operator === '>>' };
    }
    return Math.max(target.end, from);
  }

  function hereDocument(operator: string, from: number, target: ShellWord): HereDocument {
    const quoted = /['"\\]/.test(script.slice(from, target.end));
    return {
      command: draft,
      delimiter: target.text,
      expands: quoted ? 'literal' : 'expands',
      tabs: operator.endsWith('-') ? 'stripped' : 'kept',
    };
  }

  /** After a pipe the next line goes on with it. */
  function newline(): number {
    if (draft.words.length > 0) endCommand();
    let next = at + 1;
    for (const document of documents.splice(0)) next = readDocument(document, next);
    return next;
  }

  function readDocument(document: HereDocument, from: number): number {
    const lines: string[] = [];
    let next = from;
    while (next < script.length) {
      const end = lineEnd(script, next);
      const whole = script.slice(next, end);
      const line = document.tabs === 'stripped' ? whole.replace(LEADING_TABS, '') : whole;
      next = end + 1;
      if (line.replace(/\r$/, '') === document.delimiter) break;
      lines.push(`${line}\n`);
    }
    const text = lines.join('');
    document.command.input =
      document.expands === 'literal' ? { text } : withoutEnd(expandText(text, expansions));
    return next;
  }

  function endCommand(): void {
    if (draft.words.length > 0 || draft.input !== undefined) {
      drafts.push(draft);
      shared.drafts.push(draft);
    }
    draft = newDraft();
  }
}

function newDraft(): Draft {
  return { words: [], line: 1, phase: 'assigning' };
}

function valueAfter(word: ShellText, length: number): ShellText {
  const { text, unresolved, files } = word;
  const moved = files?.map((file) => ({ ...file, at: file.at - length }));
  return { text: text.slice(length), unresolved, files: moved };
}

function withoutEnd({ text, unresolved, files }: ShellWord): ShellText {
  return { text, unresolved, files };
}

/** What the commands of a substitution print, where it is one command or one pipe. */
function printedBy({ drafts }: List): ShellText {
  const last = drafts.at(-1);
  const isOne = drafts.every((draft, index) => index === 0 || draft.piped === drafts[index - 1]);
  const printed = last === undefined || !isOne ? unknownText('substitution') : printedOf(last, 0);
  return printed.unresolved?.kind === 'another-command'
    ? unknownText('substitution')
    : substituted(printed);
}

function printedOf(draft: Draft, depth: number): ShellText {
  if (depth > DEEPEST || draft.target !== undefined) return unknownText('another-command');
  if (draft.words.length === 0) return draft.input ?? unknownText('another-command');
  return outputOf(nameOfCommand(draft.words), inputOf(draft, depth + 1));
}

function inputOf({ input, piped }: Draft, depth: number): ShellText | undefined {
  if (input !== undefined || piped === undefined) return input;
  return piped === 'a-group' ? unknownText('another-command') : printedOf(piped, depth);
}

function* inOrder(
  drafts: readonly Draft[],
  written: Map<string, ShellText>,
): Generator<ShellCommand> {
  for (const { words, line, target, ...draft } of drafts) {
    const input = inputOf({ words, line, ...draft }, 0);
    const command = { words: nameOfCommand(words), line, input };
    yield command;
    if (target?.path.unresolved === undefined && target !== undefined) {
      const output = outputOf(command.words, input);
      written.set(target.path.text, target.isAppended ? unknownText('another-command') : output);
    }
  }
}

function lineCounter(script: string, firstLine: number): (at: number) => number {
  let line = firstLine;
  let counted = 0;
  return (at) => {
    if (at < counted) return line;
    line += script.slice(counted, at).split('\n').length - 1;
    counted = at;
    return line;
  };
}

function matchEnd(pattern: RegExp, script: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const length = pattern.exec(script)?.[0].length;
  return length === undefined ? undefined : at + length;
}

function lineEnd(script: string, at: number): number {
  const newline = script.indexOf('\n', at);
  return newline === -1 ? script.length : newline;
}
