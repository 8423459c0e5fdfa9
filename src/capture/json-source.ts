/**
 * The exact text of a value inside a JSON text that is known to be valid, found by the keys and
 * indexes that lead to it. Of a key given twice the last one counts, as for `JSON.parse`.
 */
export function sourceOf(json: string, keys: readonly string[]): string | undefined {
  let at = skipSpace(json, 0);
  for (const key of keys) {
    const inside = memberAt(json, at, key);
    if (inside === undefined) return undefined;
    at = inside;
  }
  return json.slice(at, valueEnd(json, at));
}

function memberAt(json: string, at: number, key: string): number | undefined {
  if (json[at] === '{') return propertyAt(json, at, key);
  return json[at] === '[' ? itemAt(json, at, key) : undefined;
}

function propertyAt(json: string, start: number, key: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(json, start + 1);
  while (json[at] === '"') {
    const nameEnd = stringEnd(json, at);
    const value = skipSpace(json, skipSpace(json, nameEnd) + 1);
    if (JSON.parse(json.slice(at, nameEnd)) === key) found = value;
    at = afterComma(json, valueEnd(json, value));
  }
  return found;
}

function itemAt(json: string, start: number, key: string): number | undefined {
  let at = skipSpace(json, start + 1);
  for (let index = 0; at < json.length && json[at] !== ']'; index += 1) {
    if (String(index) === key) return at;
    at = afterComma(json, valueEnd(json, at));
  }
  return undefined;
}

function afterComma(json: string, at: number): number {
  const next = skipSpace(json, at);
  return json[next] === ',' ? skipSpace(json, next + 1) : next;
}

function valueEnd(json: string, start: number): number {
  if (json[start] === '"') return stringEnd(json, start);
  if (json[start] === '{' || json[start] === '[') return containerEnd(json, start);
  return firstOf(json, start, /[,\]}\s]/g);
}

function containerEnd(json: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    at = firstOf(json, at, /["[\]{}]/g);
    if (json[at] === '"') {
      at = stringEnd(json, at);
    } else {
      depth += json[at] === '{' || json[at] === '[' ? 1 : -1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  return json.length;
}

function stringEnd(json: string, start: number): number {
  let at = firstOf(json, start + 1, /["\\]/g);
  while (json[at] === '\\') at = firstOf(json, at + 2, /["\\]/g);
  return at + 1;
}

function skipSpace(json: string, start: number): number {
  return firstOf(json, start, /[^\s]/g);
}

function firstOf(json: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(json)?.index ?? json.length;
}
