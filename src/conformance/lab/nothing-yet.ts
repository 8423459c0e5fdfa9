import type { ProbeSubject } from '../../ports.js';

/** What clients of HTTP complain of where a server does not know what they ask for. */
const UNKNOWN_OVER_HTTP =
  /\b(?:error|status|code|http(?:\/[\d.]+)?)\b\W{0,3}(?:code\W{0,3})?(?:404|410)\b/i;
const NOT_THERE =
  /not[ -]?found|not known|unknown|no such|no (?:rows?|results?|records?|documents?|match|order|payment|resource)\b|does ?n[o']t exist|do(?:es)? not exist|cannot find|could not find|missing|KeyError/i;
/** What is not there is what has to be there to read anything. */
const OF_SOMETHING_ELSE =
  /\b(?:relation|table|column|database|schema|role|user|collection|keyspace|host|server|socket|module|package|command|option|syntax|permission|denied|refused|container|service)\b/i;

/**
 * Whether a command's complaint says that the resource it was asked about is not known yet. It says so
 * by the words of an HTTP client about a 404, or by naming the resource: anything else may be a failure
 * that passes, such as a locked database.
 */
export function saysNothingYet(complaint: string, { id, clientOrderId }: ProbeSubject): boolean {
  return complaint.split('\n').some((line) => {
    if (UNKNOWN_OVER_HTTP.test(line)) return true;
    const isNamed = line.includes(id) || line.includes(clientOrderId);
    return isNamed && NOT_THERE.test(line) && !OF_SOMETHING_ELSE.test(line);
  });
}
