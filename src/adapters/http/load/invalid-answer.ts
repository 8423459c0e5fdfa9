/**
 * An answer that is not HTTP/1.1. Its code and excerpt are those that Node's own parser would give, so
 * that one place says what both mean.
 */
export class InvalidAnswerError extends Error {
  override readonly name = 'InvalidAnswerError';
  readonly code: 'HPE_INVALID' | 'HPE_HEADER_OVERFLOW' | 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  /** Where it breaks, as Latin-1. */
  readonly data: string;

  constructor(fault: 'invalid' | 'invalid-header' | 'too-large', excerpt: string) {
    super(`invalid answer: ${fault}`);
    this.code = CODES[fault];
    this.data = excerpt;
  }
}

const CODES = {
  invalid: 'HPE_INVALID',
  'invalid-header': 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'too-large': 'HPE_HEADER_OVERFLOW',
} as const;
