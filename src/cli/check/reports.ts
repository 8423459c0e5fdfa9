import type { CheckRecord } from '../../conformance/records.js';
import { HookError } from '../../errors.js';
import { ctrfCheck } from '../../report/check/ctrf.js';
import { githubCheck } from '../../report/check/github.js';
import { gitlabCheck } from '../../report/check/gitlab.js';
import { junitCheck } from '../../report/check/junit.js';
import { markdownCheck } from '../../report/check/markdown.js';
import { prettyCheck } from '../../report/check/pretty.js';
import { prettyReplay } from '../../report/check/pretty-replay.js';
import { checkStatement } from '../../report/check/statement.js';
import type { CheckEnd, CheckStory } from '../../report/check/story.js';
import { type Palette, PLAIN } from '../../report/palette.js';
import type { Renderer } from '../../report/renderer.js';
import { guardedText } from '../../report/secret-guard.js';
import { VERSION } from '../context.js';
import { pageReport } from '../page-reports.js';
import { rendererOf } from '../renderer.js';
import { heldReport, type ReportOut, streamReport } from '../report-out.js';
import type { World } from '../world.js';
import { type CheckFlags, type CheckFormat, REPORT_FORMATS } from './flags.js';

type CheckOut = ReportOut<CheckRecord, CheckEnd>;
type CheckRenderer = Renderer<CheckRecord, CheckEnd>;

export function checkRenderer(
  format: CheckFormat,
  story: CheckStory,
  { palette, world }: { readonly palette: Palette; readonly world: World },
): CheckRenderer {
  switch (format) {
    case 'junit':
      return junitCheck(story);
    case 'github':
      return githubCheck();
    case 'gitlab':
      return gitlabCheck(story, gitlabFile(world));
    case 'ctrf':
      return ctrfCheck(story, { atMs: world.clock.now(), version: VERSION });
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

/** The file of the project that tells GitLab what to run; it may lie in another project, or at a URL. */
function gitlabFile({ env }: World): string {
  const { CI_CONFIG_PATH: path = '' } = env;
  return /^[\w.-][\w./-]*$/.test(path) ? path : '.gitlab-ci.yml';
}

/** Before a run of minutes is the time to hear that its report has no place. @throws HookError */
export async function tryOutputs(
  { report = [], save, replay }: CheckFlags,
  { files }: World,
): Promise<void> {
  const paths = [
    ...report.map((spec) => reportFile(spec).path),
    ...(save === undefined || replay !== undefined ? [] : [save]),
  ];
  for (const path of paths) await files.tryWriting(path);
}

/** The reports of `--report format=file`. @throws HookError `bad-flag` */
export function fileReports(
  specs: readonly string[],
  story: CheckStory,
  world: World,
): Promise<readonly CheckOut[]> {
  return Promise.all(specs.map((spec) => fileReport(spec, story, world)));
}

async function fileReport(spec: string, story: CheckStory, world: World): Promise<CheckOut> {
  const { format, path } = reportFile(spec);
  if (format === 'html') {
    const { checkPage } = await import('../../report/html/check.js');
    return pageReport(path, async (page) => checkPage(story, page), world);
  }
  return heldReport(checkRenderer(format, story, { palette: PLAIN, world }), (text) =>
    world.files.write(path, new TextEncoder().encode(guardedText(text, world.guard))),
  );
}

function reportFile(spec: string) {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/.exec(spec) ?? [];
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format !== undefined) return { format, path };
  throw new HookError(
    'bad-flag',
    `\`${spec}\` is no report.`,
    `Write format=file; the formats are ${REPORT_FORMATS.join(', ')}.`,
  );
}

/** What GitHub Actions shows by itself: annotations, and a summary of the step. */
export function githubReports(
  format: CheckFormat,
  story: CheckStory,
  world: World,
): readonly CheckOut[] {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY: summaryPath } = world.env;
  if (GITHUB_ACTIONS !== 'true') return [];
  const annotations = streamReport(githubCheck(), (text) => world.stderr.write(text));
  const summary = heldReport(markdownCheck(story), (text) =>
    summaryPath === undefined
      ? Promise.resolve()
      : world.files.append(summaryPath, Buffer.from(guardedText(text, world.guard))),
  );
  return format === 'github' ? [summary] : [annotations, summary];
}
