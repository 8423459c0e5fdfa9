import type { CalibratedRecord, CheckRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult, Story } from '../../conformance/rule.js';
import { counted } from '../count.js';
import { groupedBy } from '../distinct.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { duration } from '../time.js';
import { wrapped } from '../wrap.js';
import type { CheckEnd, CheckStory } from './story.js';
import { cast, stateLines, timeline, timesWords } from './timeline.js';
import {
  adviceOf,
  blindText,
  cameText,
  evidenceText,
  readinessWords,
  refusedText,
  stateSeenText,
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
    return `  ${palette.good('✓')} ${wrapped(names, '    ')}\n`;
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
    end: (end) => flushed() + untoldText(untold, palette) + closing(end, told, story, palette),
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
  const seen = record.kinds.filter(({ blind }) => blind === undefined).map(({ kind }) => kind);
  const blind = together(
    record.kinds.flatMap(({ kind, blind: why }) =>
      why === undefined || why.code === 'no-probe' ? [] : [{ kind, why }],
    ),
    blindText,
  );
  const skipped = together(
    record.skippedKinds.map(({ kind, event, came, takenInPart }) => ({
      kind,
      why: { came, refused: takenInPart ? event : undefined },
    })),
    ({ came, refused }) =>
      refused === undefined ? cameText(came) : refusedText({ event: refused, came }),
  );
  const byAnswers = record.kinds.filter(({ blind: why }) => why?.code === 'no-probe');
  const lines = [
    listed('under test', seen),
    listed(
      'under test, by their answers alone',
      byAnswers.map(({ kind }) => kind),
    ),
    listed('answered, but not seen in the state', blind),
    ...(record.stateSeen === undefined
      ? []
      : [indented(inLine(stateSeenText(record.stateSeen)), '  ')]),
    listed('not taken', skipped),
    listed(
      record.isMixedUp
        ? 'left out, since what comes at the same time gets mixed up'
        : 'left out, since it works on one web hook after the other',
      record.leftOut,
    ),
    listed('left out of states because they vary', record.masked),
    listed('left out because they count every delivery', record.journals),
    listed('compared by their change', record.cumulative),
    ...(record.settleMs > 50 ? [`  settles within ${duration(record.settleMs)}`] : []),
  ];
  return palette.dim(textOf(lines.filter((line) => line !== '')));
}

/** What is so for the same reason is said once: `payment, invoice (answered 404)`. */
function together<Why extends object>(
  kinds: readonly { readonly kind: string; readonly why: Why }[],
  wording: (why: Why) => string,
): readonly string[] {
  const alike = groupedBy(kinds, ({ why }) => why);
  return alike.map(([first, ...others]) => {
    const names = [first, ...others].map(({ kind }) => kind).join(', ');
    return `${names} (${wording(first.why)})`;
  });
}

function listed(what: string, items: readonly string[]): string {
  return items.length === 0 ? '' : indented(inLine(`${what}: ${items.join(', ')}`), '  ');
}

/** What was not told, by the reason, since many rules can want for the same thing. */
function untoldText(untold: readonly RuleResult[], palette: Palette): string {
  const byReason = groupedBy(untold, ({ verdict: { status, evidence } }) => [status, evidence]);
  return byReason.map((results) => reasonText(results, palette)).join('');
}

function reasonText(results: readonly [RuleResult, ...RuleResult[]], palette: Palette): string {
  const [first] = results;
  const isSkipped = first.verdict.status === 'skipped';
  const what = isSkipped ? '- skipped' : '? could not tell';
  const evidence = inLine(evidenceText(first.verdict.evidence));
  const text = `${what} ${counted(results.length, 'rule')}. ${evidence} [${namesText(results)}]`;
  return `\n${(isSkipped ? palette.dim : palette.warn)(wrapped(text, '  '))}\n`;
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
  const { rule } = result;
  const isMust = rule.severity === 'must';
  const paint = isMust ? palette.bad : palette.warn;
  const lines = [
    `  ${paint(`${isMust ? '✗' : '!'} ${nameOf(result)}`)} (${rule.severity})`,
    indented(inLine(evidenceText(evidence)), '    '),
    ...(story === undefined ? [] : storyLines(story, before)),
    indented(`Fix: ${adviceOf(result)}`, '    '),
    `    ${palette.dim(`Inqud: ${rule.source}`)}`,
  ];
  return textOf(lines);
}

type FailVerdict = Extract<RuleResult['verdict'], { readonly status: 'fail' }>;

/** A story that another rule has told is not told again. */
function storyLines(story: Story, before: readonly RuleResult[]): readonly string[] {
  const key = keyOf(story);
  const twin = before.find(
    ({ verdict }) =>
      verdict.status === 'fail' && verdict.story !== undefined && keyOf(verdict.story) === key,
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

function keyOf(story: Story): string {
  return JSON.stringify([story.script, stateLines(story)]);
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
    ...(baseline === undefined ? [] : baselineLines(baseline)),
    ...(replay === undefined ? [] : [palette.dim(`replay the failure: ${inLine(replay.command)}`)]),
    ...(end.exitCode === 0 ? [] : [palette.dim(`reproduce: ${inLine(story.reproduce)}`)]),
  ];
  return textOf(lines);
}

/** The names of what failed, together, since stories are long. */
function failedLines(results: readonly RuleResult[], palette: Palette): readonly string[] {
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  return failed.map(({ rule }) => {
    const isMust = rule.severity === 'must';
    const paint = isMust ? palette.bad : palette.warn;
    return `  ${paint(isMust ? '✗' : '!')} ${rule.id} (${rule.severity})`;
  });
}

function baselineLines(baseline: NonNullable<CheckEnd['baseline']>): readonly string[] {
  const { accepted, stale } = baseline;
  return [
    ...(accepted.length === 0 ? [] : [`accepted by the baseline: ${inLine(accepted.join(', '))}`]),
    ...(stale.length === 0
      ? []
      : [`✗ in the baseline, but not failing: ${inLine(stale.join(', '))}`]),
  ];
}

function verdictLine(summary: CheckSummary, palette: Palette): string {
  const { counts } = summary;
  const totals = [
    `${counts.pass} passed`,
    `${counts.fail} failed`,
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} could not be told`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ].join(', ');
  const tail = `${totals} (${summary.requests} web hooks in ${duration(Math.round(summary.elapsedMs / 100) * 100)})`;
  const { sign, text } = readinessWords(summary);
  const paint = { '✓': palette.good, '✗': palette.bad, '?': palette.warn, '!': palette.warn }[sign];
  return `${paint(wrapped(`${sign} ${text}`, '  '))}\n  ${palette.dim(tail)}`;
}

function indented(text: string, indent: string): string {
  return indent + wrapped(text, indent);
}
