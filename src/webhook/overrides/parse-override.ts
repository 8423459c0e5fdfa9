// The room of overrides: `path=value` changes to a body.
import { HookError } from '../../errors.js';
import { type BodyNode, readBody, textNode } from '../rendering/body-tree.js';

/**
 * A step into a body: a number is an index written `[0]`; a string is a key or, where the body has
 * an array, an index.
 */
export type PathStep = string | number;

/** One change to a body. */
export interface Override {
  readonly path: readonly PathStep[];
  readonly value: BodyNode;
}

const ASSIGNMENT = /^((?:\\.|[^\\=])*)=(.*)$/s;
const STEP = /(?:^|(?<!^)\.)((?:\\.|[^\\.[\]])+)|\[(\d{1,9})\]/gsy;
const HINT = 'Write path=value, e.g. amount=12.50, request.status=EXPIRED or items[0].name=tea.';

/**
 * Reads `path=value`. A path is keys and indexes: `a.b`, `a.0.b`, `a[0].b`; `\` takes the next
 * character of a key as it is. A value that is JSON is that JSON, numbers keeping their text;
 * any other value is a string as it stands, so `path=` sets the empty string.
 * @throws HookError `bad-override`
 */
export function parseOverride(text: string): Override {
  const [, path, value] = ASSIGNMENT.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new HookError('bad-override', `"${text}" says no value: there is no "=" in it.`, HINT);
  }
  return { path: parsePath(path), value: parseValue(value) };
}

/** A path as it is typed. */
export function pathText(path: readonly PathStep[]): string {
  const steps = path.map((step) =>
    typeof step === 'number' ? `[${step}]` : `.${step.replace(/[\\.[\]=]/g, '\\$&')}`,
  );
  return steps.join('').replace(/^\./, '');
}

function parsePath(text: string): readonly PathStep[] {
  const matches = [...text.matchAll(STEP)];
  const readLength = matches.reduce((length, [match]) => length + match.length, 0);
  if (text === '' || readLength < text.length) {
    throw new HookError('bad-override', `"${text}" is not a path into a body.`, HINT);
  }
  return matches.map(([, key, index]) => key?.replace(/\\(.)/gs, '$1') ?? Number(index));
}

/** JSON in which one key has two values would lose one of them, so it stays a string. */
function parseValue(text: string): BodyNode {
  try {
    return readBody(text);
  } catch (error) {
    if (error instanceof SyntaxError) return textNode(text);
    throw error;
  }
}
