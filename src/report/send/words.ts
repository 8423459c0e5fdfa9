/** The report of `send`: one request with everything about it, or a line each of many. */
import { isRetried } from '../../delivery/findings.js';
import type { AnswerFinding } from '../../delivery/judge-answer.js';
import { findingText } from '../words.js';

/** What Inqud would do, or why this is not what was asked for: a sentence or a few. */
export function explanationOf(finding: AnswerFinding): string {
  switch (finding.code) {
    case 'answer':
      return answerText(finding);
    case 'forgery-refused':
      return 'Refused, as a web hook with a wrong digest must be.';
    case 'forgery-failed':
      return `${finding.status} is a failure, not a refusal: answer 401 or 400 to a wrong digest.`;
    case 'forgery-redirected':
      return `${finding.status} is a redirect, not a refusal: answer 401 or 400 to a wrong digest.`;
    case 'forgery-accepted':
      return `${finding.status} accepts a web hook whose digest is wrong: anyone can forge one.`;
    default:
      return finding satisfies never;
  }
}

function answerText({ finding, wanted }: Extract<AnswerFinding, { code: 'answer' }>): string {
  return [
    ...(wanted === undefined ? [] : [`${wanted} is expected.`]),
    findingText(finding),
    ...(isRetried(finding) ? ['Inqud retries.'] : []),
  ].join(' ');
}
