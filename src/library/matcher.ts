import type { CheckReport, CheckResult } from './check-receiver.js';
import { kindOf } from './given.js';

/** What a matcher of Vitest and Jest says. */
export interface MatcherAnswer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect(report)` can be asked once the matchers are added; `R` is what an assertion gives. */
export interface InqudMatchers<R> {
  /** Holds when `check` says that the receiver is ready. */
  toBeReadyForInqud(): R;
}

/**
 * For `expect.extend(matchers)` in Vitest and Jest: `expect(await check({…})).toBeReadyForInqud()`
 * holds when `check` says ready: every must that answers and a state can tell was told, and holds.
 */
export const matchers = {
  toBeReadyForInqud: (report: CheckReport): MatcherAnswer => {
    refuseNoReport(report);
    return {
      pass: report.summary.readiness.verdict === 'ready',
      message: () => messageOf(report),
    };
  },
} as const;

/** Thrown, for an answer would hold for its opposite. @throws TypeError */
function refuseNoReport(report: unknown): void {
  if (typeof report === 'object' && report !== null && 'summary' in report) return;
  throw new TypeError(
    `toBeReadyForInqud is asked of a report, and ${kindOf(report)} was given. ` +
      'Write expect(await check({…})).toBeReadyForInqud().',
  );
}

function messageOf({ results, summary, seed }: CheckReport): string {
  const { verdict } = summary.readiness;
  if (verdict === 'ready') return 'The receiver is ready for Inqud, and was expected not to be.';
  if (verdict === 'right-as-far-as-checked') {
    return 'What was checked of the receiver is right, but not everything was checked: name a state, and leave no rules out.';
  }
  const failed = results.filter(({ status, severity }) => status === 'fail' && severity === 'must');
  const untold = results.filter(
    ({ status, severity }) => status === 'inconclusive' && severity === 'must',
  );
  const shown = failed.length > 0 ? failed : untold;
  return ['The receiver is not ready for Inqud.', ...shown.map(resultText), `Seed: ${seed}`].join(
    '\n\n',
  );
}

function resultText({ id, evidence, advice, source, story }: CheckResult): string {
  const lines = story === undefined ? [] : [...story.timeline, ...story.state];
  return [`${id}: ${evidence}`, ...lines.map((line) => `  ${line}`), `Fix: ${advice}`, source].join(
    '\n',
  );
}
