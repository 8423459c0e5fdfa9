import type { CheckRecord } from '../../conformance/records.js';
import { HookError } from '../../errors.js';
import { githubCheck } from '../../report/check/github.js';
import { junitCheck } from '../../report/check/junit.js';
import { markdownCheck } from '../../report/check/markdown.js';
import { prettyCheck } from '../../report/check/pretty.js';
import { prettyReplay } from '../../report/check/pretty-replay.js';
import { checkStatement } from '../../report/check/statement.js';
import type { CheckEnd, CheckStory } from '../../report/check/story.js';
import { type Palette, PLAIN } from '../../report/palette.js';
import type { Renderer } from '../../report/renderer.js';
import { guardedText } from '../../report/secret-guard.js';
import { rendererOf } from '../renderer.js';
import type { World } from '../world.js';
import { CHECK_FORMATS, type CheckFlags, type CheckFormat } from './flags.js';

/** Where a report goes: something that takes its text as it comes. */
export interface ReportOut {
  begin(): Promise<void>;
  record(record: CheckRecord): Promise<void>;
  end(end: CheckEnd): Promise<void>;
}

type CheckRenderer = Renderer<CheckRecord, CheckEnd>;

export function checkRenderer(
  format: CheckFormat,
  story: CheckStory,
  palette: Palette,
): CheckRenderer {
  switch (format) {
    case 'junit':
      return junitCheck(story);
    case 'github':
      return githubCheck();
    case 'markdown':
      return markdownCheck(story);
    default: {
      const report = {
        machine: checkStatement(story),
        pretty: (colours: Palette) =>
          story.replayed === undefined ? prettyCheck(story, colours) : prettyReplay(story, colours),
      };
      return rendererOf(report, format, palette);
    }
  }
}

/** Writes a report as it comes. */
export function streamReport(
  renderer: CheckRenderer,
  write: (text: string) => Promise<void> | undefined,
): ReportOut {
  const say = async (text: string) => {
    if (text !== '') await write(text);
  };
  return {
    begin: () => say(renderer.begin()),
    record: (record) => say(renderer.record(record)),
    end: (end) => say(renderer.end(end)),
  };
}

/** Keeps a report until it is whole. */
export function heldReport(
  renderer: CheckRenderer,
  write: (text: string) => Promise<void>,
): ReportOut {
  let held = renderer.begin();
  return {
    begin: () => Promise.resolve(),
    record: (record) => {
      held += renderer.record(record);
      return Promise.resolve();
    },
    end: (end) => write(held + renderer.end(end)),
  };
}

/** Before a run of minutes is the time to hear that its report has no place. @throws HookError */
export async function tryOutputs(
  { report = [], save }: CheckFlags,
  { files }: World,
): Promise<void> {
  const paths = [
    ...report.map((spec) => reportFile(spec).path),
    ...(save === undefined ? [] : [save]),
  ];
  for (const path of paths) await files.tryWriting(path);
}

/** The reports of `--report format=file`. @throws HookError `bad-flag` */
export function fileReports(
  specs: readonly string[],
  story: CheckStory,
  world: World,
): readonly ReportOut[] {
  return specs.map((spec) => {
    const { format, path } = reportFile(spec);
    return heldReport(checkRenderer(format, story, PLAIN), (text) =>
      world.files.write(path, new TextEncoder().encode(guardedText(text, world.guard))),
    );
  });
}

function reportFile(spec: string): { readonly format: CheckFormat; readonly path: string } {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/.exec(spec) ?? [];
  const format = CHECK_FORMATS.find((known) => known === name);
  if (format !== undefined) return { format, path };
  throw new HookError(
    'bad-flag',
    `\`${spec}\` is no report.`,
    `Write format=file; the formats are ${CHECK_FORMATS.join(', ')}.`,
  );
}

/** What GitHub Actions shows by itself: annotations, and a summary of the step. */
export function githubReports(
  format: CheckFormat,
  story: CheckStory,
  world: World,
): readonly ReportOut[] {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY: summaryPath } = world.env;
  if (GITHUB_ACTIONS !== 'true') return [];
  const annotations = streamReport(githubCheck(), (text) => world.stderr.write(text));
  const summary = heldReport(markdownCheck(story), (text) =>
    summaryPath === undefined
      ? Promise.resolve()
      : append(summaryPath, guardedText(text, world.guard), world),
  );
  return format === 'github' ? [summary] : [annotations, summary];
}

async function append(path: string, text: string, world: World): Promise<void> {
  const before = await world.files.read(path).catch(() => new Uint8Array());
  await world.files.write(path, Buffer.concat([before, Buffer.from(text)]));
}
