import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { indented, storyLines, verdictLine } from './pretty.js';
import type { CheckEnd, CheckStory } from './story.js';
import { adviceOf, evidenceText, replayedText } from './words.js';

/** For people: what became of each saved failure. */
export function prettyReplay(story: CheckStory, palette: Palette): Renderer<CheckRecord, CheckEnd> {
  const told: RuleResult[] = [];
  return {
    begin: () => {
      const again = `the failures saved in ${inLine(story.replayed ?? '')}, again`;
      return `${palette.bold('CHECK')} ${inLine(story.url)}\n  ${palette.dim(again)}\n\n`;
    },
    record: (record) => {
      if (record.kind === 'calibrated') return '';
      const earlier = [...told];
      told.push(record);
      return textOf([headline(record, palette), ...detailLines(record, earlier, palette)]);
    },
    end: ({ summary, exitCode }) =>
      textOf([
        '',
        verdictLine(summary, palette),
        ...(exitCode === 0 ? [] : [palette.dim(`reproduce: ${inLine(story.reproduce)}`)]),
      ]),
  };
}

function headline({ rule, verdict }: RuleResult, palette: Palette): string {
  const { status } = verdict;
  const [sign, paint] =
    status === 'pass'
      ? ['✓', palette.good]
      : status === 'fail'
        ? ['✗', palette.bad]
        : ['?', palette.warn];
  return `${paint(`${sign} ${replayedText(status)}`)}  ${rule.id} (${rule.severity})`;
}

function detailLines(
  result: RuleResult,
  earlier: readonly RuleResult[],
  palette: Palette,
): readonly string[] {
  const { rule, verdict } = result;
  if (verdict.status === 'pass') return [];
  const evidence = indented(inLine(evidenceText(verdict.evidence)), palette, '    ');
  if (verdict.status !== 'fail') return [evidence];
  return [
    evidence,
    ...(verdict.story === undefined ? [] : storyLines(verdict.story, earlier)),
    indented(`Fix: ${adviceOf(result)}`, palette, '    '),
    `    ${palette.dim(`Inqud: ${rule.source}`)}`,
  ];
}
