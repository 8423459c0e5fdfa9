import { fitted } from '../report/fit.js';
import { machineRenderer } from '../report/machine.js';
import { type Palette, PLAIN } from '../report/palette.js';
import type { Renderer, Report } from '../report/renderer.js';
import { USUAL_WIDTH, type Width } from '../report/wrap.js';
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
  { machine, pretty, isVerbatim }: Report<Item, End>,
  format: Format,
  palette: Palette,
): Renderer<Item, End> {
  if (format !== 'pretty') return machineRenderer(machine, format);
  return isVerbatim ? pretty(palette) : fitting(pretty(palette), palette);
}

/** The same in a terminal that is narrower than the lines are laid out for. */
function fitting<Item, End>(renderer: Renderer<Item, End>, width: Width): Renderer<Item, End> {
  if (width.columns >= USUAL_WIDTH.columns) return renderer;
  const { isSummary, skipped, fail } = renderer;
  return {
    ...(isSummary === undefined ? {} : { isSummary }),
    begin: () => fitted(renderer.begin(), width),
    record: (item) => fitted(renderer.record(item), width),
    end: (end) => fitted(renderer.end(end), width),
    ...(skipped && { skipped: (records) => fitted(skipped(records), width) }),
    ...(fail && { fail: (error) => fitted(fail(error), width) }),
  };
}
