/** What the bytes 0x80 to 0x9f mean in Windows-1252; the rest is Latin-1. Five mean nothing. */
const UPPER =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => UPPER[character.charCodeAt(0) - 0x80] ?? character);
}

/** Undefined when Windows-1252 lacks one of the characters. */
export function encodeWindows1252(text: string): Buffer | undefined {
  const narrow = text.replace(/[^\0-\x7f\xa0-\xff]/gu, (character) => {
    const index = UPPER.indexOf(character);
    return index < 0 ? character : String.fromCharCode(0x80 + index);
  });
  return /^[\0-\xff]*$/.test(narrow) ? Buffer.from(narrow, 'latin1') : undefined;
}
