import type { HookError } from '../errors.js';
import { errorDocument, errorText } from '../report/error.js';
import { type Format, paletteFor } from './format.js';
import type { World } from './world.js';

/** Says what is wrong and what to type: on stderr for people, as the one document for machines. */
export async function reportError(
  error: HookError,
  argv: readonly string[],
  world: World,
): Promise<void> {
  const format = wantedFormat(argv);
  if (format !== 'pretty') await world.stdout.write(errorDocument(error, format));
  await sayError(error, argv, world);
}

/** The part for people, where the document for machines has been written already. */
export async function sayError(
  error: HookError,
  argv: readonly string[],
  world: World,
): Promise<void> {
  await world.stderr.write(errorText(error, await paletteFor(world, argv, 'stderr')));
}

/** Decided on the words themselves, because the command line may be what is wrong. */
export function wantedFormat(argv: readonly string[]): Format {
  const at = argv.findLastIndex((word) => word === '--format' || word.startsWith('--format='));
  const value = argv[at] === '--format' ? argv[at + 1] : argv[at]?.slice('--format='.length);
  return value === 'json' || value === 'ndjson' ? value : 'pretty';
}
