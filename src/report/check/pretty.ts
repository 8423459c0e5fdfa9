import type { CalibratedRecord, CheckSummary } from '../../conformance/records.js';
import type { RuleResult, Story } from '../../conformance/rule.js';
import type { Palette } from '../palette.js';
import { printable } from '../printable.js';
import { duration } from '../time.js';
import type { CheckEnd, CheckRenderer, CheckStory } from './renderer.js';
import { cast, stateLines, timeline, timesWords } from './timeline.js';

const WIDTH = 78;

/** For people: a line a rule, and the whole story of what failed. */
export function prettyCheck(story: CheckStory, palette: Palette): CheckRenderer {
  let area = '';
  return {
    begin: () => `${palette.bold('CHECK')} ${story.url}\n`,
    record: (record) => {
      if (record.kind === 'calibrated') return calibrated(record, palette);
      const [ruleArea = ''] = record.rule.id.split('/');
      const heading = ruleArea === area ? '' : `\n${palette.bold(ruleArea)}\n`;
      area = ruleArea;
      return heading + printable(resultText(record, palette));
    },
    end: (end) => closing(end, story, palette),
  };
}

function calibrated(record: CalibratedRecord, palette: Palette): string {
  const seen = record.kinds.filter(({ blind }) => blind === undefined).map(({ kind }) => kind);
  const blind = record.kinds.flatMap(({ kind, blind: why }) =>
    why === undefined ? [] : [`${kind} (${why})`],
  );
  const skipped = record.skippedKinds.map(({ kind, reason }) => `${kind} (${reason})`);
  const lines = [
    listed('under test', seen),
    listed('answered, but not seen in the state', blind),
    listed('not taken', skipped),
    listed('works on one web hook after the other', scopeWords(record)),
    listed('left out of states because they vary', record.masked),
    listed('left out because they count every delivery', record.journals),
    listed('compared by their change', record.cumulative),
    ...(record.settleMs > 50 ? [`  settles within ${duration(record.settleMs)}`] : []),
  ];
  return palette.dim(`${lines.filter((line) => line !== '').join('\n')}\n`);
}

function scopeWords({ scope }: CalibratedRecord): readonly string[] {
  if (scope === undefined) return [];
  const kinds = scope.kinds === 1 ? 'the first kind' : `the first ${scope.kinds} kinds`;
  return [`only ${kinds} and ${scope.runs} random plans are tried`];
}

function listed(what: string, items: readonly string[]): string {
  return items.length === 0 ? '' : wrapped(`${what}: ${items.join(', ')}`, '  ').join('\n');
}

function resultText({ rule, verdict }: RuleResult, palette: Palette): string {
  const name = rule.id.split('/')[1] ?? rule.id;
  switch (verdict.status) {
    case 'pass':
      return `  ${palette.good('✓')} ${name}\n`;
    case 'skipped':
      return `  ${palette.dim(`- ${name}: skipped. ${verdict.evidence}`)}\n`;
    case 'inconclusive':
      return `  ${palette.warn('?')} ${name}: could not tell. ${verdict.evidence}\n`;
    case 'fail': {
      const paint = rule.severity === 'must' ? palette.bad : palette.warn;
      const mark = rule.severity === 'must' ? '✗' : '!';
      const lines = [
        `  ${paint(`${mark} ${name}`)} (${rule.severity})`,
        ...wrapped(verdict.evidence, '    '),
        ...(verdict.story === undefined ? [] : storyLines(verdict.story)),
        ...wrapped(`Fix: ${rule.advice}`, '    '),
        `    ${palette.dim(`Inqud: ${rule.source}`)}`,
      ];
      return `${lines.join('\n')}\n`;
    }
    default:
      return verdict satisfies never;
  }
}

function storyLines(story: Story): readonly string[] {
  const times = timesWords(story);
  return [
    ...cast(story).map((line) => `      ${line}`),
    ...timeline(story).map((line) => `      ${line}`),
    ...stateLines(story).map((line) => `      ≠ ${line}`),
    ...(times === '' ? [] : [`      ${times}`]),
  ];
}

function closing(end: CheckEnd, story: CheckStory, palette: Palette): string {
  const { summary, baseline, replay } = end;
  const lines = [
    '',
    verdictLine(summary, palette),
    ...(baseline === undefined ? [] : baselineLines(baseline)),
    ...(replay === undefined ? [] : [palette.dim(`replay the failure: ${replay.command}`)]),
    ...(end.exitCode === 0 ? [] : [palette.dim(`reproduce: ${story.reproduce}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function baselineLines(baseline: NonNullable<CheckEnd['baseline']>): readonly string[] {
  const { accepted, stale } = baseline;
  return [
    ...(accepted.length === 0 ? [] : [`accepted by the baseline: ${accepted.join(', ')}`]),
    ...(stale.length === 0 ? [] : [`✗ in the baseline, but not failing: ${stale.join(', ')}`]),
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

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
