import type { RuleResult } from '../../conformance/rule.js';
import type { Wrong } from '../../conformance/trial.js';
import { stateLines, timeline } from './timeline.js';
import { adviceOf, evidenceText } from './words.js';

/** A result as programs read it; what receivers said passes `mask`, where nothing else will. */
export function resultDocument(
  { rule, verdict, followsFrom }: RuleResult,
  mask: (text: string) => string = (text) => text,
) {
  const head = {
    id: rule.id,
    severity: rule.severity,
    status: verdict.status,
    evidence: mask(evidenceText(verdict.evidence)),
    source: rule.source,
    advice: adviceOf({ rule, verdict }),
    ...(followsFrom === undefined ? {} : { followsFrom }),
  };
  if (verdict.status !== 'fail' || verdict.story === undefined) return head;
  const { story } = verdict;
  return {
    ...head,
    story: {
      script: story.script,
      timeline: timeline(story).map(mask),
      state: stateLines(story).map(mask),
      differences: story.wrong.map((wrong) => maskedWrong(wrong, mask)),
      times: story.times,
    },
  };
}

function maskedWrong(wrong: Wrong, mask: (text: string) => string): Wrong {
  const shown = (text: string | undefined) => text && mask(text);
  return {
    ...wrong,
    differences: wrong.differences.map((difference) => ({
      ...difference,
      path: mask(difference.path),
      expected: shown(difference.expected),
      actual: shown(difference.actual),
    })),
  };
}
