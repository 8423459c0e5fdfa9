import * as v from 'valibot';
import { parseJson } from '../capture/json-value.js';
import { HookError } from '../errors.js';
import type { AnswerStep } from './answer-script.js';

/** The longest a scripted answer waits: Inqud has given up long before. */
export const LONGEST_DELAY_MS = 3_600_000;

/** RFC 9110, sections 5.1 and 5.5; a character is a byte. */
const name = v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'a header name'));
const value = v.pipe(v.string(), v.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a header value'));
/** The connection's own: the listener writes them. */
const FRAMING = ['connection', 'content-length', 'transfer-encoding', 'keep-alive', 'upgrade'];

const header = v.tuple([
  v.pipe(
    name,
    v.check(
      (text) => !FRAMING.includes(text.toLowerCase()),
      'a header that the listener does not write itself',
    ),
  ),
  value,
]);

const step = v.strictObject({
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.optional(v.array(header)),
  body: v.optional(v.string()),
  delayMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_DELAY_MS))),
});

const schema = v.pipe(v.array(step), v.minLength(1));

/**
 * Reads scripted answers: a JSON list of `{ status, headers?, body?, delayMs? }`, headers as pairs.
 * Unknown keys are refused.
 * @throws HookError `bad-flag`, naming the place
 */
export function parseRespondFile(text: string, file: string): readonly AnswerStep[] {
  const result = v.safeParse(schema, parseJson(text));
  if (!result.success) throw badFile(file, sentenceOf(result.issues[0]));
  return result.output.map(({ status, headers, body, delayMs }) => ({
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(delayMs === undefined ? {} : { delayMs }),
  }));
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const place = path === null ? 'it' : `\`${path}\``;
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place} is not known`;
  if (issue.received === 'undefined')
    return path === null ? 'it is not JSON' : `${place} is missing`;
  if (issue.type === 'regex' || issue.type === 'check') {
    return `${place} is ${issue.received}, where ${issue.message} is needed`;
  }
  return `${place} is ${issue.received}, where ${issue.expected ?? 'something else'} is needed`;
}

function badFile(file: string, reason: string): HookError {
  return new HookError(
    'bad-flag',
    `${file} holds no answers to give: ${reason}.`,
    'Write e.g. [{"status":500},{"status":200,"body":"ok","delayMs":2000,"headers":[["X-A","b"]]}].',
  );
}
