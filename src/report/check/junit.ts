import type { RuleResult } from '../../conformance/rule.js';
import type { CheckRenderer, CheckStory } from './renderer.js';
import { stateLines, timeline, timesWords } from './timeline.js';

/** For CI systems that read JUnit: a test case a rule. Only a must that fails is a failure. */
export function junitCheck(story: CheckStory): CheckRenderer {
  const results: RuleResult[] = [];
  return {
    begin: () => '',
    record: (record) => {
      if (record.kind === 'result') results.push(record);
      return '';
    },
    end: ({ summary }) => {
      const { counts, failed } = summary;
      const skipped = counts.skipped + counts.inconclusive;
      const seconds = (summary.elapsedMs / 1_000).toFixed(3);
      const totals = `tests="${results.length}" failures="${failed.must}" errors="0" skipped="${skipped}"`;
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="inqud-hook check" ${totals} time="${seconds}">`,
        `  <testsuite name="${escaped(story.url)}" ${totals} time="${seconds}">`,
        ...results.map(testCase),
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n');
    },
  };
}

function testCase({ rule, verdict }: RuleResult): string {
  const [area = '', name = ''] = rule.id.split('/');
  const open = `    <testcase classname="inqud-hook.${escaped(area)}" name="${escaped(name)}"`;
  const { status, evidence } = verdict;
  if (status === 'pass') return `${open}/>`;
  if (status !== 'fail') return `${open}><skipped message="${escaped(evidence)}"/></testcase>`;
  const { story } = verdict;
  const lines = [
    evidence,
    ...(story === undefined ? [] : [...timeline(story), ...stateLines(story), timesWords(story)]),
    `Fix: ${rule.advice}`,
    `Inqud: ${rule.source}`,
  ];
  const text = escaped(lines.filter((line) => line !== '').join('\n'));
  if (rule.severity !== 'must') return `${open}><system-out>${text}</system-out></testcase>`;
  return `${open}><failure type="${rule.severity}" message="${escaped(evidence)}">${text}</failure></testcase>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replace(/\p{Cc}/gu, '');
}
