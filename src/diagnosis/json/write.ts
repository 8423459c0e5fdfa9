import { ByteSink } from './byte-sink.js';
import type { NumberStyle } from './numbers.js';
import { type StringStyle, writeString } from './strings.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  type JsonTokens,
  KEY,
  NUMBER,
  OPEN_ARRAY,
  OPEN_OBJECT,
  STRIDE,
  STRING,
} from './tokens.js';

/** The white space a serialiser puts between tokens. */
export interface Layout {
  readonly comma: string;
  readonly colon: string;
  /** Each member on a line of its own, indented by this much more than its object. */
  readonly indent?: string;
  /** How arrays go when members have lines of their own: on lines too, or spaced in one line. */
  readonly arrays?: 'lines' | 'spaced';
  /** What an empty object becomes, where it is not `{}`. */
  readonly emptyObject?: string;
  /** What stands inside an empty object or array; a line end is followed by the indent. */
  readonly insideEmptyObject?: string;
  readonly insideEmptyArray?: string;
}

/** How a language writes JSON; what is left out is copied as it stands. */
export interface JsonStyle {
  readonly layout: Layout;
  readonly strings?: StringStyle;
  readonly numbers?: NumberStyle;
}

export const compact: Layout = { comma: ',', colon: ':' };

/** Writes the tokens in a language's way. */
export function writeJson(tokens: JsonTokens, style: JsonStyle): Uint8Array {
  const { table, count } = tokens;
  const line: Line = { depth: 0, atStart: true, afterKey: false };
  for (let index = 0; index < count; index += 1) {
    const kind = table[index * STRIDE] ?? 0;
    const next = table[(index + 1) * STRIDE];
    if (isEmptyContainer(kind, next, index + 1 < count)) {
      separate(kind, line, style.layout);
      writeEmpty(kind, line, style.layout);
      index += 1;
      line.atStart = false;
    } else if (kind === CLOSE_OBJECT || kind === CLOSE_ARRAY) close(kind, line, style.layout);
    else {
      separate(kind, line, style.layout);
      writeToken(tokens, index, style);
      open(kind, line, style.layout);
    }
  }
  return sink.take();
}

interface Line {
  depth: number;
  /** Nothing stands in the current container yet. */
  atStart: boolean;
  afterKey: boolean;
}

const sink = new ByteSink(4096);
const MAX_PLAIN_DIGITS = 15;

function isEmptyContainer(kind: number, next: number | undefined, hasNext: boolean): boolean {
  if (!hasNext) return false;
  if (kind === OPEN_OBJECT) return next === CLOSE_OBJECT;
  return kind === OPEN_ARRAY && next === CLOSE_ARRAY;
}

function writeEmpty(kind: number, line: Line, layout: Layout): void {
  const isObject = kind === OPEN_OBJECT;
  if (isObject && layout.emptyObject !== undefined) return sink.ascii(layout.emptyObject);
  const inside = isObject ? layout.insideEmptyObject : layout.insideEmptyArray;
  sink.ascii(isObject ? '{' : '[');
  if (inside !== undefined) sink.ascii(inside);
  if (inside?.endsWith('\n')) sink.ascii((layout.indent ?? '').repeat(line.depth));
  sink.ascii(isObject ? '}' : ']');
}

/** Writes what stands between the token before and this one. */
function separate(kind: number, line: Line, layout: Layout): void {
  if (line.afterKey) {
    line.afterKey = false;
    return;
  }
  if (!line.atStart) sink.ascii(layout.comma);
  if (layout.indent === undefined || line.depth === 0) return;
  if (kind === KEY || layout.arrays !== 'spaced') newLine(line.depth, layout.indent);
  else sink.ascii(' ');
}

function open(kind: number, line: Line, layout: Layout): void {
  if (kind === KEY) {
    sink.ascii(layout.colon);
    line.afterKey = true;
  }
  line.atStart = kind === OPEN_OBJECT || kind === OPEN_ARRAY;
  if (line.atStart && deepens(kind, layout)) line.depth += 1;
}

function close(kind: number, line: Line, layout: Layout): void {
  const opened = kind === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_ARRAY;
  if (deepens(opened, layout)) line.depth -= 1;
  if (layout.indent !== undefined) {
    if (deepens(opened, layout)) newLine(line.depth, layout.indent);
    else sink.ascii(' ');
  }
  sink.reserve(1);
  sink.byte(kind);
  line.atStart = false;
}

function deepens(opened: number, layout: Layout): boolean {
  return opened === OPEN_OBJECT || layout.arrays !== 'spaced';
}

function newLine(depth: number, indent: string): void {
  sink.ascii('\n');
  for (let level = 0; level < depth; level += 1) sink.ascii(indent);
}

function writeToken(tokens: JsonTokens, index: number, style: JsonStyle): void {
  const { bytes, table } = tokens;
  const kind = table[index * STRIDE] ?? 0;
  const start = table[index * STRIDE + 1] ?? 0;
  const end = table[index * STRIDE + 2] ?? 0;
  sink.reserve(end - start + 2);
  if ((kind === KEY || kind === STRING) && style.strings !== undefined) {
    sink.byte(STRING);
    writeString(sink, bytes, start + 1, end - 1, style.strings);
    sink.reserve(1);
    sink.byte(STRING);
  } else if (kind === NUMBER && isRewritten(bytes, start, end, style.numbers)) {
    const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
    sink.ascii(style.numbers?.write(text) ?? text);
  } else sink.copy(bytes, start, end);
}

function isRewritten(
  bytes: Uint8Array,
  start: number,
  end: number,
  style: NumberStyle | undefined,
): boolean {
  if (style === undefined) return false;
  if (style.floatsOnly || end - start > MAX_PLAIN_DIGITS) return true;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 || byte > 0x39) return true;
  }
  return false;
}
