import { isForWantOfHelp } from '../../conformance/more-help.js';
import type { CalibratedRecord, CheckRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult, Story } from '../../conformance/rule.js';
import { groupedBy } from '../distinct.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { type Width, wrapped } from '../wrap.js';
import type { CheckEnd, CheckStory } from './story.js';
import { cast, stateLines, storyKey, timeline, timesWords } from './timeline.js';
import {
  adviceOf,
  baselineTexts,
  calibrationTexts,
  consequenceText,
  evidenceText,
  FIRST_CONTACT,
  followingText,
  missingHelpTexts,
  readinessWords,
  replayText,
  totalsText,
  untoldText,
} from './words.js';

/** For people: the names of what passed, and the whole story of what failed. */
export function prettyCheck(story: CheckStory, palette: Palette): Renderer<CheckRecord, CheckEnd> {
  const told: RuleResult[] = [];
  const untold: RuleResult[] = [];
  const passed: string[] = [];
  /** What passed one after the other is said together. */
  const flushed = (): string => {
    if (passed.length === 0) return '';
    const names = passed.splice(0).join(', ');
    return `  ${palette.good('✓')} ${wrapped(names, palette, '    ')}\n`;
  };
  return {
    begin: () => `${palette.bold('CHECK')} ${inLine(story.url)}\n`,
    record: (record) => {
      if (record.kind === 'calibrated') return calibrated(record, palette);
      const { verdict } = record;
      if (verdict.status === 'skipped' || verdict.status === 'inconclusive') {
        untold.push(record);
        return '';
      }
      const area = areaOf(record);
      const [before] = told.slice(-1);
      const isNewArea = before === undefined || areaOf(before) !== area;
      const heading = isNewArea ? `${flushed()}\n${palette.bold(area)}\n` : '';
      const earlier = [...told];
      told.push(record);
      if (verdict.status === 'fail') {
        return `${heading}${flushed()}${failure(record, verdict, earlier, palette)}`;
      }
      passed.push(nameOf(record));
      return heading;
    },
    end: (end) => {
      const unsaid = untold.filter((result) => !isForWantOfHelp(result));
      return flushed() + untoldLines(unsaid, palette) + closing(end, told, story, palette);
    },
  };
}

/** More names than this say less than their areas. */
const MOST_NAMED = 12;

function areaOf({ rule }: RuleResult): string {
  return rule.id.split('/')[0] ?? '';
}

function nameOf({ rule }: RuleResult): string {
  return rule.id.split('/')[1] ?? rule.id;
}

function calibrated(record: CalibratedRecord, palette: Palette): string {
  const lines = calibrationTexts(record).map((text) => indented(inLine(text), palette, '  '));
  return palette.dim(textOf(lines));
}

/** What was not told, by the reason, since many rules can want for the same thing. */
function untoldLines(untold: readonly RuleResult[], palette: Palette): string {
  const byReason = groupedBy(untold, ({ verdict: { status, evidence } }) => [status, evidence]);
  return byReason.map((results) => reasonText(results, palette)).join('');
}

function reasonText(results: readonly [RuleResult, ...RuleResult[]], palette: Palette): string {
  const [first] = results;
  const paint = first.verdict.status === 'skipped' ? palette.dim : palette.warn;
  const text = `${untoldText(first.verdict, results.length)} [${namesText(results)}]`;
  return `\n${paint(wrapped(inLine(text), palette, '  '))}\n`;
}

/** `ordering: any-order, final-only; retries: overlap`, or the areas alone where there are many. */
function namesText(results: readonly RuleResult[]): string {
  const areas = new Map<string, string[]>();
  for (const result of results) {
    areas.set(areaOf(result), [...(areas.get(areaOf(result)) ?? []), nameOf(result)]);
  }
  if (results.length > MOST_NAMED) return [...areas.keys()].join(', ');
  return [...areas].map(([area, names]) => `${area}: ${names.join(', ')}`).join('; ');
}

