import { isBlank } from '../../json/characters.js';
import { type BodyCandidate, type BodyMistake, changed, only } from './body-mistake.js';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_FEED = Buffer.from('\n');
const CRLF = Buffer.from('\r\n');
const CR = 0x0d;
const LF = 0x0a;

/** What was added to the ends of the captured body; no byte is copied to take it off. */
export const endsUndone: readonly BodyMistake[] = [
  {
    id: 'capture/trailing-newline',
    stage: 'undo',
    explanation: 'The captured body ends in a line end that was not signed.',
    fix: "Keep the bytes as received: echo -n or printf '%s' instead of echo, no editor's final newline.",
    candidates: (subject) => only(withoutTrailingNewline(subject.bytes)),
  },
  {
    id: 'capture/white-space-around',
    stage: 'undo',
    explanation:
      'The captured body has white space around it; the digest is that of the trimmed body.',
    fix: 'Neither trim nor pad the body: verify the bytes as received.',
    candidates: (subject) => trimmed(subject.bytes),
  },
  {
    id: 'capture/byte-order-mark',
    stage: 'undo',
    explanation: 'The captured body starts with a byte order mark that was not signed.',
    fix: 'Save the capture as UTF-8 without a byte order mark.',
    candidates: ({ bytes }) => (startsWithMark(bytes) ? only(bytes.subarray(3)) : []),
  },
];

/** What was added to or taken from the captured body, and is no part of its JSON. */
export const edgesUndone: readonly BodyMistake[] = [
  ...endsUndone,
  {
    id: 'capture/crlf',
    stage: 'undo',
    explanation: 'The line ends of the body are CRLF here; the digest is that of the body with LF.',
    fix: 'Keep the bytes as received: open files in binary mode, and switch off core.autocrlf for captures.',
    candidates: ({ bytes }) =>
      bytes.includes('\r\n') ? only(changed(bytes, (text) => text.replaceAll('\r\n', '\n'))) : [],
  },
];

/** What the code that computed the digest added to the body. */
export const edges: readonly BodyMistake[] = [
  {
    id: 'body/trailing-newline',
    stage: 'finish',
    explanation: 'The digest is that of the body with a line end after it.',
    fix: "Hash the body alone: printf '%s' or echo -n instead of echo. If the capture lost its last newline, keep it.",
    candidates: ({ bytes }) => [after(bytes, LINE_FEED), after(bytes, CRLF)],
  },
  {
    id: 'body/crlf',
    stage: 'finish',
    explanation: 'The digest is that of the body with CRLF line ends; the body here has LF.',
    fix: 'Keep line ends as received: open files in binary mode, and switch off core.autocrlf for captures.',
    candidates: ({ bytes }) =>
      bytes.includes(LF) ? only(changed(bytes, (text) => text.replace(/\r?\n/g, '\r\n'))) : [],
  },
  {
    id: 'body/byte-order-mark',
    stage: 'finish',
    explanation: 'The digest is that of the body with a byte order mark before it.',
    fix: 'Encode the body as UTF-8 without a byte order mark before hashing.',
    candidates: ({ bytes }) => [{ make: () => joined(BYTE_ORDER_MARK, bytes) }],
  },
];

function withoutTrailingNewline(bytes: Buffer): Uint8Array | undefined {
  if (bytes[bytes.length - 1] !== LF) return undefined;
  const end = bytes[bytes.length - 2] === CR ? bytes.length - 2 : bytes.length - 1;
  return bytes.subarray(0, end);
}

/** Trimmed at both ends, then at each. */
function trimmed(bytes: Buffer): readonly BodyCandidate[] {
  let start = 0;
  while (isBlank(bytes[start])) start += 1;
  let end = bytes.length;
  while (end > start && isBlank(bytes[end - 1])) end -= 1;
  if (end - start === bytes.length) return [];
  const cuts = [bytes.subarray(start, end), bytes.subarray(start), bytes.subarray(0, end)];
  return cuts.map((cut) => ({ make: () => cut }));
}

function startsWithMark(bytes: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
}

function after(bytes: Buffer, ending: Buffer): BodyCandidate {
  return { make: () => joined(bytes, ending) };
}

/** Several times faster than Buffer.concat. */
function joined(first: Buffer, second: Buffer): Uint8Array {
  const bytes = Buffer.allocUnsafe(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
