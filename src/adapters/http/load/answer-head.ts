import { InvalidAnswerError } from './invalid-answer.js';

/** What the head of an answer says of it. */
export interface AnswerHead {
  readonly status: number;
  /** What tells where the body ends (RFC 9112, section 6.3). */
  readonly framing: 'length' | 'chunked' | 'close';
  /** Of the body, where its framing is `length`. */
  readonly bodyBytes: number;
  /** The connection may be used again. */
  readonly keepsAlive: boolean;
}

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: [^\0\r\n]*)?$/;
/** RFC 9110, sections 5.1 and 5.5. */
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\0\r\n]*?)[ \t]*$/;
const WITHOUT_BODY = [204, 304];
const STATUS_START = /^H(?:T(?:T(?:P(?:\/(?:1(?:\.(?:[01](?: \d{0,3})?)?)?)?)?)?)?)?$/;
const LONGEST_STATUS_START = 'HTTP/1.1 200'.length;

/** Whether these bytes, which are no whole head, may become one. */
export function startsLikeAnAnswer(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, LONGEST_STATUS_START);
  const [line = ''] = start.split('\r', 1);
  return STATUS_START.test(line);
}

/** Understands a head, from its status line to its last field. @throws InvalidAnswerError */
export function parseHead(text: string): AnswerHead {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const [, minor, digits = ''] = STATUS_LINE.exec(statusLine) ?? [];
  if (minor === undefined) throw new InvalidAnswerError('invalid', text);
  const fields = lines.map(parseField);
  const valuesOf = (wanted: string) =>
    fields.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const status = Number(digits);
  const options = tokensOf(valuesOf('connection'));
  const keepsAlive = minor === '1' ? !options.includes('close') : options.includes('keep-alive');
  const codings = tokensOf(valuesOf('transfer-encoding'));
  const length = bodyLength(valuesOf('content-length'));
  if (WITHOUT_BODY.includes(status)) return { status, framing: 'length', bodyBytes: 0, keepsAlive };
  if (codings.at(-1) === 'chunked') {
    // Both together are how requests are smuggled: such a connection is not trusted any further.
    const isSafe = keepsAlive && length === undefined;
    return { status, framing: 'chunked', bodyBytes: 0, keepsAlive: isSafe };
  }
  if (codings.length > 0 || length === undefined) {
    return { status, framing: 'close', bodyBytes: 0, keepsAlive: false };
  }
  return { status, framing: 'length', bodyBytes: length, keepsAlive };
}

function parseField(line: string): readonly [name: string, value: string] {
  const [, name, value = ''] = FIELD.exec(line) ?? [];
  if (name === undefined) throw new InvalidAnswerError('invalid-header', line);
  return [name.toLowerCase(), value];
}

function tokensOf(values: readonly string[]): readonly string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
}

/** Said twice it has to be the same. @throws InvalidAnswerError */
function bodyLength(values: readonly string[]): number | undefined {
  const [first, ...others] = values;
  if (first === undefined) return undefined;
  if (!/^\d{1,15}$/.test(first)) throw new InvalidAnswerError('invalid', first);
  if (others.some((other) => other !== first)) throw new InvalidAnswerError('invalid-header', '');
  return Number(first);
}
