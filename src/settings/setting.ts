// The room of what a check can be told, each thing stated once for command line, file and library.
/** What a setting is called when it is typed, and what the help says of it. */
interface Spoken {
  /** As in the help: `--linger <duration>`. */
  readonly flag: string;
  readonly help: string;
  /** False for what has no place in a configuration file. */
  readonly config?: false;
}

/**
 * One thing a command can be told, stated once: how it is typed, what a configuration file may say
 * of it, and the type of its value follow.
 */
export type Setting = Spoken &
  (
    | { readonly type: 'on' }
    | { readonly type: 'text'; readonly default?: string; readonly absent?: string }
    | { readonly type: 'texts' }
    | ({ readonly type: 'duration' | 'time-limit' | 'size' } & Assumed<number>)
    | ({ readonly type: 'whole'; readonly least: number; readonly most: number } & Assumed<number>)
    | ({ readonly type: 'choice'; readonly choices: readonly string[] } & Assumed<string>)
  );

/** What holds where nothing is said. */
export interface Assumed<Value> {
  /** Filled in before anybody looks, so that the value is always there. */
  readonly default?: Value;
  /** The help says it, and whoever reads the value falls back on it. */
  readonly absent?: Value;
  /** A word on it in the help. */
  readonly note?: string;
}

interface Values {
  readonly on: boolean;
  readonly text: string;
  readonly texts: readonly string[];
  /** In milliseconds. */
  readonly duration: number;
  readonly 'time-limit': number;
  /** In bytes. */
  readonly size: number;
  readonly whole: number;
}

/** The type of a setting's value. */
export type ValueOf<One> = One extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : One extends { readonly type: infer Type extends keyof Values }
    ? Values[Type]
    : One extends { readonly parse: (text: string, ...before: never) => infer Value }
      ? Value
      : never;

/** The settings as a program gives them: each may be left away. */
export type ValuesOf<Settings> = {
  readonly [Name in keyof Settings]?: ValueOf<Settings[Name]> | undefined;
};
