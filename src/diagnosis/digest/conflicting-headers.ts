import type { Mistake } from '../mistake.js';

/** Named by whoever reads the headers: no digest is searched for then, since none of them can be trusted. */
export const conflictingHeaders: Mistake = {
  id: 'digest/conflicting-headers',
  explanation: 'Inqud sends the header once; a second, different one was added on the way.',
  fix: 'Find who adds it, and let the receiver refuse such a web hook.',
};
