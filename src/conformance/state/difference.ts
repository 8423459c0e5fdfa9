import { isUnread, type Leaves } from './leaves.js';

/** One path at which two states differ. An absent side has nothing at that path. */
export interface Difference {
  readonly path: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/**
 * Where two states differ, in the order of the paths of the first. One that could not be read differs
 * from none: a look that failed says nothing.
 */
export function differences(expected: Leaves, actual: Leaves): readonly Difference[] {
  if (isUnread(expected) || isUnread(actual)) return [];
  const paths = new Set([...expected.keys(), ...actual.keys()]);
  return [...paths].flatMap((path) => {
    const wanted = shown(expected.get(path));
    const found = shown(actual.get(path));
    return wanted === found ? [] : [{ path, expected: wanted, actual: found }];
  });
}

const TIME_STAMP = /^"\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Whether both sides are time stamps of a body: which event one is taken from is the receiver's affair. */
export function isOfTimes({ expected = '', actual = '' }: Difference): boolean {
  return TIME_STAMP.test(expected) && TIME_STAMP.test(actual);
}

/** Where two states differ beside the time stamps of bodies. */
export function ownDifferences(expected: Leaves, actual: Leaves): readonly Difference[] {
  return differences(expected, actual).filter((difference) => !isOfTimes(difference));
}

/** The paths at which two states differ. */
export function pathsThatDiffer(one: Leaves, other: Leaves): readonly string[] {
  return differences(one, other).map(({ path }) => path);
}

export function isEqual(expected: Leaves, actual: Leaves): boolean {
  if (expected.size !== actual.size) return false;
  for (const [path, texts] of expected) {
    if (shown(texts) !== shown(actual.get(path))) return false;
  }
  return true;
}

/** Whether two states differ nowhere but at these paths. */
export function isEqualBut(expected: Leaves, actual: Leaves, masked: ReadonlySet<string>): boolean {
  return pathsThatDiffer(expected, actual).every((path) => masked.has(path));
}

/** The one value at a path, when there is exactly one. */
export function single(leaves: Leaves, path: string): string | undefined {
  const texts = leaves.get(path);
  return texts?.length === 1 ? texts[0] : undefined;
}

function shown(texts: readonly string[] | undefined): string | undefined {
  return texts === undefined || texts.length === 1 ? texts?.[0] : `[${texts.join(', ')}]`;
}