function failure(
  result: RuleResult,
  { evidence, story }: FailVerdict,
  before: readonly RuleResult[],
  palette: Palette,
): string {
  const { rule, followsFrom } = result;
  const isMust = rule.severity === 'must';
  const paint = isMust ? palette.bad : palette.warn;
  const heading = [
    `  ${paint(`${isMust ? '✗' : '!'} ${nameOf(result)}`)} (${rule.severity})`,
    indented(inLine(evidenceText(evidence)), palette, '    '),
  ];
  if (followsFrom !== undefined) {
    return textOf([...heading, `    ${palette.dim(consequenceText(followsFrom))}`]);
  }
  const lines = [
    ...heading,
    ...(story === undefined ? [] : storyLines(story, before)),
    indented(`Fix: ${adviceOf(result)}`, palette, '    '),
    `    ${palette.dim(`Inqud: ${rule.source}`)}`,
  ];
  return textOf(lines);
}

type FailVerdict = Extract<RuleResult['verdict'], { readonly status: 'fail' }>;

/** A story that another rule has told is not told again. */
export function storyLines(story: Story, before: readonly RuleResult[]): readonly string[] {
  const key = storyKey(story);
  const twin = before.find(
    ({ verdict }) =>
      verdict.status === 'fail' && verdict.story !== undefined && storyKey(verdict.story) === key,
  );
  if (twin !== undefined) return [`      See the deliveries of ${twin.rule.id}.`];
  const times = timesWords(story);
  return [
    ...cast(story).map((line) => `      ${inLine(line)}`),
    ...timeline(story).map((line) => `      ${inLine(line)}`),
    ...stateLines(story).map((line) => `      ≠ ${inLine(line)}`),
    ...(times === '' ? [] : [`      ${times}`]),
  ];
}

function closing(
  end: CheckEnd,
  results: readonly RuleResult[],
  story: CheckStory,
  palette: Palette,
): string {
  const { summary, baseline, replay } = end;
  const lines = [
    '',
    verdictLine(summary, palette),
    ...failedLines(results, palette),
    ...(baseline === undefined ? [] : baselineTexts(baseline).map(inLine)),
    ...missingHelpTexts(summary.missingHelps).map((line) => palette.dim(`  ${line}`)),
    ...(replay === undefined ? [] : [palette.dim(inLine(replayText(replay)))]),
    ...(end.exitCode === 0 ? [] : [palette.dim(`reproduce: ${inLine(story.reproduce)}`)]),
    ...(isFirstContact(summary) ? firstContactLines(story, palette) : []),
  ];
  return textOf(lines);
}

/** Whoever has no state yet, and could have used one. */
function isFirstContact({ missingHelps: [first] }: CheckSummary): boolean {
  return first?.help === 'state';
}

/** The command stays in one line, so that it can be copied. */
function firstContactLines({ withState }: CheckStory, width: Width): readonly string[] {
  if (withState === undefined) return [];
  const { before, after } = FIRST_CONTACT;
  return ['', wrapped(before, width), `  ${inLine(withState)}`, wrapped(after, width)];
}

/** The names of what failed, together, since stories are long; under each what follows from it. */
function failedLines(results: readonly RuleResult[], palette: Palette): readonly string[] {
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  const roots = failed.filter(({ followsFrom }) => followsFrom === undefined);
  return roots.flatMap(({ rule }) => {
    const isMust = rule.severity === 'must';
    const paint = isMust ? palette.bad : palette.warn;
    const following = failed.filter(({ followsFrom }) => followsFrom === rule.id);
    const names = following.map((result) => result.rule.id).join(', ');
    return [
      `  ${paint(isMust ? '✗' : '!')} ${rule.id} (${rule.severity})`,
      ...(names === ''
        ? []
        : [palette.dim(`    ${wrapped(followingText(names), palette, '    ')}`)]),
    ];
  });
}

export function verdictLine(summary: CheckSummary, palette: Palette): string {
  const { sign, text } = readinessWords(summary);
  const paint = { '✓': palette.good, '✗': palette.bad, '?': palette.warn, '!': palette.warn }[sign];
  return `${paint(wrapped(`${sign} ${text}`, palette, '  '))}\n  ${palette.dim(totalsText(summary))}`;
}

export function indented(text: string, width: Width, indent: string): string {
  return indent + wrapped(text, width, indent);
}
