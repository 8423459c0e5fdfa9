import { outlineJson } from '../json/outline.js';
import { asBuffer } from './json-value.js';
import { markBytes } from './lines.js';
import type { JsonMark, Marks } from './reader.js';
import { type CaptureFormat, READERS, titlesOf } from './registry.js';

/** This much of the beginning of a file is enough to tell its format. */
export const DETECTION_BYTES = 64 * 1024;

/** What a user says of a file, and its name. */
export interface FormatHints {
  readonly file: string;
  readonly format?: CaptureFormat | undefined;
  readonly bodyField?: string | undefined;
}

const MAX_LINES = 50;
const JSON_START = /^\s*[[{]/;

/** The format that the user names or implies, or the one that the first bytes of the file tell. */
export function chooseFormat(head: Uint8Array, { file, format, bodyField }: FormatHints) {
  if (format !== undefined) return format;
  if (bodyField === undefined) return detectFormat(head, file);
  return isColumn(head, bodyField) ? 'csv' : 'json-lines';
}

function isColumn(head: Uint8Array, field: string): boolean {
  const titles = titlesOf(asBuffer(head).toString('utf8', markBytes(head, 0, head.length), 4096));
  return titles.length > 1 && titles.some((title) => title.toLowerCase() === field.toLowerCase());
}

/**
 * Tells a capture file's format from its first bytes (up to `DETECTION_BYTES` are looked at); the
 * file's name only decides what the content leaves open. What is nothing else is a raw body.
 */
export function detectFormat(head: Uint8Array, fileName = ''): CaptureFormat {
  const bytes = asBuffer(head).subarray(0, DETECTION_BYTES);
  const text = bytes.toString('latin1', markBytes(bytes, 0, bytes.length));
  const byJson = JSON_START.test(text) ? formatOfDocument(text) : undefined;
  return byJson ?? formatOfText(text, fileName);
}

/** True for the first bytes of a gzip file (RFC 1952). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function formatOfDocument(text: string): CaptureFormat | undefined {
  const { paths } = outlineJson(text, 0);
  return READERS.find(({ marks }: WithMarks) => hasAny(paths, marks.json))?.name;
}

function formatOfText(text: string, fileName: string): CaptureFormat {
  const lines = outlinesOfLines(text);
  const isOne = ({ marks }: WithMarks) =>
    marks.text?.(text, fileName) === true || lines.some((line) => marksLine(line, marks));
  return READERS.find(isOne)?.name ?? 'raw';
}

interface WithMarks {
  readonly marks: Marks;
}

interface LineOutline {
  readonly paths: ReadonlySet<string>;
  readonly isAtStart: boolean;
}

/** Files may have other lines before and between those that hold captures. */
function outlinesOfLines(text: string): readonly LineOutline[] {
  return text.split('\n', MAX_LINES).flatMap((line) => {
    const brace = line.indexOf('{');
    if (brace === -1) return [];
    return [{ paths: outlineJson(line, brace).paths, isAtStart: brace === 0 }];
  });
}

function marksLine({ paths, isAtStart }: LineOutline, { lines }: Marks): boolean {
  if (lines === undefined || (lines.from === 'line-start' && !isAtStart)) return false;
  return hasAny(paths, lines.json);
}

function hasAny(paths: ReadonlySet<string>, marks: readonly JsonMark[] = []): boolean {
  return marks.some((needed) => needed.every((path) => paths.has(path)));
}
