// The room of the pages: a report as one file of HTML, that asks for nothing else.
import { inLine } from '../foreign-text.js';

/** What can stand in a page: markup of ours, or text, which is shown as it is written. */
export type MarkupValue = Markup | string | number | undefined | readonly MarkupValue[];

/** A piece of a page. Only the `html` tag makes it, so that no text can pass for markup. */
export class Markup {
  readonly #literals: readonly string[];
  readonly #values: readonly MarkupValue[];

  constructor(strings: TemplateStringsArray, values: readonly MarkupValue[]) {
    this.#literals = strings;
    this.#values = values;
  }

  /** Calls back with each piece in order: our own markup as it is, and text. */
  visit(literal: (text: string) => void, text: (text: string) => void): void {
    this.#literals.forEach((part, index) => {
      literal(part);
      visitValue(this.#values[index], literal, text);
    });
  }
}

/** Markup with values in it; those of attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings, values);
}

/**
 * The text of a page. All text in it passes `shown`, which hides secrets, before it is escaped: in
 * the markup around it a secret that is a common word would break the page, and tell nothing.
 */
export function writtenMarkup(markup: Markup, shown: (text: string) => string): string {
  const pieces: string[] = [];
  markup.visit(
    (literal) => pieces.push(literal),
    (text) => pieces.push(inHtml(shown(text))),
  );
  return pieces.join('');
}

/** Text of an element or of a quoted attribute. What cannot be seen, or turns writing, is spelled out. */
export function inHtml(text: string): string {
  return inLine(text).replace(/[&<>"'`]/g, (found) => `&#${found.charCodeAt(0)};`);
}

function visitValue(
  value: MarkupValue,
  literal: (text: string) => void,
  text: (text: string) => void,
): void {
  if (value === undefined) return;
  if (value instanceof Markup) return value.visit(literal, text);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return text(String(value));
  for (const one of value) visitValue(one, literal, text);
}
