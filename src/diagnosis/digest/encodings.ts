import type { Mistake } from '../mistake.js';

/** A way of writing a digest other than as lower-case hexadecimal. */
export interface DigestEncoding extends Mistake {
  /** The text with that way undone; nothing when the text is not written so. */
  readonly read: (text: string) => readonly string[];
}

/** Likeliest first. */
export const digestEncodings: readonly DigestEncoding[] = [
  {
    id: 'digest/upper-case',
    explanation: 'The digest is in upper case.',
    fix: 'Write it in lower-case hexadecimal: Inqud does.',
    read: (text) => (isHex(text) && text !== text.toLowerCase() ? [text.toLowerCase()] : []),
  },
  {
    id: 'digest/white-space',
    explanation: 'The digest has white space around it.',
    fix: 'Trim it: 40 characters are left.',
    read: (text) => (text.trim() === text ? [] : [text.trim()]),
  },
  {
    id: 'digest/quotes',
    explanation: 'The digest has quotes around it.',
    fix: 'Take the quotes off.',
    read: (text) => matched(text, /^(["'`])(.*)\1$/s, 2),
  },
  {
    id: 'digest/prefix',
    explanation: 'The digest has a prefix such as sha1= before it.',
    fix: "Take the prefix off: Inqud's digest is 40 hexadecimal characters and nothing else.",
    read: (text) => [
      ...matched(text, /^[A-Za-z][A-Za-z0-9_ -]{0,23}[=:] ?(.+)$/s, 1),
      ...matched(text, /^0x(.+)$/s, 1),
    ],
  },
  {
    id: 'digest/base64',
    explanation: 'The digest is in base64.',
    fix: "Write it in lower-case hexadecimal: digest('hex') instead of digest('base64').",
    read: (text) => fromBase64(text.replaceAll(' ', '+'), /^[A-Za-z0-9+/]+={0,2}$/),
  },
  {
    id: 'digest/base64url',
    explanation: 'The digest is in base64url.',
    fix: "Write it in lower-case hexadecimal: digest('hex') instead of digest('base64url').",
    read: (text) => fromBase64(text, /^(?=.*[-_])[A-Za-z0-9_-]+={0,2}$/),
  },
  {
    id: 'digest/base64-of-hex',
    explanation: 'The digest is the base64 form of its hexadecimal text.',
    fix: 'Write the hexadecimal text itself.',
    read: (text) => {
      const inside = Buffer.from(text, 'base64').toString('latin1');
      return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && isHex(inside) ? [inside] : [];
    },
  },
  {
    id: 'digest/percent-encoded',
    explanation: 'The digest is percent-encoded.',
    fix: 'Decode it, or do not encode it where it is written.',
    read: (text) => (/%[0-9a-f]{2}/i.test(text) ? percentDecoded(text) : []),
  },
  {
    id: 'digest/separated',
    explanation: 'The digest has separators between its bytes.',
    fix: 'Take them off: Convert.ToHexString instead of BitConverter.ToString in .NET.',
    read: (text) =>
      /^[0-9a-f]{2}([-: ][0-9a-f]{2}){7,}$/i.test(text)
        ? [text.replace(/[-: ]/g, '').toLowerCase()]
        : [],
  },
  {
    id: 'digest/leading-zeros-lost',
    explanation: 'The digest lacks its leading zeros.',
    fix: 'Pad it to 40 characters: a big number was turned into text.',
    read: (text) => (/^[0-9a-f]{36,39}$/.test(text) ? [text.padStart(40, '0')] : []),
  },
];

/** Fewer hexadecimal characters than this are never taken for a part of a digest. */
export const MIN_PREFIX_CHARACTERS = 16;

export const truncatedDigest: Mistake = {
  id: 'digest/truncated',
  explanation: 'The digest is only the start of the whole one.',
  fix: 'Keep all 40 characters: a column or a variable is too short.',
};

function isHex(text: string): boolean {
  return text.length >= MIN_PREFIX_CHARACTERS && /^[0-9a-f]+$/i.test(text);
}

function matched(text: string, form: RegExp, group: number): readonly string[] {
  const found = form.exec(text)?.[group];
  return found === undefined ? [] : [found];
}

function fromBase64(text: string, form: RegExp): readonly string[] {
  const isDigestLong = text.length >= 22 && text.length <= 88;
  return isDigestLong && form.test(text) ? [Buffer.from(text, 'base64').toString('hex')] : [];
}

function percentDecoded(text: string): readonly string[] {
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
}
