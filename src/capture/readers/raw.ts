import { decodeUtf8, isObject, parseJson } from '../json-value.js';
import { namesDigest } from '../left-over.js';
import { CUT_BUFFER, holdsCutBuffer } from '../logs/logged-bytes.js';
import { ANY_FIELDS, suggestFields } from '../logs/suggest-fields.js';
import { type MalformedCapture, malformed, type PlacedCapture } from '../record.js';
import { isSaidByCurl, SAID_BY_CURL, SAID_BY_CURL_HINT } from '../shell/verbose.js';

const NONE_FITS = 'The file is in none of the formats I read, though it names a digest.';
const DIGEST_ALONE = /(?<![0-9A-Za-z])[0-9a-fA-F]{40}(?![0-9A-Za-z])/;
const LOOKS_LIKE_HTTP = /^\s*(?:POST|PUT) \S/m;
const CUT_OUT = 'Cut the body out into a file of its own, and give its digest with --digest.';
const CALLS_CURL = /\bcurl(?:\.exe)?[ \t]+\S/;

/**
 * Takes a whole file for one body: what is left when no other reader fits. A file that holds a digest
 * is more than a body, so it is none, unless the user says that it is.
 */
export function readRaw(body: Buffer, { isNamed }: { readonly isNamed: boolean }): PlacedCapture {
  const record = { headers: [], body };
  if (isNamed) return { kind: 'capture', record };
  return unknownFormat(body) ?? { kind: 'capture', record, isBare: true };
}

function unknownFormat(file: Buffer): MalformedCapture | undefined {
  const latin1 = file.toString('latin1');
  const holdsDigest = namesDigest(latin1) || (DIGEST_ALONE.test(latin1) && holdsBody(file));
  if (!holdsDigest) return undefined;
  if (isSaidByCurl(latin1)) return malformed(SAID_BY_CURL, SAID_BY_CURL_HINT);
  if (suggestFields(file) === undefined && holdsCutBuffer(latin1)) return CUT_BUFFER;
  return malformed(NONE_FITS, hintFor(latin1, file));
}

/** A body beside the digest: JSON inside a string, or a text that is more than its JSON. */
function holdsBody(file: Buffer): boolean {
  const value = parseJson(decodeUtf8(file) ?? '');
  return value === undefined ? file.includes('{') : holdsJsonText(value);
}

function holdsJsonText(value: unknown): boolean {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' && isObject(parseJson(next))) return true;
    if (typeof next === 'object' && next !== null) {
      waiting.push(...Object.values(next).filter((item) => item !== undefined));
    }
  }
  return false;
}

const OTHER_SENDERS =
  /^[ \t]*(?:(?:\$\w+ *= *)?(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)|wget|https?|xh) /im;
const SENT_OTHERWISE =
  'Only curl is read of what sends requests: write it as a curl command, or give body and digest alone.';

function hintFor(text: string, file: Buffer): string {
  if (OTHER_SENDERS.test(text)) return SENT_OTHERWISE;
  if (/^\s*[[{]/.test(text)) return suggestFields(file) ?? ANY_FIELDS;
  if (LOOKS_LIKE_HTTP.test(text)) return 'Name the format, e.g. --from http.';
  if (CALLS_CURL.test(text)) return 'Name the format: --from curl.';
  return suggestFields(file) ?? CUT_OUT;
}
