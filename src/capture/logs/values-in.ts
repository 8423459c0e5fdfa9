import { NO_END, stringEnd, valueEnd } from '../../json/scan.js';
import { parseJson } from '../json-value.js';
import { readPrinted } from './printed-value.js';

/** A value that stands in a text, among other things. */
export interface LoggedValue {
  readonly value: unknown;
  /** Its JSON as it stands there; undefined where Python or Node printed it. */
  readonly json: string | undefined;
}

export interface LoggedValues {
  readonly values: readonly LoggedValue[];
  /** An object starts here that is cut off, or not valid: what follows it was not looked at. */
  readonly isBroken: boolean;
}

const OPENS = /[[{]/g;
const OPENS_OBJECT = /^\{\s*(?:["'}]|\w+:)|^\[\s*\{\s*["']/;
/** What JSON can begin with; a look is cheaper than trying to read `[Object]` and `[INFO]`. */
const MAY_BE_JSON = /[[{]\s*[\]}"\d[{tfn-]/y;
const MOST_NESTED_TEXTS = 4;

/**
 * The objects and lists in a text, whatever stands around them: JSON, JSON in a quoted string, and
 * what Python or Node print. Never a part of one: where one is cut off, the rest is left alone.
 */
export function valuesIn(text: string, depth = 0): LoggedValues {
  const values: LoggedValue[] = [];
  let scannedChars = 0;
  const mostChars = 4 * text.length + 100_000;
  OPENS.lastIndex = 0;
  let at = nextOpening(text, 0);
  while (at !== undefined && scannedChars <= mostChars) {
    const found = valueAt(text, at, depth);
    if (found === undefined) {
      if (OPENS_OBJECT.test(text.slice(at, at + 200))) return { values, isBroken: true };
      scannedChars += text.length - at;
      at = nextOpening(text, at + 1);
    } else {
      values.push(...found.values);
      at = nextOpening(text, found.end);
    }
  }
  return { values, isBroken: at !== undefined };
}

function nextOpening(text: string, start: number): number | undefined {
  OPENS.lastIndex = start;
  return OPENS.exec(text)?.index;
}

function valueAt(text: string, at: number, depth: number) {
  MAY_BE_JSON.lastIndex = at;
  const end = MAY_BE_JSON.test(text) ? valueEnd(text, at) : NO_END;
  if (end !== NO_END) {
    const json = text.slice(at, end);
    const value = parseJson(json);
    if (value !== undefined) return { values: [{ value, json }], end };
  }
  return quotedAt(text, at, depth) ?? printedAt(text, at);
}

/** `msg="{\"id\":1}"`, as logfmt has it: the text of the string, and what is in that. */
function quotedAt(text: string, at: number, depth: number) {
  if (text[at - 1] !== '"' || !/^[[{]\s*\\"/.test(text.slice(at, at + 50))) return undefined;
  const end = stringEnd(text, at - 1);
  const inner = end === NO_END ? undefined : parseJson(text.slice(at - 1, end));
  if (typeof inner !== 'string' || depth >= MOST_NESTED_TEXTS) return undefined;
  const { values, isBroken } = valuesIn(inner, depth + 1);
  return isBroken ? undefined : { values, end };
}

function printedAt(text: string, at: number) {
  const printed = readPrinted(text, at);
  if (printed === undefined) return undefined;
  return { values: [{ value: printed.value, json: undefined }], end: printed.end };
}
