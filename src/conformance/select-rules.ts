import { HookError } from '../errors.js';
import type { Rule } from './rule.js';

/**
 * The rules whose ids match one of the patterns and none of those to skip; `*` stands for anything.
 * @throws HookError `bad-flag` for a pattern that matches no rule
 */
export function selectRules(
  rules: readonly Rule[],
  wanted: readonly string[],
  unwanted: readonly string[],
): readonly Rule[] {
  for (const pattern of [...wanted, ...unwanted]) {
    if (rules.some(({ id }) => matches(id, pattern))) continue;
    throw new HookError(
      'bad-flag',
      `No rule is called "${pattern}".`,
      'Name a rule, or several with *: signature/missing-refused, idempotency/*.',
    );
  }
  return rules.filter(
    ({ id }) =>
      (wanted.length === 0 || wanted.some((pattern) => matches(id, pattern))) &&
      !unwanted.some((pattern) => matches(id, pattern)),
  );
}

/** An area alone names all its rules. */
function matches(id: string, pattern: string): boolean {
  if (pattern === id.split('/')[0]) return true;
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(id);
}
