import { DIGEST_HEADER } from '../../../webhook/scheme.js';
import { refusalRule } from './forgeries.js';

export const signatureMissingRefused = refusalRule(
  {
    id: 'signature/missing-refused',
    severity: 'must',
    title: 'A web hook without a digest is refused',
    advice: `Answer 401 when the ${DIGEST_HEADER} header is missing, before anything else.`,
  },
  ['missing'],
);
