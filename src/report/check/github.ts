import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { inLine, inWorkflowMessage, inWorkflowProperty } from '../foreign-text.js';
import type { Renderer } from '../renderer.js';
import type { CheckEnd } from './story.js';
import { stateLines, timeline } from './timeline.js';
import { adviceOf, evidenceText, readinessWords } from './words.js';

/** For GitHub Actions: an annotation for each rule that failed or could not be told. */
export function githubCheck(): Renderer<CheckRecord, CheckEnd> {
  return {
    begin: () => '',
    record: (record) => (record.kind === 'result' ? annotation(record) : ''),
    end: ({ summary }) => {
      const { pass, fail, inconclusive } = summary.counts;
      const { sign, text } = readinessWords(summary);
      return `${sign} ${text} (${pass} passed, ${fail} failed, ${inconclusive} could not be told)\n`;
    },
  };
}

function annotation(result: RuleResult): string {
  const { rule, verdict } = result;
  if (verdict.status === 'pass' || verdict.status === 'skipped') return '';
  if (verdict.status === 'inconclusive') {
    return command(rule.severity === 'must' ? 'warning' : 'notice', rule.id, [
      evidenceText(verdict.evidence),
    ]);
  }
  const level = { must: 'error', should: 'warning', advisory: 'notice' } as const;
  const { story } = verdict;
  return command(level[rule.severity], rule.id, [
    evidenceText(verdict.evidence),
    ...(story === undefined ? [] : [...timeline(story), ...stateLines(story)]),
    `Fix: ${adviceOf(result)}`,
    rule.source,
  ]);
}

function command(level: 'error' | 'warning' | 'notice', title: string, lines: readonly string[]) {
  const message = inWorkflowMessage(lines.map(inLine).join('\n'));
  return `::${level} title=${inWorkflowProperty(title)}::${message}\n`;
}
