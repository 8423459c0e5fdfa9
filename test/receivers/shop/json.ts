import { parse } from 'lossless-json';

/** Reads JSON without losing a digit. @throws SyntaxError */
export function readJson(text: string): unknown {
  return parse(text, undefined, { parseNumber: (digits) => new Digits(digits) });
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
  return typeof found === 'string' ? found : undefined;
}

/** The digits of a number as they were written; older samples write money as text. */
export function digitsAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return found instanceof Digits ? found.digits : undefined;
}

class Digits {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}
