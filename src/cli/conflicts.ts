import { HookError } from '../errors.js';
import { type FlagGroups, longFlag } from './flags.js';

/** What was typed, and what was not, under the names that a sentence calls them by. */
export type Typed = Readonly<Record<string, unknown>>;

/** All flags of a command as they are typed: `--dry-run`. */
export function typedFlags(groups: FlagGroups, flags: Typed): Typed {
  const stated = Object.values(groups).flatMap((group) => Object.entries(group));
  return Object.fromEntries(stated.map(([name, flag]) => [longFlag(flag), flags[name]]));
}

/** Refuses two that were both typed and cannot both be meant. @throws HookError `bad-flag` */
export function refuseConflicts(typed: Typed, pairs: readonly (readonly [string, string])[]): void {
  const conflict = pairs.find(([one, other]) => isTyped(one, typed) && isTyped(other, typed));
  if (conflict === undefined) return;
  const [one, other] = conflict;
  throw new HookError(
    'bad-flag',
    `${capital(one)} and ${other} exclude each other.`,
    'Leave one away.',
  );
}

/** Refuses one that was typed without the other, as in `--redact <path>`. @throws HookError `bad-flag` */
export function refuseIdle(typed: Typed, pairs: readonly (readonly [string, string])[]): void {
  const idle = pairs.find(
    ([one, needed]) => isTyped(one, typed) && !isTyped(needed.replace(/ <.*>$/, ''), typed),
  );
  if (idle === undefined) return;
  const [one, needed] = idle;
  throw new HookError(
    'bad-flag',
    `${one} does nothing without ${needed}.`,
    `Add ${needed}, or leave ${one} away.`,
  );
}

function isTyped(name: string, typed: Typed): boolean {
  if (!(name in typed)) throw new Error(`There is no ${name} to conflict with.`);
  return typed[name] !== undefined && typed[name] !== false;
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (first) => first.toUpperCase());
}
