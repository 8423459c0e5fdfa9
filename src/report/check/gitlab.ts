import { hash } from 'node:crypto';
import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { inLine, jsonText } from '../foreign-text.js';
import type { Renderer } from '../renderer.js';
import type { CheckEnd, CheckStory } from './story.js';
import { adviceOf, consequenceText, evidenceText } from './words.js';

const SEVERITIES = { must: 'critical', should: 'major', advisory: 'minor' } as const;

/**
 * For GitLab's widget of code quality: an issue for each rule that failed or could not be told.
 * GitLab wants a file for each issue. Nothing is known of the receiver's files, so it is the file at
 * `path`, which tells GitLab to run the check.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabCheck({ url }: CheckStory, path: string): Renderer<CheckRecord, CheckEnd> {
  const results: RuleResult[] = [];
  return {
    begin: () => '',
    record: (record) => {
      if (record.kind === 'result') results.push(record);
      return '';
    },
    end: () => `${jsonText(results.flatMap(issueOf), 2)}\n`,
  };

  function issueOf(result: RuleResult) {
    const { rule, verdict } = result;
    if (verdict.status === 'pass' || verdict.status === 'skipped') return [];
    return [
      {
        description: inLine(descriptionOf(result)),
        check_name: rule.id,
        fingerprint: fingerprintOf(rule.id, url),
        severity: verdict.status === 'fail' ? SEVERITIES[rule.severity] : 'info',
        location: { path, lines: { begin: 1 } },
      },
    ];
  }
}

function descriptionOf(result: RuleResult): string {
  const { verdict, followsFrom } = result;
  const evidence = evidenceText(verdict.evidence);
  if (verdict.status !== 'fail') return `It could not be told: ${evidence}`;
  const what =
    followsFrom === undefined ? `Fix: ${adviceOf(result)}` : consequenceText(followsFrom);
  return `${evidence} ${what}`;
}

/** The same in every run: GitLab tells by it what is new. Hosts and ports change from job to job. */
function fingerprintOf(rule: string, url: string): string {
  return hash('sha256', `${rule} ${new URL(url).pathname}`);
}
