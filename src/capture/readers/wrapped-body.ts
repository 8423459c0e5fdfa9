import { isObject } from '../json-value.js';

/** A body that a tool keeps inside an object that says what it is. */
export interface WrappedBody {
  readonly kind: 'text' | 'base64';
  readonly text: string;
}

/** Members that hold the body, and members that say something of it, in small letters. */
const HOLDS = new Set('raw rawbody text body content data value string encoded'.split(' '));
const SAYS = new Set(
  (
    'type mode kind mimetype mime_type contenttype content_type mime charset encoding contentencoding ' +
    'format language size bytes length isbase64 isbase64encoded base64 truncated istruncated binary ' +
    'form formdata urlencoded graphql file files params options'
  ).split(' '),
);

/**
 * The body inside `{type, raw}`, `{contentType, body}`, `{content}` and the like. An object with any
 * other member is a body itself that was parsed.
 */
export function unwrapBody(value: unknown): WrappedBody | undefined {
  if (!isObject(value)) return undefined;
  const members = Object.entries(value).map(([key, item]) => [key.toLowerCase(), item] as const);
  if (!members.every(([key]) => HOLDS.has(key) || SAYS.has(key))) return undefined;
  const texts = members.flatMap(([key, item]) =>
    HOLDS.has(key) && typeof item === 'string' && item !== '' ? [{ key, text: item }] : [],
  );
  const [found, ...more] = texts;
  if (found === undefined || more.length > 0) return undefined;
  const { key, text } = found;
  if (key === 'encoded' || members.some(saysBase64)) return { kind: 'base64', text };
  const isDescribed = members.some(([name]) => SAYS.has(name));
  return isDescribed || text.trimStart().startsWith('{') ? { kind: 'text', text } : undefined;
}

function saysBase64([key, item]: readonly [string, unknown]): boolean {
  const isFlag = key === 'base64' || key.startsWith('isbase64');
  if (isFlag) return item === true;
  return /encoding$/.test(key) && typeof item === 'string' && /^base-?64$/i.test(item);
}
