// The room of mistakes with the body: what was hashed, or what was kept, is not what was sent.
import type { BodyMistake } from './body-mistake.js';
import { charsets, charsetsUndone } from './charsets.js';
import { cuts } from './cuts.js';
import { edges, edgesUndone } from './edges.js';
import { encodingsUndone } from './encodings-undone.js';
import { formattingUndone } from './formatting-undone.js';
import { anotherEntry } from './neighbours.js';
import { packed } from './packed.js';
import { reformatted, reordered } from './reformatted.js';
import { reserialised } from './reserialised.js';
import { wrappers } from './wrappers.js';
import { wrappersUndone } from './wrappers-undone.js';

/**
 * Likeliest first, but in the order in which two of them can follow each other: of mistakes that
 * give the same bytes the first is named, and goes on to be combined.
 */
export const bodyMistakes: readonly BodyMistake[] = [
  anotherEntry,
  ...edgesUndone,
  packed,
  ...wrappersUndone,
  ...encodingsUndone,
  ...charsetsUndone,
  ...reordered,
  ...formattingUndone,
  ...reserialised,
  ...reformatted,
  ...edges,
  ...cuts,
  ...charsets,
  ...wrappers,
];
