import type { Composer } from '../delivery/composer.js';
import type { LineUp } from './line-up.js';
import type { LoadComposer } from './open-loop.js';

/** The web hooks of events that stand in line. */
export function composerOfLine(composer: Composer, { locate }: LineUp): LoadComposer {
  return {
    compose: (sequence) => composer.compose(locate(sequence)),
    label: (sequence) => composer.label(locate(sequence)),
  };
}
