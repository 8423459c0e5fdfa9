import type { BodyMistake } from './body-mistake.js';

/** The digest belongs to another entry of the file. */
export const anotherEntry: BodyMistake = {
  id: 'digest/another-entry',
  stage: 'alone',
  explanation: 'The digest belongs to another entry: digests and bodies have slipped in the file.',
  fix: 'Pair each body with the digest of its own request: one was lost, or answered out of order.',
  candidates: (subject) =>
    subject.neighbours
      .filter((neighbour) => !subject.bytes.equals(neighbour.body))
      .map(({ body, position }) => ({
        make: () => body,
        note: `it is that of the ${position} one`,
      })),
};
