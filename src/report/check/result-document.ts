import type { RuleResult } from '../../conformance/rule.js';
import { stateLines, timeline } from './timeline.js';

/** A result as programs read it. */
export function resultDocument({ rule, verdict }: RuleResult) {
  const head = {
    id: rule.id,
    severity: rule.severity,
    status: verdict.status,
    evidence: verdict.evidence,
    source: rule.source,
    advice: (verdict.status === 'fail' ? verdict.advice : undefined) ?? rule.advice,
  };
  if (verdict.status !== 'fail' || verdict.story === undefined) return head;
  const { story } = verdict;
  return {
    ...head,
    story: {
      script: story.script,
      timeline: timeline(story),
      state: stateLines(story),
      differences: story.wrong,
      times: story.times,
    },
  };
}
