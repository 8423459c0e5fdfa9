import { loadPalette, type Palette, PLAIN } from '../report/palette.js';
import { USUAL_WIDTH, type Width } from '../report/wrap.js';
import type { ValueOf } from '../settings/setting.js';
import type { FlagSet } from './flags.js';
import type { Sink, World } from './world.js';

/** `--format` as most commands take it. */
export const FORMAT_FLAG = {
  format: {
    flag: '--format <format>',
    help: 'how to say it',
    type: 'choice',
    choices: ['pretty', 'json', 'ndjson'],
    default: 'pretty',
  },
} as const satisfies FlagSet;

/** `--report` of a command whose one report for files is a page. */
export const PAGE_FLAG = {
  report: {
    flag: '--report <html=file>',
    help: 'show it as a page as well, e.g. html=run.html',
    type: 'texts',
  },
} as const satisfies FlagSet;

export type Format = ValueOf<(typeof FORMAT_FLAG)['format']>;

/** Colours where a terminal is listening and nobody said no. */
export async function paletteFor(
  world: World,
  argv: readonly string[],
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<Palette> {
  const palette = wantsColour(world, argv, stream) ? await loadPalette() : PLAIN;
  return { ...palette, ...widthOf(world[stream]) };
}

/** Narrower terminals than this break what they like. */
const NARROWEST = 40;

/** As wide as the terminal, but no wider than usual. */
export function widthOf({ isTerminal, columns }: Sink): Width {
  if (!isTerminal || columns === undefined) return USUAL_WIDTH;
  return { columns: Math.min(USUAL_WIDTH.columns, Math.max(NARROWEST, columns)) };
}

function wantsColour(world: World, argv: readonly string[], stream: 'stdout' | 'stderr'): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = world.env;
  if (argv.includes('--no-color')) return false;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return world[stream].isTerminal && TERM !== 'dumb';
}
