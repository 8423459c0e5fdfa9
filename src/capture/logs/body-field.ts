export const NO_BODY = 'The entry has no body.';

/** Other keys are not spelled out: a path of them could not be typed as it is. */
const TYPEABLE = /^[\w@.-]+$/;
const MOST_FIELDS = 3;

/** A path as `--body-field` takes it, where it can be typed. */
export function fieldOf(path: readonly string[]): string | undefined {
  return path.length > 0 && path.every((key) => TYPEABLE.test(key)) ? path.join('.') : undefined;
}

/** What to type where one of these fields holds the body. */
export function bodyFieldHint(fields: readonly string[]): string | undefined {
  const [field, ...others] = fields.slice(0, MOST_FIELDS);
  if (field === undefined) return undefined;
  const or = others.map((other) => `, or ${other}`).join('');
  return `Name the field that holds it: --body-field ${field}${or}.`;
}
