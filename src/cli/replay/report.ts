import type { Composer } from '../../delivery/composer.js';
import type { EventIndex } from '../../delivery/event-index.js';
import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { Collector } from '../../delivery/replay/collector.js';
import type { PlannedRecord } from '../../delivery/replay/records.js';
import { EXIT } from '../../report/exit-code.js';
import type { Palette } from '../../report/palette.js';
import type { Report } from '../../report/renderer.js';
import { prettyPlanned, prettyReplay } from '../../report/replay/pretty.js';
import { plannedStatement, replayStatement } from '../../report/replay/statement.js';
import type { ReplayStory } from '../../report/replay/story.js';
import { volumeOf, withVolume } from '../../report/run/summarised.js';
import { shownDigest } from '../../webhook/digest.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { headerValues } from '../../webhook/verdict.js';
import type { CommandContext } from '../context.js';
import { rendererFor } from '../renderer.js';
import type { ReplayFlags } from './flags.js';

export function replayReport(
  story: ReplayStory,
  flags: ReplayFlags,
): Report<RunRecord, RunSummary> {
  const events = story.captures.replayed;
  const volume = volumeOf(flags, events);
  return {
    machine: replayStatement(story),
    pretty: (palette) => withVolume(prettyReplay(story, palette), { volume, events, palette }),
  };
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
  const report = {
    machine: plannedStatement(story),
    pretty: (palette: Palette) => prettyPlanned(story, palette),
  };
  const renderer = await rendererFor(report, flags, context);
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
