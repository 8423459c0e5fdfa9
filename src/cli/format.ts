import { Option } from 'commander';
import { loadPalette, type Palette, PLAIN } from '../report/palette.js';
import type { World } from './world.js';

export type Format = 'pretty' | 'json' | 'ndjson';

/** `--format` as every command takes it. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how to say it')
    .choices(['pretty', 'json', 'ndjson'])
    .default('pretty');
}

/** Colours where a terminal is listening and nobody said no. */
export async function paletteFor(
  world: World,
  argv: readonly string[],
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<Palette> {
  return wantsColour(world, argv, stream) ? loadPalette() : PLAIN;
}

function wantsColour(world: World, argv: readonly string[], stream: 'stdout' | 'stderr'): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = world.env;
  if (argv.includes('--no-color')) return false;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return world[stream].isTerminal && TERM !== 'dumb';
}
