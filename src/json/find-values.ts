import { NO_END, nameText, skipBlanks, valueEnd, visitItems } from './scan.js';

/** Keys and indexes that lead to values; `*` is any of them. */
export type ValuePath = readonly string[];

/** A value's place in a JSON text, and which of the paths leads to it. */
export interface ValueSpan {
  readonly start: number;
  readonly end: number;
  /** Index into the paths. */
  readonly path: number;
}

interface WantedValue {
  readonly steps: ValuePath;
  readonly path: number;
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
  const spans: ValueSpan[] = [];
  const wanted = paths.map((steps, path) => ({ steps, path }));
  return visit(skipBlanks(json, 0), wanted, 0) === NO_END ? undefined : spans;

  function visit(start: number, looking: readonly WantedValue[], depth: number): number {
    if (depth > DEEPEST) return NO_END;
    const here = looking.find(({ steps }) => steps.length === 0);
    const end = here === undefined ? insideEnd(start, looking, depth) : valueEnd(json, start);
    if (here !== undefined && end !== NO_END) spans.push({ start, end, path: here.path });
    return end;
  }

  function insideEnd(start: number, looking: readonly WantedValue[], depth: number): number {
    const first = json[start];
    if (first !== '{' && first !== '[') return valueEnd(json, start);
    const further = first === '{' ? withKey : withIndex;
    return visitItems(json, start, (name, value) =>
      visit(value, further(looking, name), depth + 1),
    );
  }
}

function withKey(wanted: readonly WantedValue[], name: string): readonly WantedValue[] {
  const key = nameText(name);
  return wanted.filter(({ steps }) => steps[0] === key || steps[0] === '*').map(furtherOn);
}

function withIndex(wanted: readonly WantedValue[], index: string): readonly WantedValue[] {
  return wanted.flatMap((one) => {
    const [step = ''] = one.steps;
    if (step === index || step === '*') return [furtherOn(one)];
    return INDEX.test(step) ? [] : [one];
  });
}

function furtherOn({ steps, path }: WantedValue): WantedValue {
  return { steps: steps.slice(1), path };
}
