import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { inLine, inXml } from '../foreign-text.js';
import type { Renderer } from '../renderer.js';
import type { CheckEnd, CheckStory } from './story.js';
import { stateLines, timeline, timesWords } from './timeline.js';
import { adviceOf, evidenceText } from './words.js';

/** For CI systems that read JUnit: a test case a rule. Only a must that fails is a failure. */
export function junitCheck(story: CheckStory): Renderer<CheckRecord, CheckEnd> {
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
        `  <testsuite name="${inXml(story.url)}" ${totals} time="${seconds}">`,
        ...results.map(testCase),
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n');
    },
  };
}

function testCase(result: RuleResult): string {
  const { rule, verdict } = result;
  const [area = '', name = ''] = rule.id.split('/');
  const open = `    <testcase classname="inqud-hook.${inXml(area)}" name="${inXml(name)}"`;
  const { status } = verdict;
  const evidence = evidenceText(verdict.evidence);
  if (status === 'pass') return `${open}/>`;
  if (status !== 'fail') return `${open}><skipped message="${inXml(evidence)}"/></testcase>`;
  const { story } = verdict;
  const lines = [
    evidence,
    ...(story === undefined ? [] : [...timeline(story), ...stateLines(story), timesWords(story)]),
    `Fix: ${adviceOf(result)}`,
    `Inqud: ${rule.source}`,
  ];
  const text = inXml(
    lines
      .filter((line) => line !== '')
      .map(inLine)
      .join('\n'),
  );
  if (rule.severity !== 'must') return `${open}><system-out>${text}</system-out></testcase>`;
  return `${open}><failure type="${rule.severity}" message="${inXml(evidence)}">${text}</failure></testcase>`;
}
