/** Up to the next number, and the number. */
const NUMBER = /((?:"(?:[^"\\]|\\.)*"|[^"\d-])*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/gy;
/** Marks the digits of a number among strings; no text of Inqud's begins with a control character. */
const DIGITS = '\u0001';

/** Reads JSON without losing a digit. @throws SyntaxError */
export function readJson(text: string): unknown {
  return JSON.parse(text.replace(NUMBER, '$1"\\u0001$2"'));
}

/** What is at a path, or undefined where there is nothing or null. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value;
  for (const name of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.getOwnPropertyDescriptor(here, name)?.value;
  }
  return here ?? undefined;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && !found.startsWith(DIGITS) ? found : undefined;
}

/** The digits of a number as they were written; older samples write money as text. */
export function digitsAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found.startsWith(DIGITS) ? found.slice(1) : undefined;
}
