import type { Cause } from './diagnosis.js';
import type { Sighting } from './mistake.js';

/** Puts what was seen into words: ids joined with `+`, sentences one after another. */
export function causeOf(sightings: readonly Sighting[]): Cause {
  return {
    id: sightings.map(({ mistake }) => mistake.id).join('+'),
    explanation: sightings.map(explained).join(' '),
    fix: [...new Set(sightings.map(({ mistake }) => mistake.fix))].join(' '),
  };
}

/** The note goes into the sentence, before its full stop. */
function explained({ mistake, note }: Sighting): string {
  if (note === undefined) return mistake.explanation;
  return `${mistake.explanation.slice(0, -1)} (${note}).`;
}
