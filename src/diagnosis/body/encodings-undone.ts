import { NO_END, valueEnd } from '../../json/scan.js';
import type { Subject } from '../subject.js';
import { type BodyCandidate, type BodyMistake, changed, only, texts } from './body-mistake.js';

const CAPTURE_BYTES = 'Capture the bytes of the request, or undo that encoding before hashing.';

/** The captured body is one decoding away from the signed one: the way a tool wrote it down. */
export const encodingsUndone: readonly BodyMistake[] = [
  {
    id: 'capture/hex-escaped',
    stage: 'undo',
    explanation:
      'The captured body has \\xHH where the signed one has the characters themselves, as nginx writes its logs.',
    fix: `${CAPTURE_BYTES} In nginx, escape=none or escape=json logs it otherwise.`,
    candidates: hexEscapes,
  },
  {
    id: 'capture/string-inside',
    stage: 'undo',
    explanation:
      'The captured body is the inside of a JSON string, its quotes escaped; the digest is that of the text it stands for.',
    fix: 'Copy the value with its quotes, or let a JSON parser read it: the log holds the body as a string.',
    candidates: insideOfString,
  },
  {
    id: 'capture/csv-cell',
    stage: 'undo',
    explanation: 'The captured body is a cell of a CSV file, its quotes doubled.',
    fix: 'Give the file itself (--from csv), or read the cell with a CSV parser.',
    candidates: csvCell,
  },
  {
    id: 'capture/log-line',
    stage: 'undo',
    explanation:
      'The captured body stands in a line of a log; the digest is that of the JSON in it.',
    fix: 'Cut the line down to the JSON, or log the body in a field of its own (--body-field).',
    candidates: inALine,
  },
  {
    id: 'capture/hex',
    stage: 'undo',
    explanation: 'The captured body is hexadecimal, as a bytea column or HEX() shows it.',
    fix: "Decode it first: decode(column, 'hex'), convert_from(column, 'UTF8'), or xxd -r -p.",
    candidates: (subject) => only(fromHex(subject.latin1())),
  },
  {
    id: 'capture/html-entities',
    stage: 'undo',
    explanation: 'The captured body has HTML entities in place of its quotes and other characters.',
    fix: 'Copy the body from the source of the page, or log it without escaping it for HTML.',
    candidates: entities,
  },
  {
    id: 'capture/byte-list',
    stage: 'undo',
    explanation:
      'The captured body is a list of the numbers of its bytes, as Node writes a Buffer to JSON.',
    fix: 'Log buffer.toString() or buffer.toString("base64") instead of the Buffer.',
    candidates: (subject) => only(fromNumbers(subject.text())),
  },
];

function hexEscapes({ bytes }: Subject): readonly BodyCandidate[] {
  if (!bytes.includes('\\x')) return [];
  const undo = (text: string) =>
    text.replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [{ make: () => changed(bytes, undo) }];
}

function insideOfString(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text().trim();
  if (!/^\s*[{[]/.test(text) || !text.includes('\\"')) return [];
  try {
    return texts(String(JSON.parse(`"${text}"`)));
  } catch {
    return [];
  }
}

function csvCell(subject: Subject): readonly BodyCandidate[] {
  const text = subject.latin1().trim();
  if (!/^"?[{[]\s*""/.test(text)) return [];
  const inside = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  return [{ make: () => Buffer.from(inside.replaceAll('""', '"'), 'latin1') }];
}

/** Prefixes of a log may hold brackets too: the largest value in the line is the body. */
function inALine(subject: Subject): readonly BodyCandidate[] {
  if (subject.tree() !== undefined) return [];
  const text = subject.latin1();
  let largest: { readonly start: number; readonly end: number } | undefined;
  let tries = 0;
  for (let start = text.search(/[{[]/); start !== -1 && tries < MOST_TRIES; tries += 1) {
    const end = valueEnd(text, start);
    const isLarger = largest === undefined || end - start > largest.end - largest.start;
    if (end !== NO_END && isLarger) largest = { start, end };
    const next = text.slice(end === NO_END ? start + 1 : end).search(/[{[]/);
    start = next === -1 ? -1 : (end === NO_END ? start + 1 : end) + next;
  }
  if (largest === undefined) return [];
  const { start, end } = largest;
  return [{ make: () => subject.bytes.subarray(start, end) }];
}

const MOST_TRIES = 64;

function fromHex(text: string): Uint8Array | undefined {
  const [, digits = ''] = /^\s*(?:\\+x|0x)?((?:[0-9a-f]{2})+)\s*$/i.exec(text) ?? [];
  return digits.length < 4 ? undefined : Buffer.from(digits, 'hex');
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
};

function entities(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text();
  if (!/&(?:quot|#0*34|#x0*22);/i.test(text)) return [];
  return texts(
    text.replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(quot|apos|amp|lt|gt));/gi,
      (found, hex, decimal, name) => {
        if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? found;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : found;
      },
    ),
  );
}

/** `[123,34,…]`, or the object that Node makes of a Buffer. */
function fromNumbers(text: string): Uint8Array | undefined {
  const list =
    /^\s*(?:\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:\s*)?\[([\s\d,]+)\]\s*\}?\s*$/.exec(text);
  if (list?.[1] === undefined) return undefined;
  const numbers = list[1].split(',').map(Number);
  const isBytes = numbers.every(
    (number) => Number.isInteger(number) && number >= 0 && number < 256,
  );
  return isBytes && numbers.length > 1 ? Buffer.from(numbers) : undefined;
}
