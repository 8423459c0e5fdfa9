import { jsonListen, ndjsonListen } from '../../report/listen/machine.js';
import { prettyListen } from '../../report/listen/pretty.js';
import type { ListenRenderer } from '../../report/listen/renderer.js';
import type { CommandContext } from '../context.js';
import { paletteFor } from '../format.js';
import type { ListenFlags } from './command.js';

/** How what is heard is told. */
export async function listenRenderer(
  { format }: ListenFlags,
  { world, argv }: CommandContext,
): Promise<ListenRenderer> {
  switch (format) {
    case 'json':
      return jsonListen();
    case 'ndjson':
      return ndjsonListen();
    case 'pretty':
      return prettyListen(await paletteFor(world, argv));
    default:
      return format satisfies never;
  }
}
