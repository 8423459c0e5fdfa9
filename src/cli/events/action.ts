import { HookError } from '../../errors.js';
import { eventDocument, eventList, eventText } from '../../report/events.js';
import { CATALOGUE, findKind } from '../../webhook/catalogue.js';
import { eventNames, parseEventName, spelled } from '../../webhook/kinds/names.js';
import { nearest } from '../../webhook/kinds/nearest.js';
import type { CommandContext } from '../context.js';
import { paletteFor } from '../format.js';
import type { EventsFlags } from './flags.js';

/** Lists the sample events, those of a kind, or shows one. Returns the exit code. */
export async function events(
  name: string | undefined,
  flags: EventsFlags,
  { world, argv }: CommandContext,
): Promise<number> {
  const palette = await paletteFor(world, argv);
  if (name === undefined || findKind(spelled(name)) !== undefined) {
    const kind = name === undefined ? undefined : spelled(name);
    const listed = eventNames().filter((event) => kind === undefined || event.kind.kind === kind);
    await world.stdout.write(eventList(listed, flags.format, palette));
    return 0;
  }
  if (!name.includes('.')) throw unknownKind(name);
  const event = parseEventName(name);
  const sample = await world.samples.read(event.kind.kind, event.status.name);
  const text =
    flags.format === 'pretty' ? eventText(event, sample, palette) : eventDocument(event, sample);
  await world.stdout.write(text);
  return 0;
}

function unknownKind(text: string): HookError {
  const kinds = CATALOGUE.kinds.map(({ kind }) => kind);
  const suggestion = nearest(spelled(text), kinds);
  const hint =
    suggestion === undefined ? `Choose one of ${kinds.join(', ')}.` : `Did you mean ${suggestion}?`;
  return new HookError('bad-event', `There is no kind \`${text}\`.`, hint);
}
