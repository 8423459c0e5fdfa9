import type { World } from './world.js';

declare const __VERSION__: string | undefined;

/** The version of the package; `0.0.0-source` when run from source. */
export const VERSION = typeof __VERSION__ === 'undefined' ? '0.0.0-source' : __VERSION__;

/** What every command gets: the world, the words it was called with, and where the exit code goes. */
export interface CommandContext {
  readonly world: World;
  readonly argv: readonly string[];
  readonly exitWith: (code: number) => void;
}
