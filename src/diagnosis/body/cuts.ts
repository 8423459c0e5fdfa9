import { headerValues } from '../../webhook/verdict.js';
import { pythonTextStyle } from '../json/languages.js';
import { writeJson } from '../json/write.js';
import type { Subject } from '../subject.js';
import { type BodyCandidate, type BodyMistake, texts } from './body-mistake.js';

/** Where buffers, database columns and log lines end. */
export const BOUNDARIES: readonly number[] = [
  64, 100, 128, 200, 250, 255, 256, 500, 511, 512, 1000, 1023, 1024, 1500, 2000, 2047, 2048, 4000,
  4095, 4096, 5000, 8000, 8191, 8192, 10_000, 10_240, 16_000, 16_383, 16_384, 20_000, 20_480,
  32_767, 32_768, 50_000, 65_535, 65_536, 100_000, 102_400, 131_072, 262_144, 524_288, 1_000_000,
  1_048_576,
];

/** The digest was computed over a part of the body, or over none of it. */
export const cuts: readonly BodyMistake[] = [
  {
    id: 'body/empty',
    stage: 'alone',
    explanation: 'The digest is that of an empty body.',
    fix: 'Hash the body after it has been read, and only once: a stream that was consumed is empty.',
    candidates: ({ bytes }) => (bytes.length === 0 ? [] : texts('')),
  },
  {
    id: 'body/parsed-object',
    stage: 'alone',
    explanation: 'The digest is that of the text a language makes of a parsed or a missing body.',
    fix: 'Hash the raw request bytes, not an object turned into text.',
    candidates: objectTexts,
  },
  {
    id: 'body/truncated',
    stage: 'envelope',
    explanation: 'The digest is that of the start of the body only.',
    fix: 'Read the whole body before hashing: a buffer or a column is too small.',
    candidates: starts,
  },
];

const OBJECT_TEXTS = ['[object Object]', '{}', 'null', 'undefined', 'None', '""', 'Array'];

function* objectTexts(subject: Subject): Iterable<BodyCandidate> {
  for (const text of OBJECT_TEXTS) yield { make: () => Buffer.from(text), note: `\`${text}\`` };
  const python = pythonText(subject);
  if (python !== undefined) yield { make: () => Buffer.from(python), note: "Python's str()" };
}

/** How Python shows a dict, but for text with quotes or with these words between commas. */
function pythonText(subject: Subject): string | undefined {
  if (subject.tree() === undefined) return undefined;
  const json = writeJson(subject.json(), pythonTextStyle).toString();
  return json
    .replace(/"([^"\\']*(?:\\.[^"\\']*)*)"/g, "'$1'")
    .replace(/(?<=[[:,] ?)true(?=[\]},])/g, 'True')
    .replace(/(?<=[[:,] ?)false(?=[\]},])/g, 'False')
    .replace(/(?<=[[:,] ?)null(?=[\]},])/g, 'None');
}

/** Up to each boundary, to what Content-Length says, and to as many bytes as it has characters. */
function* starts(subject: Subject): Iterable<BodyCandidate> {
  for (const bytes of BOUNDARIES) {
    if (bytes < subject.bytes.length) yield start(subject, bytes, `the first ${bytes} bytes`);
  }
  const stated = Number(headerValues(subject.headers, 'Content-Length')[0]);
  if (stated > 0 && stated < subject.bytes.length) {
    yield start(subject, stated, `the ${stated} bytes that Content-Length states`);
  }
  const characters = subject.text().length;
  if (characters < subject.bytes.length) {
    yield start(subject, characters, 'as many bytes as the text has characters');
  }
}

function start(subject: Subject, bytes: number, note: string): BodyCandidate {
  return { make: () => subject.bytes.subarray(0, bytes), note };
}
