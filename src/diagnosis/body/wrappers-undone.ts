import type { Subject } from '../subject.js';
import { type BodyCandidate, type BodyMistake, changed, only, texts } from './body-mistake.js';
import { nestedDocuments } from './nested-documents.js';
import { urlDecoded } from './url-decoded.js';

/** The captured body stands inside something else, which is taken off. */
export const wrappersUndone: readonly BodyMistake[] = [
  {
    id: 'capture/wrapped',
    stage: 'undo',
    explanation:
      'The captured body is an object that some gateway put around the real one; the digest is that of the one inside.',
    fix: 'Verify the inner body exactly as it stands there, for instance event.body in AWS Lambda.',
    candidates: nestedDocuments,
  },
  {
    id: 'capture/base64',
    stage: 'undo',
    explanation: 'The captured body is base64; the digest is that of what it decodes to.',
    fix: 'Decode the body before hashing, as isBase64Encoded in an AWS event asks for.',
    candidates: ({ bytes }) => only(fromBase64(bytes.toString('latin1'))),
  },
  {
    id: 'capture/form-encoded',
    stage: 'undo',
    explanation:
      'The captured body is a form with the JSON in one of its fields; the digest is that of the JSON.',
    fix: 'Read the request as raw bytes: some middleware took it for a form.',
    candidates: formFields,
  },
  {
    id: 'capture/url-encoded',
    stage: 'undo',
    explanation: 'The captured body is percent-encoded; the digest is that of the decoded body.',
    fix: 'Capture the body without URL-encoding it.',
    candidates: (subject) => (/^(%7B|%5B|\+*%22)/i.test(subject.text()) ? urlDecoded(subject) : []),
  },
  {
    id: 'capture/double-encoded',
    stage: 'undo',
    explanation:
      'The captured body is a JSON string with the real body inside; the digest is that of the inside.',
    fix: 'Do not JSON.stringify a body that is text already.',
    candidates: doubleEncoded,
  },
  {
    id: 'capture/quoted',
    stage: 'undo',
    explanation: 'The captured body has quotes around it that were not signed.',
    fix: 'Take the quotes of the shell or the log off the body.',
    candidates: (subject) => only(withoutQuotes(subject.bytes)),
  },
  {
    id: 'capture/http-head',
    stage: 'undo',
    explanation:
      'The captured body starts with the HTTP head; the digest is that of what follows it.',
    fix: 'Give the file as a raw HTTP message (--from http), or cut it after the first blank line.',
    candidates: (subject) => only(afterHead(subject.bytes)),
  },
  {
    id: 'capture/chunked',
    stage: 'undo',
    explanation:
      'The captured body still has the sizes of the chunked transfer in it; the digest is that of the joined chunks.',
    fix: 'Decode the chunked transfer before hashing: capture above HTTP, not below it.',
    candidates: (subject) => only(dechunked(subject.bytes)),
  },
  {
    id: 'capture/twice',
    stage: 'undo',
    explanation: 'The captured body holds the signed one twice over.',
    fix: 'Collect the chunks of the body once: two listeners append to one buffer.',
    candidates: (subject) => only(firstHalf(subject.bytes)),
  },
  {
    id: 'capture/plus-as-space',
    stage: 'undo',
    explanation: 'The captured body has spaces where the signed one has plus signs.',
    fix: 'Do not URL-decode the body: it is JSON.',
    candidates: spacesAsPlus,
  },
];

function fromBase64(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 4 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed.replace(/\r?\n/g, ''))) {
    return undefined;
  }
  return Buffer.from(trimmed, 'base64');
}

function formFields(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text().trim();
  if (/^[{["]/.test(text) || !text.includes('=')) return [];
  const fields = [...new URLSearchParams(text)].flat();
  return texts(...fields.filter((field) => /^\s*[{[]/.test(field)));
}

function doubleEncoded(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text().trim();
  if (!text.startsWith('"') || !text.endsWith('"')) return [];
  try {
    return texts(String(JSON.parse(text)));
  } catch {
    return [];
  }
}

function withoutQuotes(bytes: Buffer): Uint8Array | undefined {
  const text = bytes.toString('latin1');
  const quoted = /^(?:b?'(.*)'|"(.*)")\s*$/s.exec(text);
  const inside = quoted?.[1] ?? quoted?.[2];
  return inside === undefined ? undefined : Buffer.from(inside, 'latin1');
}

function afterHead(bytes: Buffer): Uint8Array | undefined {
  const start = bytes.toString('latin1', 0, 4096);
  if (!/^(POST|PUT|HTTP\/1\.[01]) |^[A-Za-z-]+: /.test(start)) return undefined;
  const blank = /\r?\n\r?\n/.exec(start);
  return blank === null ? undefined : bytes.subarray(blank.index + blank[0].length);
}

function dechunked(bytes: Buffer): Uint8Array | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const size = /^([0-9a-f]{1,8})[^\r\n]*\r?\n/i.exec(bytes.toString('latin1', at, at + 64));
    if (size?.[1] === undefined) return undefined;
    const start = at + size[0].length;
    const end = start + Number.parseInt(size[1], 16);
    if (end === start) return Buffer.concat(chunks);
    if (end > bytes.length) return undefined;
    chunks.push(bytes.subarray(start, end));
    at = bytes[end] === 0x0d ? end + 2 : end + 1;
  }
}

function firstHalf(bytes: Buffer): Uint8Array | undefined {
  const half = bytes.subarray(0, bytes.length / 2);
  if (bytes.length === 0 || bytes.length % 2 !== 0) return undefined;
  return half.equals(bytes.subarray(half.length)) ? half : undefined;
}

function spacesAsPlus({ bytes }: Subject): readonly BodyCandidate[] {
  if (!bytes.includes(' ')) return [];
  return [
    {
      make: () => changed(bytes, (text) => text.replace(/(\d) (\d\d:?\d\d")/g, '$1+$2')),
    },
    { make: () => changed(bytes, (text) => text.replaceAll(' ', '+')) },
  ];
}
