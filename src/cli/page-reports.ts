import { HookError } from '../errors.js';
import type { PageFacts } from '../report/html/page.js';
import type { Renderer } from '../report/renderer.js';
import { VERSION } from './context.js';
import { everyReport, heldReport, type ReportOut, streamReport } from './report-out.js';
import type { World } from './world.js';

/** Makes the renderer of a page. What makes pages is loaded when there is one to make. */
export type OpenPage<Item, End> = (facts: PageFacts) => Promise<Renderer<Item, End>>;

/** Before a long run is the time to hear that its page has no place. @throws HookError */
export async function tryPages(specs: readonly string[] = [], { files }: World): Promise<void> {
  for (const path of specs.map(pagePath)) await files.tryWriting(path);
}

/** A report on standard output, and the pages of `--report html=file`. @throws HookError `bad-flag` */
export async function reportWithPages<Item, End>(
  renderer: Renderer<Item, End>,
  specs: readonly string[] | undefined,
  open: OpenPage<Item, End>,
  world: World,
): Promise<ReportOut<Item, End>> {
  const shown = streamReport(renderer, (text) => world.stdout.write(text));
  return everyReport([shown, ...(await pageReports(specs, open, world))]);
}

/** The pages of `--report html=file`. @throws HookError `bad-flag` */
export async function pageReports<Item, End>(
  specs: readonly string[] = [],
  open: OpenPage<Item, End>,
  world: World,
): Promise<readonly ReportOut<Item, End>[]> {
  return Promise.all(specs.map((spec) => pageReport(pagePath(spec), open, world)));
}

/** A page in a file. It hides secrets in its text by itself, because a mask in its markup would break it. */
export async function pageReport<Item, End>(
  path: string,
  open: OpenPage<Item, End>,
  world: World,
): Promise<ReportOut<Item, End>> {
  const shown = (text: string) => world.guard.mask(text);
  const renderer = await open({ atMs: world.clock.now(), version: VERSION, shown });
  return heldReport(renderer, (page) => world.files.write(path, new TextEncoder().encode(page)));
}

function pagePath(spec: string): string {
  const [, path] = /^html=(.+)$/.exec(spec) ?? [];
  if (path !== undefined) return path;
  throw new HookError('bad-flag', `\`${spec}\` is no report.`, 'Write html=file.');
}
