import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { inMarkdown, inMarkdownCode, markdownFence } from '../foreign-text.js';
import type { Renderer } from '../renderer.js';
import type { CheckEnd, CheckStory } from './story.js';
import { stateLines, timeline, timesWords } from './timeline.js';
import { adviceOf, consequenceText, evidenceText, readinessWords } from './words.js';

/** For pull requests and step summaries. */
export function markdownCheck(story: CheckStory): Renderer<CheckRecord, CheckEnd> {
  const results: RuleResult[] = [];
  return {
    begin: () => '',
    record: (record) => {
      if (record.kind === 'result') results.push(record);
      return '';
    },
    end: ({ summary, exitCode }) => {
      const { pass, fail, inconclusive, skipped } = summary.counts;
      const mark = { 0: '✅', 3: '❔' }[exitCode] ?? '❌';
      const failures = results.flatMap(failureLines);
      return [
        `## ${mark} inqud-hook check ${inMarkdownCode(story.url)}`,
        '',
        `**${readinessWords(summary).text}**`,
        '',
        `${pass} passed, ${fail} failed, ${inconclusive} could not be told, ${skipped} skipped.`,
        '',
        ...failures,
        '<details><summary>All rules</summary>',
        '',
        '| rule | severity | status |',
        '| --- | --- | --- |',
        ...results.map(
          ({ rule, verdict }) =>
            `| [${rule.id}](${rule.source}) | ${rule.severity} | ${verdict.status} |`,
        ),
        '',
        '</details>',
        '',
      ].join('\n');
    },
  };
}

function failureLines(result: RuleResult): readonly string[] {
  const { rule, verdict, followsFrom } = result;
  if (verdict.status !== 'fail') return [];
  const { story } = verdict;
  if (followsFrom !== undefined) {
    return [
      `### ${rule.id} (${rule.severity})`,
      '',
      `${inMarkdown(evidenceText(verdict.evidence))} ${consequenceText(followsFrom)}`,
      '',
    ];
  }
  const shown =
    story === undefined
      ? []
      : markdownFence([...timeline(story), ...stateLines(story).map((line) => `≠ ${line}`)]);
  const times = story === undefined ? '' : timesWords(story);
  return [
    `### ${rule.id} (${rule.severity})`,
    '',
    [inMarkdown(evidenceText(verdict.evidence)), times].filter((text) => text !== '').join(' '),
    '',
    ...shown,
    '',
    `**Fix:** ${adviceOf(result)} ([Inqud](${rule.source}))`,
    '',
  ];
}
