import { asBuffer } from '../json-value.js';
import type { Line } from '../lines.js';

/** Puts the lines of an object or list that is laid out over several of them together. */
export interface BlockAssembler {
  push(line: Line): void;
  finish(): void;
}

const MOST_LINES = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** A first line ends so: `event: {`, or `{'a': 1,` and `{'a': 'b'` where Python lays it out. */
const ENDS_OPEN = /[{[(,'"]\s*$/;
const GOES_ON = /^(?:[ \t]|[\]})])/;
/** What log tools put before each line: docker compose, CRI, GitHub Actions, Heroku, syslog. */
const LINE_PREFIX = new RegExp(
  [
    String.raw`^(?:[\w.-]+ +\| ?`,
    String.raw`\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] |\S+\[[\w.-]+\]: )?`,
    String.raw`[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ [\w./-]+(?:\[\d+\])?: )`,
  ].join('|'),
);
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };
const SPECIAL = /["'`\\[\]{}()]/g;
const MOST_STARTS = 8;

/**
 * Passes lines on as they are, but for those of one value, which are passed on as one, its number
 * that of the first. Each line is looked at once: where a value turns out to be cut off, its lines are
 * still passed on as one, so that no part of it is taken for a whole.
 */
export function createBlockAssembler(onLine: (line: Line) => void): BlockAssembler {
  let pending: Line[] = [];
  let parts: string[] = [];
  let pendingBytes = 0;
  let hasPrefix = false;
  let nesting: BlockNesting | undefined;

  return { push, finish: passOn };

  function push(line: Line): void {
    if (nesting === undefined) return start(line);
    const text = textOf(line);
    const bare = hasPrefix ? text.replace(LINE_PREFIX, '') : text;
    const state = canGoOn(line, bare) ? nesting.feed(bare, 0) : 'broken';
    if (state === 'broken') {
      passOn();
      return start(line);
    }
    hold(line, bare);
    if (state === 'closed') passOn();
  }

  function start(line: Line): void {
    const text = line.ending === 'too-long' ? '' : textOf(line);
    const found = ENDS_OPEN.test(text) ? openNesting(text) : undefined;
    if (found === undefined) return onLine(line);
    nesting = found;
    hasPrefix = LINE_PREFIX.test(text);
    hold(line, text);
  }

  function canGoOn(line: Line, bare: string): boolean {
    const isSmall = pending.length < MOST_LINES && pendingBytes < MOST_BYTES;
    return isSmall && line.ending !== 'too-long' && (bare.trim() === '' || GOES_ON.test(bare));
  }

  function hold(line: Line, text: string): void {
    const buffer = Buffer.from(line.buffer.subarray(line.start, line.end));
    pending.push({ ...line, buffer, start: 0, end: buffer.length });
    parts.push(text);
    pendingBytes += buffer.length;
  }

  function passOn(): void {
    const [first] = pending;
    const last = pending.at(-1);
    const buffer = Buffer.from(parts.join('\n'), 'latin1');
    reset();
    if (first === undefined || last === undefined) return;
    onLine({ ...first, buffer, start: 0, end: buffer.length, ending: last.ending });
  }

  function reset(): void {
    pending = [];
    parts = [];
    pendingBytes = 0;
    nesting = undefined;
  }
}

function textOf({ buffer, start, end }: Line): string {
  return asBuffer(buffer).toString('latin1', start, end);
}

interface BlockNesting {
  feed(text: string, start: number): 'open' | 'closed' | 'broken';
}

/** The brackets that a line leaves open, counted from the first of them for which that works out. */
function openNesting(text: string): BlockNesting | undefined {
  let at = text.search(/[{[]/);
  for (let tries = 0; at !== -1 && tries < MOST_STARTS; tries += 1) {
    const nesting = createNesting();
    if (nesting.feed(text, at) === 'open') return nesting;
    const next = text.slice(at + 1).search(/[{[]/);
    at = next === -1 ? -1 : at + 1 + next;
  }
  return undefined;
}

function createNesting(): BlockNesting {
  const open: string[] = [];
  return {
    feed: (text, start) => {
      let quote: string | undefined;
      SPECIAL.lastIndex = start;
      for (let found = SPECIAL.exec(text); found !== null; found = SPECIAL.exec(text)) {
        const [character] = found;
        if (character === '\\') SPECIAL.lastIndex += 1;
        else if (quote !== undefined) quote = character === quote ? undefined : quote;
        else if (character in CLOSING) open.push(CLOSING[character] ?? '');
        else if (/["'`]/.test(character)) quote = open.length === 0 ? undefined : character;
        else if (open.length > 0 && open.pop() !== character) return 'broken';
      }
      if (quote !== undefined) return 'broken';
      return open.length === 0 ? 'closed' : 'open';
    },
  };
}
