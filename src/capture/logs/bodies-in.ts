import { isObject, listOf, memberOf } from '../json-value.js';
import type { FoundCapture } from '../record.js';
import { bodyFieldHint, fieldOf, NO_BODY } from './body-field.js';
import { loggedBytes } from './logged-bytes.js';

/** A text in a record that may be the body of its request. */
export interface BodyElsewhere {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
}

const DEEPEST = 12;
const MOST = 20;
const NAMED_SO = /body|payload|content|raw/i;
/** What was answered, and what cannot hold a body. */
const PASSED_OVER = /^(?:http)?resp(?:onse|_|$)|headers?$/i;
const BASE64_OBJECT = /^e[wyz][A-Za-z0-9+/]+={0,2}$/;
const OPENS_OBJECT = /^\s*\{/;
const OPENING = 0x7b;

/**
 * Objects of JSON that a record holds as text or as bytes: what is called like a body first. The web
 * hooks of Inqud are such, so that one of these is the body, where nothing says which.
 */
export function bodiesIn(record: unknown): readonly BodyElsewhere[] {
  const found: BodyElsewhere[] = [];
  look(record, [], found);
  return [...found.filter(isNamed), ...found.filter((body) => !isNamed(body))];
}

function isNamed({ path }: BodyElsewhere): boolean {
  return path.slice(-2).some((key) => NAMED_SO.test(key));
}

/** Beside the status of an answer, a body may be that of the answer. */
function holdsAnswer(record: unknown): boolean {
  const keys = ['status', 'statusCode', 'status_code', 'responseStatus'];
  return keys.some((key) => typeof memberOf(record, key) === 'number');
}

/**
 * A capture whose body is one of these of a record. The only one, where it is called like a body, is the
 * body; else the digest has to show which is, and none is called forged.
 */
export function assumed(
  capture: FoundCapture,
  record: unknown,
  [body, ...others]: readonly [BodyElsewhere, ...BodyElsewhere[]],
): FoundCapture {
  const fields = [body, ...others].map(({ path }) => fieldOf(path));
  const found = { ...capture, record: { ...capture.record, body: body.bytes } };
  if (others.length === 0 && isNamed(body) && !holdsAnswer(record)) {
    const [field] = fields;
    return field === undefined ? found : { ...found, note: `The body is taken from "${field}".` };
  }
  const doubt = {
    reason: NO_BODY,
    hint: bodyFieldHint(fields.flatMap((field) => field ?? [])),
    ...(others.length > 0 && { others: others.map(({ bytes }) => bytes) }),
  };
  return { ...found, doubt };
}

function look(value: unknown, path: readonly string[], found: BodyElsewhere[]): void {
  if (path.length > DEEPEST || found.length >= MOST) return;
  const bytes = bytesOf(value);
  if (bytes !== undefined) {
    if (!found.some((other) => Buffer.from(bytes).equals(other.bytes))) found.push({ path, bytes });
    return;
  }
  const entries = listOf(value)?.entries() ?? (isObject(value) ? Object.entries(value) : []);
  for (const [key, item] of entries) {
    const name = String(key);
    const isHeld = typeof item === 'object' || typeof item === 'string';
    if (isHeld && !PASSED_OVER.test(name)) look(item, [...path, name], found);
  }
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string' && OPENS_OBJECT.test(value)) return Buffer.from(value);
  const bytes =
    typeof value === 'string' && BASE64_OBJECT.test(value)
      ? Buffer.from(value, 'base64')
      : loggedBytes(value);
  return bytes?.[0] === OPENING ? bytes : undefined;
}
