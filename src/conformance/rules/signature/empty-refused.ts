import { DIGEST_HEADER } from '../../../webhook/scheme.js';
import { refusalRule } from './forgeries.js';

export const signatureEmptyRefused = refusalRule(
  {
    id: 'signature/empty-refused',
    severity: 'must',
    title: 'A web hook with an empty digest is refused',
    advice: `Treat an empty ${DIGEST_HEADER} as a wrong one: answer 401.`,
  },
  ['empty'],
);
