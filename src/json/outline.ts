import { NO_END, valueEnd, visitItems } from './scan.js';

/** The keys of a JSON value and where it ends, for telling formats apart. */
export interface JsonOutline {
  /** Keys as they are escaped, with dots between, the items of a list being `[]`: `log.entries.[].request`. */
  readonly paths: ReadonlySet<string>;
  /** Just after the value; undefined where the text ends before it does. */
  readonly end: number | undefined;
}

const MAX_DEPTH = 6;
const OPENS = /[[{]/;

/** Reads the JSON value at a position; the text may be cut off anywhere and need not be valid. */
export function outlineJson(text: string, start: number): JsonOutline {
  const paths = new Set<string>();
  const end = outline(text, start, '', 0);
  return { paths, end: end === NO_END ? undefined : end };

  function outline(json: string, at: number, path: string, depth: number): number {
    if (depth >= MAX_DEPTH || !OPENS.test(json[at] ?? '')) return valueEnd(json, at);
    const isObject = json[at] === '{';
    return visitItems(json, at, (name, value) => {
      const inner = join(path, isObject ? name : '[]');
      if (isObject) paths.add(inner);
      return outline(json, value, inner, depth + 1);
    });
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
