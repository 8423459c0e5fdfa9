import type { BodyMistake } from './body-mistake.js';
import { charsets, charsetsUndone } from './charsets.js';
import { cuts } from './cuts.js';
import { edges, edgesUndone } from './edges.js';
import { formattingUndone } from './formatting-undone.js';
import { anotherEntry } from './neighbours.js';
import { reformatted } from './reformatted.js';
import { reserialised } from './reserialised.js';
import { wrappers, wrappersUndone } from './wrappers.js';

/** Likeliest first. Of two mistakes that give the same bytes the first is named. */
export const bodyMistakes: readonly BodyMistake[] = [
  anotherEntry,
  ...edgesUndone,
  ...formattingUndone,
  ...reserialised,
  ...reformatted,
  ...edges,
  ...wrappersUndone,
  ...charsetsUndone,
  ...charsets,
  ...cuts,
  ...wrappers,
];
