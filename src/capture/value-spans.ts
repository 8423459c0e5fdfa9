/** Keys and indexes that lead to values; `*` is any of them. */
export type ValuePath = readonly string[];

/** A value's place in a JSON text, and which of the paths leads to it. */
export interface ValueSpan {
  readonly start: number;
  readonly end: number;
  /** Index into the paths. */
  readonly path: number;
}

interface Wanted {
  readonly steps: ValuePath;
  readonly path: number;
}

interface Walk {
  readonly json: string;
  readonly spans: ValueSpan[];
}

const INDEX = /^\d+$/;
const DEEPEST = 1_000;

/**
 * Finds every value that one of the paths leads to, in the order of the text, which must be valid
 * JSON. A path passes through lists whose index it does not name. Undefined for what is nested too deep.
 */
export function findValues(
  json: string,
  paths: readonly ValuePath[],
): readonly ValueSpan[] | undefined {
  const walk: Walk = { json, spans: [] };
  const wanted = paths.map((steps, path) => ({ steps, path }));
  const end = visit(walk, skipBlanks(json, 0), wanted, 0);
  return end === undefined ? undefined : walk.spans;
}

/** Gives the place after the value; undefined where it is nested too deep. */
function visit(
  walk: Walk,
  start: number,
  wanted: readonly Wanted[],
  depth: number,
): number | undefined {
  const here = wanted.find(({ steps }) => steps.length === 0);
  const end = endOf(walk, start, here === undefined ? wanted : [], depth);
  if (here !== undefined && end !== undefined) walk.spans.push({ start, end, path: here.path });
  return end;
}

function endOf(
  walk: Walk,
  start: number,
  wanted: readonly Wanted[],
  depth: number,
): number | undefined {
  if (depth > DEEPEST) return undefined;
  const first = walk.json[start];
  if (first === '{') return visitItems(walk, start, (key) => withKey(wanted, key), depth);
  if (first === '[') return visitItems(walk, start, (index) => withIndex(wanted, index), depth);
  return first === '"' ? stringEnd(walk.json, start) : wordEnd(walk.json, start);
}

/** The members of an object or the items of a list. */
function visitItems(
  walk: Walk,
  start: number,
  wantedIn: (name: string) => readonly Wanted[],
  depth: number,
): number | undefined {
  const { json } = walk;
  const isObject = json[start] === '{';
  const close = isObject ? '}' : ']';
  let at = skipBlanks(json, start + 1);
  for (let index = 0; json[at] !== close; index += 1) {
    const nameEnd = isObject ? stringEnd(json, at) : at;
    const name = isObject ? String(JSON.parse(json.slice(at, nameEnd))) : String(index);
    const value = isObject ? skipBlanks(json, skipBlanks(json, nameEnd) + 1) : at;
    const end = visit(walk, value, wantedIn(name), depth + 1);
    if (end === undefined) return undefined;
    at = skipBlanks(json, end);
    if (json[at] === ',') at = skipBlanks(json, at + 1);
  }
  return at + 1;
}

function withKey(wanted: readonly Wanted[], key: string): readonly Wanted[] {
  return wanted.filter(({ steps }) => steps[0] === key || steps[0] === '*').map(further);
}

function withIndex(wanted: readonly Wanted[], index: string): readonly Wanted[] {
  return wanted.flatMap((one) => {
    const [step = ''] = one.steps;
    if (step === index || step === '*') return [further(one)];
    return INDEX.test(step) ? [] : [one];
  });
}

function further({ steps, path }: Wanted): Wanted {
  return { steps: steps.slice(1), path };
}

function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function wordEnd(json: string, start: number): number {
  let at = start;
  while (at < json.length && !',]} \t\r\n'.includes(json[at] ?? '')) at += 1;
  return at;
}

function skipBlanks(json: string, start: number): number {
  let at = start;
  while (at < json.length && ' \t\r\n'.includes(json[at] ?? '')) at += 1;
  return at;
}
