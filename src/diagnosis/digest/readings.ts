// The room of mistakes with the digest: in how many ways a given text can be meant as one.
import type { Mistake } from '../mistake.js';
import { type Algorithm, hmacSha1, wrongAlgorithms } from './algorithms.js';
import {
  type DigestEncoding,
  digestEncodings,
  MIN_PREFIX_CHARACTERS,
  truncatedDigest,
} from './encodings.js';

/** One way to understand the given text: which digest it is, and how much of it. */
export interface Reading {
  readonly algorithm: Algorithm;
  readonly encodings: readonly DigestEncoding[];
  readonly length: 'whole' | 'start';
  /** Lower-case hexadecimal. */
  readonly hex: string;
  /** The mistakes it takes to read the text so. */
  readonly mistakes: readonly Mistake[];
}

/** Every way to read the text that takes at most so many mistakes, fewest first. */
export function readingsOf(text: string, maxMistakes: number): readonly Reading[] {
  const readings = plainTexts(text, maxMistakes).flatMap(({ text: hex, encodings }) =>
    [hmacSha1, ...wrongAlgorithms].flatMap((algorithm) => reading(algorithm, encodings, hex)),
  );
  return readings
    .filter(({ mistakes }) => mistakes.length <= maxMistakes)
    .sort((a, b) => a.mistakes.length - b.mistakes.length);
}

/** The same way to read another text; undefined when it does not apply to it. */
export function readAgain(way: Reading, text: string): string | undefined {
  if (way.encodings.length === 0) return isReadable(text, way) ? text : undefined;
  const texts = way.encodings.reduce<readonly string[]>(
    (forms, encoding) => forms.flatMap(encoding.read),
    [text],
  );
  return texts.find((form) => isReadable(form, way));
}

export function fits(hex: string, length: Reading['length'], computed: string): boolean {
  return length === 'whole' ? hex === computed : computed.startsWith(hex);
}

const LONGEST_DIGEST_TEXT = 512;

interface PlainText {
  readonly text: string;
  readonly encodings: readonly DigestEncoding[];
}

/** Texts that are lower-case hexadecimal once the encodings are undone. */
function plainTexts(text: string, maxMistakes: number): readonly PlainText[] {
  if (text.length > LONGEST_DIGEST_TEXT) return [];
  let forms: readonly PlainText[] = [{ text, encodings: [] }];
  const found: PlainText[] = [...forms];
  for (let depth = 0; depth < maxMistakes; depth += 1) {
    forms = forms.flatMap(undoEach);
    found.push(...forms);
  }
  const seen = new Set<string>();
  return found.filter((form) => isHex(form.text) && !seen.has(form.text) && seen.add(form.text));
}

function undoEach({ text, encodings }: PlainText): readonly PlainText[] {
  return digestEncodings.flatMap((encoding) =>
    encoding.read(text).map((undone) => ({ text: undone, encodings: [...encodings, encoding] })),
  );
}

function reading(
  algorithm: Algorithm,
  encodings: readonly DigestEncoding[],
  hex: string,
): readonly Reading[] {
  if (hex.length > algorithm.hexCharacters) return [];
  const length = hex.length === algorithm.hexCharacters ? 'whole' : 'start';
  const wrong = algorithm.mistake === undefined ? [] : [algorithm.mistake];
  const cut = length === 'start' ? [truncatedDigest] : [];
  return [
    {
      algorithm,
      encodings,
      length,
      hex,
      mistakes: [...encodings, ...cut, ...wrong],
    },
  ];
}

function isReadable(text: string, { algorithm, length }: Reading): boolean {
  if (length === 'whole') return text.length === algorithm.hexCharacters;
  return text.length < algorithm.hexCharacters && isHex(text);
}

function isHex(text: string): boolean {
  return text.length >= MIN_PREFIX_CHARACTERS && /^[0-9a-f]+$/.test(text);
}
