import { type MalformedCapture, malformed } from '../record.js';

/** A text after its variables were filled in. */
export interface FilledText {
  readonly text: string;
  /** The first variable that is not set here, as it is called; never an expression. */
  readonly unknown?: string | undefined;
}

export interface Variables {
  fillIn(text: string): FilledText;
  missing(wanted: 'body' | 'digest', unknown: string): MalformedCapture;
}

const REFERENCE = /\{\{([^{}\n]*)\}\}/g;
const DEFINITION = /^\s*@([^\s=]+)\s*=\s*(.*?)\s*$/;
const EXPRESSION = 'an expression in braces';
const NAME = /^[$\w.-]{1,60}(?=\s|$)/;
/** Variables may be made of others; more steps than this are not followed. */
const MOST_STEPS = 10;
const MAX_FILLED_LENGTH = 64 * 1024 * 1024;

/** The variables that a file sets with lines such as `@host = localhost:3000`. */
export function createVariables(lines: readonly string[]): Variables {
  return variablesOf(
    new Map(
      lines.flatMap((line) => {
        const [, name, value] = DEFINITION.exec(line) ?? [];
        return name === undefined || value === undefined ? [] : [[name, value] as const];
      }),
    ),
  );
}

/** Variables of a tool that writes `{{name}}`; what they are called must be set in the file itself. */
export function variablesOf(values: ReadonlyMap<string, string>): Variables {
  let filledLength = 0;
  return { fillIn: (text) => fillIn(text, 0), missing };

  function fillIn(given: string, steps: number): FilledText {
    let unknown: string | undefined;
    const text = given.replace(REFERENCE, (reference, inside: string) => {
      const name = inside.trim();
      const value = steps < MOST_STEPS ? values.get(name) : undefined;
      filledLength += value?.length ?? 0;
      if (value === undefined || filledLength > MAX_FILLED_LENGTH) {
        unknown ??= called(name);
        return reference;
      }
      const filled = fillIn(value, steps + 1);
      unknown ??= filled.unknown;
      return filled.text;
    });
    return { text, unknown: unknown ?? (holdsBraces(text) ? EXPRESSION : undefined) };
  }
}

function called(name: string): string {
  const plain = NAME.exec(name)?.[0];
  return plain === undefined ? EXPRESSION : `{{${plain}}}`;
}

/** No JSON outside of its strings opens two objects at once. */
function holdsBraces(text: string): boolean {
  const opening = text.indexOf('{{');
  return opening !== -1 && text.indexOf('}}', opening) !== -1;
}

function missing(wanted: 'body' | 'digest', unknown: string): MalformedCapture {
  return malformed(
    `The ${wanted} holds ${unknown}, which this file does not set.`,
    `Write its value in its place, as it was sent.`,
  );
}
