import type { CheckRecord } from '../../conformance/records.js';
import type { RuleResult, Severity } from '../../conformance/rule.js';
import { inLine, jsonText } from '../foreign-text.js';
import type { Renderer } from '../renderer.js';
import type { CheckEnd, CheckStory } from './story.js';
import { stateLines, timeline, timesWords } from './timeline.js';
import { adviceOf, evidenceText } from './words.js';

/** What a report in CTRF says beside the results. */
export interface CtrfFacts {
  /** When the check began, in milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** The version of the program. */
  readonly version: string;
}

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'other';

const SPEC_VERSION = '0.0.0';

/**
 * In the Common Test Report Format: a test a rule. Only a must that fails is `failed`, and what could
 * not be told is `other`. Rules run side by side, so no test has a duration of its own: it is 0.
 * @see https://github.com/ctrf-io/ctrf
 */
export function ctrfCheck(
  { url, seed, reproduce }: CheckStory,
  { atMs, version }: CtrfFacts,
): Renderer<CheckRecord, CheckEnd> {
  const results: RuleResult[] = [];
  return {
    begin: () => '',
    record: (record) => {
      if (record.kind === 'result') results.push(record);
      return '';
    },
    end: ({ summary, exitCode }) => {
      const tests = results.map(testOf);
      const start = Math.round(atMs);
      const duration = Math.round(summary.elapsedMs);
      const document = {
        reportFormat: 'CTRF',
        specVersion: SPEC_VERSION,
        timestamp: new Date(start).toISOString(),
        generatedBy: `inqud-hook ${version}`,
        results: {
          tool: { name: 'inqud-hook check', version },
          summary: { ...countsOf(tests), start, stop: start + duration, duration },
          tests,
          extra: { url, seed, reproduce, exitCode },
        },
      };
      return `${jsonText(document, 2)}\n`;
    },
  };
}

function testOf(result: RuleResult) {
  const { rule, verdict, followsFrom } = result;
  const [area = ''] = rule.id.split('/');
  return {
    name: rule.id,
    status: statusOf(result),
    duration: 0,
    suite: [area],
    rawStatus: verdict.status,
    tags: [rule.severity],
    ...(verdict.status === 'pass' ? {} : { message: inLine(evidenceText(verdict.evidence)) }),
    ...(verdict.status === 'fail' ? { trace: traceOf(result) } : {}),
    extra: {
      severity: rule.severity,
      source: rule.source,
      ...(verdict.status === 'fail' ? { advice: inLine(adviceOf(result)) } : {}),
      ...(followsFrom === undefined ? {} : { followsFrom }),
    },
  };
}

function statusOf({ rule, verdict }: RuleResult): CtrfStatus {
  switch (verdict.status) {
    case 'pass':
      return 'passed';
    case 'fail':
      return FAILED[rule.severity];
    case 'inconclusive':
      return 'other';
    case 'skipped':
      return 'skipped';
    default:
      return verdict satisfies never;
  }
}

const FAILED: Readonly<Record<Severity, CtrfStatus>> = {
  must: 'failed',
  should: 'other',
  advisory: 'other',
};

/** The deliveries that show it, and what to do. */
function traceOf(result: RuleResult): string {
  const { rule, verdict } = result;
  const story = verdict.status === 'fail' ? verdict.story : undefined;
  const lines = [
    ...(story === undefined ? [] : [...timeline(story), ...stateLines(story), timesWords(story)]),
    `Fix: ${adviceOf(result)}`,
    `Inqud: ${rule.source}`,
  ];
  return lines
    .filter((line) => line !== '')
    .map(inLine)
    .join('\n');
}

function countsOf(tests: readonly { readonly status: CtrfStatus }[]) {
  const having = (status: CtrfStatus) => tests.filter((test) => test.status === status).length;
  return {
    tests: tests.length,
    passed: having('passed'),
    failed: having('failed'),
    skipped: having('skipped'),
    pending: 0,
    other: having('other'),
  };
}
