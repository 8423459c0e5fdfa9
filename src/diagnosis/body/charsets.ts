import type { Subject } from '../subject.js';
import { type BodyMistake, only } from './body-mistake.js';
import { decodeWindows1252, encodeWindows1252 } from './windows-1252.js';

const READ_AS_UTF8 = 'Read and hash the body as bytes, or as UTF-8 text at the least.';

/** The capture went through a wrong character set on its way. */
export const charsetsUndone: readonly BodyMistake[] = [
  {
    id: 'capture/latin-1',
    stage: 'undo',
    explanation:
      'The captured body was read as Latin-1 and written as UTF-8, so that é became Ã©; the digest is that of the original.',
    fix: 'Capture the bytes without decoding them, or decode them as UTF-8.',
    candidates: (subject) => only(mojibakeUndone(subject, encodeLatin1)),
  },
  {
    id: 'capture/windows-1252',
    stage: 'undo',
    explanation:
      'The captured body was read as Windows-1252 and written as UTF-8, so that € became â‚¬; the digest is that of the original.',
    fix: 'Capture the bytes without decoding them, or decode them as UTF-8.',
    candidates: (subject) => only(mojibakeUndone(subject, encodeWindows1252)),
  },
  {
    id: 'capture/saved-as-latin-1',
    stage: 'undo',
    explanation:
      'The captured body was saved as Latin-1; the digest is that of the same text in UTF-8.',
    fix: 'Save captures as UTF-8, or better as the bytes received.',
    candidates: (subject) => (subject.isUtf8() ? [] : only(readAsLatin1(subject))),
  },
  {
    id: 'capture/saved-as-windows-1252',
    stage: 'undo',
    explanation:
      'The captured body was saved as Windows-1252; the digest is that of the same text in UTF-8.',
    fix: 'Save captures as UTF-8, or better as the bytes received.',
    candidates: (subject) => (subject.isUtf8() ? [] : only(readAsWindows1252(subject))),
  },
  {
    id: 'capture/utf-16',
    stage: 'undo',
    explanation: 'The captured body is UTF-16; the digest is that of the same text in UTF-8.',
    fix: 'Save captures as UTF-8: in PowerShell, Out-File -Encoding utf8NoBOM instead of >.',
    candidates: ({ bytes }) => only(fromUtf16(bytes)),
  },
];

/** The code that computed the digest took the body through a wrong character set. */
export const charsets: readonly BodyMistake[] = [
  {
    id: 'body/latin-1',
    stage: 'envelope',
    explanation:
      'The digest is that of the body read as Latin-1 and written as UTF-8: é became Ã©.',
    fix: READ_AS_UTF8,
    candidates: (subject) => (subject.isAscii() ? [] : only(readAsLatin1(subject))),
  },
  {
    id: 'body/windows-1252',
    stage: 'envelope',
    explanation:
      'The digest is that of the body read as Windows-1252 and written as UTF-8: € became â‚¬.',
    fix: READ_AS_UTF8,
    candidates: (subject) => (subject.isAscii() ? [] : only(readAsWindows1252(subject))),
  },
  {
    id: 'body/encoded-as-latin-1',
    stage: 'envelope',
    explanation:
      'The digest is that of the text in Latin-1, Windows-1252 or ASCII; what these lack became a question mark.',
    fix: 'Turn text into bytes as UTF-8: getBytes(StandardCharsets.UTF_8), Encoding.UTF8.GetBytes.',
    candidates: encodedNarrowly,
  },
  {
    id: 'body/utf-16',
    stage: 'envelope',
    explanation: 'The digest is that of the text in UTF-16.',
    fix: 'Turn text into bytes as UTF-8: Encoding.UTF8 in .NET, where Encoding.Unicode is UTF-16.',
    candidates: (subject) => [
      { make: () => Buffer.from(subject.text(), 'utf16le') },
      { make: () => Buffer.from(`\ufeff${subject.text()}`, 'utf16le') },
      { make: () => Buffer.from(subject.text(), 'utf16le').swap16() },
    ],
  },
  {
    id: 'body/unicode-normalised',
    stage: 'envelope',
    explanation: 'The digest is that of the body in another Unicode normal form.',
    fix: 'Neither compose nor decompose the text of the body: hash its bytes.',
    candidates: (subject) =>
      subject.isAscii()
        ? []
        : (['NFC', 'NFD'] as const).map((form) => ({
            make: () => Buffer.from(subject.text().normalize(form)),
          })),
  },
];

function mojibakeUndone(
  subject: Subject,
  encode: (text: string) => Buffer | undefined,
): Uint8Array | undefined {
  if (subject.isAscii() || !subject.isUtf8()) return undefined;
  const original = encode(subject.text());
  if (original === undefined) return undefined;
  return Buffer.from(original.toString()).equals(original) ? original : undefined;
}

/** Undefined when Latin-1 lacks one of the characters. */
function encodeLatin1(text: string): Buffer | undefined {
  return /^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined;
}

function readAsLatin1({ bytes }: Subject): Uint8Array {
  return Buffer.from(bytes.toString('latin1'));
}

function readAsWindows1252({ bytes }: Subject): Uint8Array {
  return Buffer.from(decodeWindows1252(bytes));
}

function encodedNarrowly(subject: Subject): ReturnType<BodyMistake['candidates']> {
  if (subject.isAscii()) return [];
  const text = subject.text();
  return [
    { make: () => Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1') },
    { make: () => encodeWindows1252(text) ?? Buffer.from(text) },
    { make: () => Buffer.from(text.replace(/[^\0-\x7f]/gu, '?'), 'latin1') },
  ];
}

function fromUtf16(bytes: Buffer): Uint8Array | undefined {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
  const isLittle = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  const isBig = bytes[0] === 0 || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isLittle && !isBig) return undefined;
  const little = isLittle ? bytes : Buffer.from(bytes).swap16();
  return Buffer.from(little.toString('utf16le').replace(/^\ufeff/, ''));
}
