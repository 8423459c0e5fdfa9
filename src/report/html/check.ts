import type { CalibratedRecord, CheckRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import type { CheckEnd, CheckStory } from '../check/story.js';
import {
  baselineTexts,
  calibrationTexts,
  FIRST_CONTACT,
  missingHelpFacts,
  readinessWords,
  totalsText,
} from '../check/words.js';
import type { Renderer } from '../renderer.js';
import { failureArticle, passedList, untoldList } from './check/rules.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, type Tone } from './page.js';
import { facts, foreign, notes, reproduceSection, tiles } from './parts.js';

/** The verdict of a check as a page. */
export function checkPage(story: CheckStory, page: PageFacts): Renderer<CheckRecord, CheckEnd> {
  const results: RuleResult[] = [];
  let calibrated: CalibratedRecord | undefined;
  return pageRenderer(page, {
    take: (record) => {
      if (record.kind === 'result') results.push(record);
      else calibrated = record;
    },
    content: (end) => {
      const { sign, text } = readinessWords(end.summary);
      return {
        command: 'check',
        verdict: `${sign} ${text}`,
        tone: TONES[sign],
        lede: ledeOf(story, end),
        main: [
          checkTiles(end.summary),
          failures(results),
          untold(results),
          passed(results, story),
          moreHelp(end.summary, story),
          learned(calibrated),
          againSection(story, end),
        ],
      };
    },
  });
}

const TONES: Readonly<Record<'✓' | '✗' | '?' | '!', Tone>> = {
  '✓': 'good',
  '✗': 'bad',
  '?': 'warn',
  '!': 'warn',
};

function ledeOf({ url, replayed, seed }: CheckStory, { summary, baseline }: CheckEnd): MarkupValue {
  return [
    html`${foreign(url)} · seed <code>${foreign(seed)}</code>`,
    replayed === undefined
      ? undefined
      : html`<br>The failures saved in ${foreign(replayed)}, again.`,
    html`<br>${totalsText(summary)}`,
    (baseline === undefined ? [] : baselineTexts(baseline)).map((text) => html`<br>${text}`),
  ];
}

function checkTiles({ counts, failed }: CheckSummary): MarkupValue {
  const lesser = failed.should + failed.advisory;
  return tiles([
    { name: 'musts fail', value: failed.must, tone: failed.must > 0 ? 'bad' : undefined },
    { name: 'others fail', value: lesser, tone: lesser > 0 ? 'warn' : undefined },
    { name: 'rules hold', value: counts.pass, tone: counts.pass > 0 ? 'good' : undefined },
    { name: 'could not be told', value: counts.inconclusive },
    { name: 'skipped', value: counts.skipped },
  ]);
}

function failures(results: readonly RuleResult[]): MarkupValue {
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  if (failed.length === 0) return undefined;
  const roots = failed.filter(({ followsFrom }) => followsFrom === undefined);
  const musts = roots.filter(({ rule }) => rule.severity === 'must');
  const others = roots.filter(({ rule }) => rule.severity !== 'must');
  return html`<h2>What fails</h2>${[...musts, ...others].map((one) => failureArticle(one, failed))}`;
}

function untold(results: readonly RuleResult[]): MarkupValue {
  const all = results.filter(
    ({ verdict: { status } }) => status === 'inconclusive' || status === 'skipped',
  );
  return all.length === 0 ? undefined : html`<h2>What is not known</h2>${untoldList(all)}`;
}

function passed(results: readonly RuleResult[], { replayed }: CheckStory): MarkupValue {
  const all = results.filter(({ verdict }) => verdict.status === 'pass');
  if (all.length === 0) return undefined;
  return html`<h2>${replayed === undefined ? 'What holds' : 'What is fixed'}</h2>${passedList(all)}`;
}

function moreHelp({ missingHelps }: CheckSummary, { withState }: CheckStory): MarkupValue {
  if (missingHelps.length === 0) return undefined;
  return html`<h2>With more help it would look for</h2>${facts(
    missingHelpFacts(missingHelps).map(([flag, finds]) => [html`<code>${flag}</code>`, finds]),
  )}${
    withState === undefined || missingHelps[0]?.help !== 'state'
      ? undefined
      : html`<p>${FIRST_CONTACT.before}</p><pre><code>${withState}</code></pre><p>${FIRST_CONTACT.after}</p>`
  }`;
}

function learned(calibrated: CalibratedRecord | undefined): MarkupValue {
  if (calibrated === undefined) return undefined;
  const texts = calibrationTexts(calibrated).map((text) => foreign(text, 600));
  return html`<h2>What was learned first</h2>${notes(texts)}`;
}

function againSection({ reproduce }: CheckStory, { replay }: CheckEnd): MarkupValue {
  return [
    reproduceSection(reproduce),
    replay === undefined
      ? undefined
      : html`<p>Only what failed, again:</p><pre><code>${replay.command}</code></pre>`,
  ];
}
