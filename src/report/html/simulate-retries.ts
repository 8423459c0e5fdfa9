import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { counted } from '../count.js';
import { exitCodeOfRun } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import type { RunStory } from '../run/story.js';
import { adviceLines, runNoteText, scheduleText, verdictText } from '../run/words.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, toneOf } from './page.js';
import { callouts, facts, foreign, notes, reproduceSection } from './parts.js';
import { createRunPicture, runPictures } from './run/run-picture.js';
import { lossSections, runTiles, totalsSection } from './run/run-sections.js';

/** A simulated run as a page. */
export function simulateRetriesPage(
  story: RunStory,
  page: PageFacts,
): Renderer<RunRecord, RunSummary> {
  const picture = createRunPicture();
  return pageRenderer(page, {
    take: (record) => {
      picture.add(record);
    },
    content: (summary) => ({
      command: 'simulate-retries',
      verdict: verdictText(summary),
      tone: toneOf(exitCodeOfRun(summary)),
      lede: ledeOf(story),
      main: [
        runTiles(summary),
        callouts(adviceLines(story.plan, summary)),
        runPictures(picture, { ...story, rules: story.plan, summary }),
        lossSections(summary, story.signed),
        totalsSection(summary),
        runSection(story),
        reproduceSection(story.reproduce),
      ],
    }),
  });
}

function ledeOf({ url, receiver, events, resources }: RunStory): MarkupValue {
  const target = receiver === undefined ? '' : ` (built-in receiver: ${receiver})`;
  return html`${counted(events, 'event')} of ${counted(resources, 'resource')} → ${foreign(`${url}${target}`)}`;
}

function runSection({ plan, signed, mockApi, notes: all }: RunStory): MarkupValue {
  return html`<h2>How it was sent</h2>${facts([
    ['seed', html`<code>${foreign(plan.seed)}</code>`],
    ['retries', scheduleText(plan)],
    ['digests', signed ? 'signed' : 'unsigned'],
    ...(mockApi === undefined ? [] : [['mock Inqud API', foreign(mockApi)] as const]),
  ])}${notes(all.map(runNoteText))}`;
}
