import { NO_PROBE } from '../../conformance/calibration/profile-kind.js';
import type { CalibratedRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult, Story } from '../../conformance/rule.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import { duration } from '../time.js';
import { wrapped } from '../wrap.js';
import type { CheckEnd, CheckRenderer, CheckStory } from './renderer.js';
import { cast, stateLines, timeline, timesWords } from './timeline.js';

/** For people: the names of what passed, and the whole story of what failed. */
export function prettyCheck(story: CheckStory, palette: Palette): CheckRenderer {
  const shown: RuleResult[] = [];
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
      const area = areaOf(record);
      const before = shown.at(-1);
      const isNewArea = before === undefined || areaOf(before) !== area;
      const heading = isNewArea ? `${flushed()}\n${palette.bold(area)}\n` : '';
      const text = resultText(record, shown, palette);
      shown.push(record);
      if (text !== undefined) return `${heading}${flushed()}${text}`;
      passed.push(nameOf(record));
      return heading;
    },
    end: (end) => flushed() + closing(end, shown, story, palette),
  };
}

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
      why === undefined || why === NO_PROBE ? [] : [{ kind, why }],
    ),
  );
  const skipped = together(
    record.skippedKinds.map(({ kind, reason, answer, takenInPart }) => ({
      kind,
      why: takenInPart ? reason : answer,
    })),
  );
  const byAnswers = record.kinds.filter(({ blind: why }) => why === NO_PROBE);
  const lines = [
    listed('under test', seen),
    listed(
      'under test, by their answers alone',
      byAnswers.map(({ kind }) => kind),
    ),
    listed('answered, but not seen in the state', blind),
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
  return palette.dim(`${lines.filter((line) => line !== '').join('\n')}\n`);
}

/** What is so for the same reason is said once: `payment, invoice (answered 404)`. */
function together(
  kinds: readonly { readonly kind: string; readonly why: string }[],
): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { kind, why } of kinds) names.set(why, [...(names.get(why) ?? []), kind]);
  return [...names].map(([why, some]) => `${some.join(', ')} (${why})`);
}

function listed(what: string, items: readonly string[]): string {
  return items.length === 0 ? '' : indented(inLine(`${what}: ${items.join(', ')}`), '  ');
}

function resultText(
  result: RuleResult,
  before: readonly RuleResult[],
  palette: Palette,
): string | undefined {
  const { verdict } = result;
  const name = nameOf(result);
  switch (verdict.status) {
    case 'pass':
      return undefined;
    case 'skipped':
      return palette.dim(untold(`- ${name}: skipped`, result, before));
    case 'inconclusive':
      return palette.warn(untold(`? ${name}: could not tell`, result, before));
    case 'fail':
      return failure(result, verdict, before, palette);
    default:
      return verdict satisfies never;
  }
}

/** Many rules can want for the same thing, which is said once. */
function untold(what: string, { verdict }: RuleResult, before: readonly RuleResult[]): string {
  const { status, evidence } = verdict;
  const isKnown = before.some(
    (one) => one.verdict.status === status && one.verdict.evidence === evidence,
  );
  const text = isKnown ? `${what}, for the same reason` : `${what}. ${evidence}`;
  return `  ${wrapped(inLine(text), '    ')}\n`;
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
    indented(inLine(evidence), '    '),
    ...(story === undefined ? [] : storyLines(story, before)),
    indented(`Fix: ${rule.advice}`, '    '),
    `    ${palette.dim(`Inqud: ${rule.source}`)}`,
  ];
  return `${lines.join('\n')}\n`;
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
  return `${lines.join('\n')}\n`;
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
  const { counts, failed, untold } = summary;
  const totals = [
    `${counts.pass} passed`,
    `${counts.fail} failed`,
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} could not be told`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ].join(', ');
  const tail = `${totals} (${summary.requests} web hooks in ${duration(Math.round(summary.elapsedMs / 100) * 100)})`;
  if (summary.interrupted) return palette.warn(`! Interrupted: ${tail}`);
  if (!summary.connected) return palette.warn(`? The receiver cannot be reached: ${tail}`);
  if (failed.must > 0) return palette.bad(`✗ This receiver is not ready for Inqud: ${tail}`);
  if (untold > 0)
    return palette.warn(`? Nothing failed, but not everything could be told: ${tail}`);
  return palette.good(`✓ This receiver is ready for Inqud: ${tail}`);
}

function indented(text: string, indent: string): string {
  return indent + wrapped(text, indent);
}
