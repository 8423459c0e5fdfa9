import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import { grouped } from '../count.js';
import { EXIT, exitCodeOfVerify } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import { countsText, leftOverText, NOTHING } from '../verify/words.js';
import { instantText } from './axis.js';
import { barRows } from './bar-rows.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, type Tone } from './page.js';
import { foreign, notes, reproduceSection, tiles } from './parts.js';
import { createMismatchList } from './verify/mismatches.js';
import { createVerdictBins, type VerdictBins } from './verify/verdict-bins.js';

const LISTED_FILES = 8;
const LISTED_LEFT_OVER = 20;

/** What the page of a verification says beside its records. */
export interface VerifyStory {
  /** As the user named them. */
  readonly files: readonly string[];
  readonly reproduce: string;
}

/** The verdicts on captures as a page. */
export function verifyPage(
  story: VerifyStory,
  page: PageFacts,
): Renderer<VerifyRecord, VerifySummary> {
  const bins = createVerdictBins();
  const mismatches = createMismatchList();
  return pageRenderer(page, {
    take: (record) => {
      bins.add(record);
      mismatches.add(record);
    },
    content: (summary) => ({
      command: 'verify',
      ...verdictOf(summary),
      lede: ledeOf(story),
      main: [
        verifyTiles(summary),
        picture(bins),
        mismatches.articles(),
        leftOver(summary),
        reproduceSection(story.reproduce),
      ],
    }),
  });
}

function verdictOf(summary: VerifySummary): { readonly verdict: string; readonly tone: Tone } {
  const text = countsText(summary);
  switch (exitCodeOfVerify(summary)) {
    case EXIT.interrupted:
      return { verdict: `! Interrupted: ${text}`, tone: 'warn' };
    case EXIT.satisfied:
      return { verdict: `✓ ${text}`, tone: 'good' };
    case EXIT.couldNotTell:
      return { verdict: `? ${NOTHING}`, tone: 'warn' };
    default:
      return { verdict: `✗ ${text}`, tone: 'bad' };
  }
}

function ledeOf({ files }: VerifyStory): MarkupValue {
  const more = files.length - LISTED_FILES;
  const shown = files
    .slice(0, LISTED_FILES)
    .map((file) => (file === '-' ? 'standard input' : file));
  return html`Captured web hooks in ${shown.map((file, index) => html`${index === 0 ? '' : ', '}${foreign(file)}`)}${more > 0 ? ` and ${more} more` : ''}`;
}

function verifyTiles(summary: VerifySummary): MarkupValue {
  const { entries, genuine, rejected, unsigned, malformed } = summary;
  return tiles([
    { name: 'entries', value: entries },
    { name: 'genuine', value: genuine, tone: genuine > 0 ? 'good' : undefined },
    { name: 'rejected', value: rejected, tone: rejected > 0 ? 'bad' : undefined },
    { name: 'unsigned', value: unsigned, tone: unsigned > 0 ? 'warn' : undefined },
    { name: 'malformed', value: malformed, tone: malformed > 0 ? 'bad' : undefined },
  ]);
}

function picture(verdicts: VerdictBins): MarkupValue {
  const over = verdicts.over();
  if (over === undefined) return undefined;
  const { bins, isTimed } = over;
  const span = `From ${instantText(bins.first)} to ${instantText(bins.last)}.`;
  const untimed = `In the order of the files, because ${grouped(verdicts.untimed)} of ${grouped(bins.total)} entries say no time.`;
  return html`<h2>${isTimed ? 'Entries over time' : 'Entries in their order'}</h2>
<p>${isTimed ? span : untimed} Each row has its own measure; the number is its sum.</p>
${barRows({ ...over, placeName: isTimed ? 'From' : 'Entry', caption: 'Entries by verdict and cause' })}`;
}

function leftOver({ leftOver: all }: VerifySummary): MarkupValue {
  if (all.length === 0) return undefined;
  return html`<h2>What was stepped over</h2>${notes(
    all.slice(0, LISTED_LEFT_OVER).map((parts) => foreign(leftOverText(parts))),
  )}`;
}
