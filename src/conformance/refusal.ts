import { findingOf } from '../delivery/findings.js';
import type { Outcome } from '../ports.js';

/** So much of an answer is kept, and shown. */
export const ANSWER_BYTES = 512;
const SHOWN_CHARACTERS = 160;

/** What came instead of a 200 and what it means, with the start of what the receiver said. */
export function refusalText(outcome: Outcome): string {
  const said = answerStart(outcome);
  return `${findingOf(outcome)}${said === undefined ? '' : ` It said: ${said}`}`;
}

/** What to do about a receiver that takes nothing; `undefined` where the rule's own advice fits. */
export function adviceFor(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'responded':
      return adviceForStatus(outcome.status);
    case 'timed-out':
      return 'Store the web hook, answer 200, and do the work afterwards.';
    case 'unreachable':
      return 'Start the receiver, or check host and port.';
    case 'broken':
      return 'Check scheme, host and port of the URL, and what the receiver logs.';
    default:
      return undefined;
  }
}

const KNOWN_ORDERS =
  'If it only takes web hooks of orders it knows, --prepare makes the order before each; otherwise check the path of the URL.';

function adviceForStatus(status: number): string | undefined {
  if (status === 404 || status === 422 || status === 409 || status === 410) return KNOWN_ORDERS;
  if (status === 405) return 'Check the path of the URL: it has to take a POST.';
  if (status >= 300 && status < 400) return 'Give the URL it redirects to: Inqud follows none.';
  if (status >= 500)
    return 'Look into the log of the receiver: the handler fails on a genuine web hook.';
  return undefined;
}

/** The start of an answer in one line; for a redirect where it leads. */
function answerStart(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'responded' || outcome.answer === undefined) return undefined;
  const { headers, body } = outcome.answer;
  const isRedirect = outcome.status >= 300 && outcome.status < 400;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (isRedirect && location !== undefined) return `Location: ${shortened(location)}`;
  const text = shortened(new TextDecoder().decode(body));
  return text === '' ? undefined : text;
}

/** In one line, cut to what fits a report. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS - 1)}…` : line;
}
