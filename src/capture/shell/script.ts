import { expandText, readWord, type ShellText, type ShellWord, type Variables } from './word.js';

/** One simple command of a script and the line it starts on, counted from 1. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly line: number;
  /** A here-document or here-string. */
  readonly input?: ShellText | undefined;
}

interface HereDocument {
  readonly command: Draft;
  readonly delimiter: string;
  readonly expands: 'expands' | 'literal';
  readonly tabs: 'kept' | 'stripped';
}

interface Draft {
  words: ShellWord[];
  line: number;
  /** Assignments count only until the command itself is named. */
  phase: 'assigning' | 'named';
  input?: ShellText;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
const ASSIGNING: readonly string[] = ['export', 'local', 'readonly', 'declare'];
const LINE_BREAK = /\\\r?\n/y;
const REDIRECTION = /\d*(?:<<<|<<-?|<>|<&|<|>>|>&|>\||>)[ \t]*/y;
const SEPARATOR = /[;&|()\r]/;
const MAX_EXPANDED_LENGTH = 64 * 1024 * 1024;
const LEADING_TABS = /^\t+/;

/**
 * Splits a shell script into its simple commands, as far as reading the commands of a capture
 * needs it: quotes, line continuations, comments, here-documents and variables that the script
 * itself sets to fixed text. The script is one character a byte.
 */
export function readCommands(script: string): readonly ShellCommand[] {
  const commands: Draft[] = [];
  const values = new Map<string, ShellText>();
  let expandedLength = 0;
  const documents: HereDocument[] = [];
  const lineOf = lineCounter(script);
  let draft = newDraft();
  let at = 0;

  while (at < script.length) at = step();
  endCommand();
  return commands;

  function step(): number {
    const character = script[at] ?? '';
    if (character === '\n') return newline();
    if (character === ' ' || character === '\t') return at + 1;
    const skipped = matchEnd(LINE_BREAK, script, at);
    if (skipped !== undefined) return skipped;
    if (character === '#') return lineEnd(script, at);
    const target = matchEnd(REDIRECTION, script, at);
    if (target !== undefined) return redirection(script.slice(at, target).trim(), target);
    if (SEPARATOR.test(character)) {
      endCommand();
      return at + 1;
    }
    return word();
  }

  function word(): number {
    const found = readWord(script, at, variables);
    if (found.end === at) return at + 1;
    if (draft.words.length === 0) draft.line = lineOf(at);
    draft.words.push(found);
    assign(found, script.slice(at, found.end));
    return found.end;
  }

  /** Past a limit variables are left as they are: a few lines of them can double without end. */
  function variables(name: string): ShellText | undefined {
    const value = values.get(name);
    expandedLength += value?.text.length ?? 0;
    return expandedLength > MAX_EXPANDED_LENGTH ? undefined : value;
  }

  function assign({ text, unresolved }: ShellWord, source: string): void {
    const name = ASSIGNMENT.exec(source)?.[1];
    if (draft.phase === 'named') return;
    if (name !== undefined) values.set(name, { text: text.slice(name.length + 1), unresolved });
    else if (!ASSIGNING.includes(text)) draft.phase = 'named';
  }

  function redirection(operator: string, start: number): number {
    const target = readWord(script, start, variables);
    const { text, unresolved } = target;
    if (operator.endsWith('<<<')) draft.input = { text: `${text}\n`, unresolved };
    else if (operator.includes('<<')) documents.push(hereDocument(operator, start, target));
    return Math.max(target.end, start);
  }

  function hereDocument(operator: string, start: number, target: ShellWord): HereDocument {
    const quoted = /['"\\]/.test(script.slice(start, target.end));
    return {
      command: draft,
      delimiter: target.text,
      expands: quoted ? 'literal' : 'expands',
      tabs: operator.endsWith('-') ? 'stripped' : 'kept',
    };
  }

  function newline(): number {
    endCommand();
    let next = at + 1;
    for (const document of documents.splice(0)) next = readDocument(document, next);
    return next;
  }

  function readDocument(document: HereDocument, start: number): number {
    const lines: string[] = [];
    let next = start;
    while (next < script.length) {
      const end = lineEnd(script, next);
      const whole = script.slice(next, end);
      const line = document.tabs === 'stripped' ? whole.replace(LEADING_TABS, '') : whole;
      next = end + 1;
      if (line.replace(/\r$/, '') === document.delimiter) break;
      lines.push(`${line}\n`);
    }
    document.command.input = documentInput(document, lines.join(''), variables);
    return next;
  }

  function endCommand(): void {
    if (draft.words.length > 0) commands.push(draft);
    draft = newDraft();
  }
}

function newDraft(): Draft {
  return { words: [], line: 1, phase: 'assigning' };
}

function documentInput({ expands }: HereDocument, text: string, variables: Variables) {
  if (expands === 'literal') return { text };
  const { text: expanded, unresolved } = expandText(text, variables);
  return { text: expanded, unresolved };
}

function lineCounter(script: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
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
