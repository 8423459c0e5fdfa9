import { NO_END, skipBlanks, stringEnd, valueEnd, visitItems } from '../../json/scan.js';

/**
 * Visits the members at the top of a JSON object, in order, until the visitor has seen enough. The
 * text is given as bytes decoded as Latin-1 and need not be valid: this is for a look, not for proof.
 * A member that holds a string comes with the text between its quotes, as it is escaped.
 */
export function visitTopLevel(
  json: string,
  visit: (name: string, text: string | undefined) => 'enough' | 'more',
): void {
  const start = skipBlanks(json, 0);
  if (json[start] !== '{') return;
  visitItems(json, start, (name, value) => {
    const isText = json[value] === '"';
    const end = isText ? stringEnd(json, value) : valueEnd(json, value);
    if (isText && end === NO_END) return NO_END;
    const text = isText ? json.slice(value + 1, end - 1) : undefined;
    return visit(name, text) === 'enough' ? NO_END : end;
  });
}
