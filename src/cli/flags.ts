import type { Assumed, Setting, ValueOf } from '../settings/setting.js';

/** A flag whose value is written in a way of its own. */
interface OwnFlag extends Assumed<unknown> {
  readonly flag: string;
  readonly help: string;
  readonly config?: false;
  /** Gets the value before where a flag may be repeated. */
  readonly parse: (text: string, ...before: never) => unknown;
}

export type Flag = Setting | OwnFlag;

/** Flags under the names that actions know them by. */
export type FlagSet = Readonly<Record<string, Flag>>;

/** The flags of a command under the headings of its help; the first may have none. */
export type FlagGroups = Readonly<Record<string, FlagSet>>;

/** What an action gets of a set of flags. */
export type FlagsOf<Flags> = {
  readonly [Name in keyof Flags as HasDefault<Flags[Name], never, Name>]?: ValueOf<Flags[Name]>;
} & {
  readonly [Name in keyof Flags as HasDefault<Flags[Name], Name, never>]: ValueOf<Flags[Name]>;
};

/** What an action gets of all the flags of a command. */
export type GroupedFlags<Groups> = FlagsOf<Together<Groups[keyof Groups]>>;

type HasDefault<One, Yes, No> = One extends { readonly default: unknown } ? Yes : No;
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** `--linger` of `--linger <duration>`, as a sentence names it. */
export function longFlag({ flag }: Pick<Flag, 'flag'>): string {
  return /--[a-z\d-]+/.exec(flag)?.[0] ?? flag;
}
