import { bodyMistakes } from './body/catalogue.js';
import { wrongAlgorithms } from './digest/algorithms.js';
import { conflictingHeaders } from './digest/conflicting-headers.js';
import { digestEncodings, truncatedDigest } from './digest/encodings.js';
import type { Mistake } from './mistake.js';
import { secretMistakes } from './secret/catalogue.js';
import { suspicionRules } from './suspicions.js';

/** What a diagnosis can name, as the README's table lists it. */
export interface CatalogueEntry extends Mistake {
  /** `cause` when the digest was made to match, `suspicion` when it cannot be. */
  readonly kind: 'cause' | 'suspicion';
  /** What the mistake is about: the part of the id before the slash. */
  readonly area: string;
}

/** Every cause and every suspicion, those of one area together, likeliest first. */
export const diagnosisCatalogue: readonly CatalogueEntry[] = [
  ...causes().map((mistake) => entry('cause', mistake)),
  ...suspicionRules.map((rule) => entry('suspicion', rule)),
];

function causes(): readonly Mistake[] {
  const algorithms = wrongAlgorithms.flatMap(({ mistake }) => mistake ?? []);
  const mistakes = [
    ...bodyMistakes,
    ...secretMistakes,
    ...digestEncodings,
    truncatedDigest,
    conflictingHeaders,
    ...algorithms,
  ];
  const areas = [...new Set(mistakes.map(({ id }) => areaOf(id)))].sort();
  return areas.flatMap((area) => mistakes.filter(({ id }) => areaOf(id) === area));
}

function entry(kind: CatalogueEntry['kind'], { id, explanation, fix }: Mistake): CatalogueEntry {
  return { kind, area: areaOf(id), id, explanation, fix };
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
