/** The keys of the first JSON value in a text and where it ends, for telling formats apart. */
export interface JsonOutline {
  /** Keys with dots between, the items of a list being `[]`: `log.entries.[].request`. */
  readonly paths: ReadonlySet<string>;
  /** Just after the value; undefined where the text ends before it does. */
  readonly end: number | undefined;
}

const MAX_DEPTH = 6;
const INTERESTING = /["[\]{},:]/g;

/** Reads the beginning of a JSON text; the text may be cut off anywhere and need not be valid. */
export function outlineJson(text: string, start: number): JsonOutline {
  const paths = new Set<string>();
  const open: { readonly closing: string; readonly path: string; key: string }[] = [];
  let at = start;
  let lastString = '';
  for (;;) {
    INTERESTING.lastIndex = at;
    const found = INTERESTING.exec(text);
    if (found === null) return { paths, end: undefined };
    const [character] = found;
    at = found.index + 1;
    const inner = open.at(-1);
    if (character === '"') {
      const end = stringEnd(text, at);
      if (end === undefined) return { paths, end: undefined };
      lastString = text.slice(at, end);
      at = end + 1;
    } else if (character === ':') {
      if (inner?.closing === '}') nameKey(inner, lastString);
    } else if (character === '{' || character === '[') {
      push(character, inner);
    } else if (character !== ',') {
      if (open.pop()?.closing !== character) return { paths, end: undefined };
      if (open.length === 0) return { paths, end: at };
    }
  }

  function nameKey(inner: { readonly path: string; key: string }, key: string): void {
    inner.key = key;
    if (open.length <= MAX_DEPTH) paths.add(join(inner.path, key));
  }

  function push(opening: '{' | '[', inner: { path: string; key: string } | undefined): void {
    const path = inner === undefined || open.length > MAX_DEPTH ? '' : join(inner.path, inner.key);
    open.push(
      opening === '{' ? { closing: '}', path, key: '' } : { closing: ']', path, key: '[]' },
    );
  }
}

function stringEnd(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return undefined;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
