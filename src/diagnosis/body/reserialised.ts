import {
  cStyles,
  dotnetFrameworkStyles,
  dotnetStyles,
  goMapStyles,
  gsonStyles,
  htmlSafeStyles,
  javaStyles,
  javascriptStyle,
  phpStyles,
  pythonCompactStyles,
  pythonStyles,
  pythonUnicodeStyles,
  rubyStyles,
  rustStyles,
  ujsonStyles,
} from '../json/languages.js';
import { SORTED } from '../json/members.js';
import type { JsonStyle } from '../json/write.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';
import { mayBeJson, rewritten, stringified, written, writtenInOrder } from './rewritten.js';

const HASH_RAW_BYTES = 'Compute the digest over the raw request bytes, before anything parses them';

/** The digest was computed over JSON that had been parsed and written anew. */
export const reserialised: readonly BodyMistake[] = [
  {
    id: 'body/reserialised-javascript',
    stage: 'rewrite',
    explanation: 'The digest is that of the body parsed and written again by JavaScript.',
    fix: `${HASH_RAW_BYTES}: express.raw() instead of express.json(), or request.text() before JSON.parse.`,
    candidates: javascript,
  },
  {
    id: 'body/reserialised-python',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body written again by Python, whose json.dumps puts a space after each comma and colon.',
    fix: `${HASH_RAW_BYTES}: request.body in Django, request.get_data() in Flask, await request.body() in FastAPI.`,
    candidates: (subject) => rewritten(subject, pythonStyles),
  },
  {
    id: 'body/reserialised-python-compact',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body written again by Python with compact separators, or by Ruby: escapes or numbers differ from the original.',
    fix: `${HASH_RAW_BYTES}: request.body in Django, request.get_data() in Flask, await request.body() in FastAPI.`,
    candidates: (subject) => rewritten(subject, pythonCompactStyles),
  },
  {
    id: 'body/reserialised-python-unicode',
    stage: 'rewrite',
    explanation: 'The digest is that of the body written again by Python with ensure_ascii=False.',
    fix: `${HASH_RAW_BYTES}: request.body in Django, request.get_data() in Flask, await request.body() in FastAPI.`,
    candidates: (subject) => rewritten(subject, pythonUnicodeStyles),
  },
  {
    id: 'body/reserialised-php',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body written again by PHP, whose json_encode escapes slashes and unicode and drops zero fractions.',
    fix: `${HASH_RAW_BYTES}: file_get_contents('php://input'), or $request->getContent().`,
    candidates: (subject) => rewritten(subject, phpStyles),
  },
  {
    id: 'body/reserialised-go',
    stage: 'format',
    explanation:
      'The digest is that of the body written again from a Go map, which sorts the keys and escapes <, > and &.',
    fix: `${HASH_RAW_BYTES}: io.ReadAll(r.Body) before json.Unmarshal.`,
    candidates: (subject) => writtenInOrder(subject, goMapStyles, SORTED),
  },
  {
    id: 'body/html-escaped',
    stage: 'format',
    explanation:
      'The digest is that of the body with <, > and & escaped as \\u003c, \\u003e and \\u0026, as Go and Rails write JSON.',
    fix: `${HASH_RAW_BYTES}: io.ReadAll(r.Body) in Go, request.raw_post in Rails.`,
    candidates: (subject) => rewritten(subject, htmlSafeStyles),
  },
  {
    id: 'body/reserialised-ruby',
    stage: 'format',
    explanation: 'The digest is that of the body parsed and written again by Ruby.',
    fix: `${HASH_RAW_BYTES}: request.raw_post in Rails, request.body.read in Rack.`,
    candidates: (subject) => rewritten(subject, rubyStyles),
  },
  {
    id: 'body/reserialised-java',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body parsed and written again by Java (Jackson), whose doubles read 1.0E10.',
    fix: `${HASH_RAW_BYTES}: take a byte[] with @RequestBody instead of an object.`,
    candidates: (subject) => rewritten(subject, javaStyles),
  },
  {
    id: 'body/reserialised-gson',
    stage: 'format',
    explanation:
      "The digest is that of the body written again by Gson, which escapes <, >, &, = and ' and may turn 1 into 1.0.",
    fix: `${HASH_RAW_BYTES}: take a byte[] instead of an object.`,
    candidates: gson,
  },
  {
    id: 'body/reserialised-dotnet',
    stage: 'layout',
    explanation:
      'The digest is that of the body written again by .NET: System.Text.Json, which escapes quotes, +, <, >, & and all but ASCII, Json.NET or JavaScriptSerializer.',
    fix: `${HASH_RAW_BYTES}: call Request.EnableBuffering() and read Request.Body.`,
    candidates: (subject) => rewritten(subject, [...dotnetStyles, ...dotnetFrameworkStyles]),
  },
  {
    id: 'body/reserialised-rust',
    stage: 'alone',
    explanation:
      'The digest is that of the body written again by Rust (serde_json), or by orjson or ujson of Python, whose numbers read 1e-7 and 1.0.',
    fix: `${HASH_RAW_BYTES}: the extractor Bytes instead of Json in axum, request.body in Python.`,
    candidates: (subject) => fromCompact(subject, [...rustStyles, ...ujsonStyles]),
  },
  {
    id: 'body/reserialised-c',
    stage: 'alone',
    explanation:
      'The digest is that of the body written again by C or C++: Jansson, whose numbers have 17 digits, or nlohmann/json.',
    fix: `${HASH_RAW_BYTES}.`,
    candidates: (subject) => fromCompact(subject, cStyles),
  },
];

/**
 * In the order they have, then sorted, as maps of Rust and C++ have them. Nothing where the capture
 * shows white space: then it is the capture that was written anew.
 */
function* fromCompact(subject: Subject, styles: readonly JsonStyle[]): Iterable<BodyCandidate> {
  if (subject.format() !== 'compact') return;
  yield* rewritten(subject, styles);
  yield* writtenInOrder(subject, styles, SORTED);
}

/** Gson leaves out what is null, unless it is told to keep it. */
function* gson(subject: Subject): Iterable<BodyCandidate> {
  yield* rewritten(subject, gsonStyles);
  yield* writtenInOrder(subject, gsonStyles, { order: 'kept', nulls: 'dropped' });
}

/** In one pass first; JSON.parse and JSON.stringify also move keys that look like numbers to the front. */
function* javascript(subject: Subject): Iterable<BodyCandidate> {
  if (!mayBeJson(subject)) return;
  yield written(subject, javascriptStyle);
  const text = stringified(subject, undefined);
  if (text !== undefined) yield { make: () => Buffer.from(text) };
}
