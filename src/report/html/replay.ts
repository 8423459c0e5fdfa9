import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { counted } from '../count.js';
import { exitCodeOfReplay } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import type { ReplayStory } from '../replay/story.js';
import {
  leftText,
  malformedReason,
  malformedText,
  mannerTexts,
  nothingText,
  replayNoteText,
} from '../replay/words.js';
import { answerAdvice, scheduleText, verdictText } from '../run/words.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, toneOf } from './page.js';
import { callouts, facts, foreign, notes, reproduceSection, table } from './parts.js';
import { createRunPicture, runPictures } from './run/run-picture.js';
import { lossSections, runTiles, totalsSection } from './run/run-sections.js';

const LISTED_MALFORMED = 50;

/** A replay as a page. */
export function replayPage(story: ReplayStory, page: PageFacts): Renderer<RunRecord, RunSummary> {
  const picture = createRunPicture();
  return pageRenderer(page, {
    take: (record) => {
      picture.add(record);
    },
    content: (summary) => {
      const hasRun = story.captures.replayed > 0;
      return {
        command: 'replay',
        verdict: hasRun ? verdictText(summary) : nothingText(story.captures),
        tone: toneOf(exitCodeOfReplay(summary, story.captures)),
        lede: ledeOf(story),
        main: [
          hasRun ? runBody(story, summary) : undefined,
          malformedSection(story),
          replaySection(story),
          reproduceSection(story.reproduce),
        ],
      };
    },
  });

  function runBody({ resources, rules }: ReplayStory, summary: RunSummary): MarkupValue {
    return [
      runTiles(summary),
      callouts(answerAdvice(summary)),
      runPictures(picture, { resources, rules, summary }),
      lossSections(summary),
      totalsSection(summary),
    ];
  }
}

function ledeOf({ captures, capture, url, receiver }: ReplayStory): MarkupValue {
  const target = receiver === undefined ? '' : ` (built-in receiver: ${receiver})`;
  return html`${captures.replayed} of ${counted(captures.entries, 'capture')} in ${foreign(capture)} → ${foreign(`${url}${target}`)}`;
}

function malformedSection({ malformed, captures }: ReplayStory): MarkupValue {
  if (captures.malformed === 0) return undefined;
  return html`<h2>Malformed entries</h2><p class="callout">${malformedText(captures)}</p>${table(
    'Malformed entries',
    [{ name: 'Place' }, { name: 'What is wrong', isWide: true }],
    malformed.slice(0, LISTED_MALFORMED).map(({ at, reason, hint }) => {
      const place = [at.file, at.line ?? at.entry].filter((part) => part !== undefined).join(':');
      const why = [malformedReason(reason), hint].filter((text) => text !== undefined).join(' ');
      return [foreign(place), foreign(why, 400)];
    }),
  )}`;
}

function replaySection(story: ReplayStory): MarkupValue {
  const { rules, captures, captureNotes } = story;
  const left = leftText(captures);
  return html`<h2>How it was sent</h2>${facts([
    ['seed', html`<code>${foreign(rules.seed)}</code>`],
    ['captures', mannerTexts(story).join(', ')],
    ['retries', scheduleText(rules)],
    ...(left === '' ? [] : [['left away', left] as const]),
  ])}${notes([
    ...story.notes.map(replayNoteText),
    ...captureNotes.map(({ note, entries }) => `${counted(entries, 'capture')}: ${note}`),
  ])}`;
}
