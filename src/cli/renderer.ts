import { machineRenderer } from '../report/machine.js';
import { type Palette, PLAIN } from '../report/palette.js';
import type { Renderer, Report } from '../report/renderer.js';
import type { CommandContext } from './context.js';
import { type Format, paletteFor } from './format.js';

/** Renders a report in the form that was asked for, in colour where that is wanted. */
export async function rendererFor<Item, End>(
  report: Report<Item, End>,
  { format }: { readonly format: Format },
  { world, argv }: CommandContext,
): Promise<Renderer<Item, End>> {
  const palette = format === 'pretty' ? await paletteFor(world, argv) : PLAIN;
  return rendererOf(report, format, palette);
}

/** The same with colours that are there already. */
export function rendererOf<Item, End>(
  { machine, pretty }: Report<Item, End>,
  format: Format,
  palette: Palette,
): Renderer<Item, End> {
  return format === 'pretty' ? pretty(palette) : machineRenderer(machine, format);
}
