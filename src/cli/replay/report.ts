import type { Composer } from '../../delivery/composer.js';
import type { EventIndex } from '../../delivery/event-index.js';
import type { Collector } from '../../delivery/replay/collector.js';
import type { PlannedRecord } from '../../delivery/replay/records.js';
import { EXIT } from '../../report/exit-code.js';
import type { Palette } from '../../report/palette.js';
import {
  jsonPlanned,
  jsonReplay,
  ndjsonPlanned,
  ndjsonReplay,
} from '../../report/replay/machine.js';
import { prettyPlanned, prettyReplay } from '../../report/replay/pretty.js';
import type { PlannedRenderer, ReplayRenderer } from '../../report/replay/renderer.js';
import type { ReplayStory } from '../../report/replay/story.js';
import { volumeOf, withVolume } from '../../report/run/summarised.js';
import { DIGEST_HEADER, shownDigest } from '../../webhook/digest.js';
import { headerValues } from '../../webhook/verdict.js';
import type { CommandContext } from '../context.js';
import { paletteFor } from '../format.js';
import type { ReplayFlags } from './command.js';

export async function rendererFor(
  story: ReplayStory,
  flags: ReplayFlags,
  { world, argv }: CommandContext,
): Promise<ReplayRenderer> {
  switch (flags.format) {
    case 'json':
      return jsonReplay(story);
    case 'ndjson':
      return ndjsonReplay(story);
    case 'pretty':
      return prettyFor(story, flags, await paletteFor(world, argv));
    default:
      return flags.format satisfies never;
  }
}

function prettyFor(story: ReplayStory, flags: ReplayFlags, palette: Palette): ReplayRenderer {
  const events = story.captures.replayed;
  const volume = volumeOf(flags, events);
  return withVolume(prettyReplay(story, palette), { volume, events, palette });
}

interface Planned {
  readonly index: EventIndex;
  readonly collector: Collector;
  readonly composer: Composer;
}

/** Lists what would be sent, request by request. Returns the exit code. */
export async function listPlanned(
  story: ReplayStory,
  { index, collector, composer }: Planned,
  flags: ReplayFlags,
  context: CommandContext,
): Promise<number> {
  const { stdout, signal } = context.world;
  const renderer = await plannedRenderer(story, flags, context);
  await stdout.write(renderer.begin());
  for (let sequence = 0; sequence < index.events && !signal.aborted; sequence += 1) {
    const record = plannedRecord(sequence, story.capture, { index, collector, composer });
    const written = stdout.write(renderer.record(record));
    if (written !== undefined) await written;
  }
  const exitCode = signal.aborted ? EXIT.interrupted : exitCodeOf(story);
  await stdout.write(renderer.end(exitCode));
  return exitCode;
}

function exitCodeOf({ captures }: ReplayStory): number {
  if (captures.malformed > 0) return EXIT.askedWrongly;
  return captures.replayed === 0 ? EXIT.couldNotTell : EXIT.satisfied;
}

function plannedRecord(
  sequence: number,
  file: string,
  { index, collector, composer }: Planned,
): PlannedRecord {
  const located = index.locate(sequence);
  const { headers, body } = composer.compose(located);
  return {
    kind: 'planned',
    at: { file, ...collector.events.place(located.resource) },
    dueMs: located.event.dueMs,
    ...composer.label(located),
    bodyBytes: body.length,
    digests: headerValues(headers, DIGEST_HEADER).map(shownDigest),
  };
}

async function plannedRenderer(
  story: ReplayStory,
  flags: ReplayFlags,
  { world, argv }: CommandContext,
): Promise<PlannedRenderer> {
  switch (flags.format) {
    case 'json':
      return jsonPlanned(story);
    case 'ndjson':
      return ndjsonPlanned(story);
    case 'pretty':
      return prettyPlanned(story, await paletteFor(world, argv));
    default:
      return flags.format satisfies never;
  }
}
