/** What a server answers to bytes that were no request. */
export interface FaultAnswers<Answer> {
  readonly headTooLarge: Answer;
  readonly tooSlow: Answer;
  /** @param why the end of a sentence */
  notHttp(why: string): Answer;
}

/** What to answer to an error of a client, as node reports it; undefined where nobody is left to read it. */
export function answerToFault<Answer>(
  { code = '' }: Error & { readonly code?: string | undefined },
  answers: FaultAnswers<Answer>,
): Answer | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return answers.headTooLarge;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return answers.tooSlow;
  return code.startsWith('HPE_') ? answers.notHttp(FAULTS[code] ?? wordsOf(code)) : undefined;
}

/** The codes of llhttp, which Node parses HTTP with, that senders run into most. */
const FAULTS: Readonly<Record<string, string>> = {
  HPE_INVALID_METHOD: 'the method is unknown, or bytes follow that are no request',
  HPE_INVALID_CONSTANT: 'the request line is wrong',
  HPE_INVALID_VERSION: 'the version of HTTP is wrong',
  HPE_INVALID_URL: 'the path is wrong',
  HPE_INVALID_CONTENT_LENGTH: 'the Content-Length is no number',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'Content-Length is there twice, or beside Transfer-Encoding',
  HPE_INVALID_TRANSFER_ENCODING:
    'the Transfer-Encoding does not end in chunked, or Content-Length is there too',
  HPE_INVALID_CHUNK_SIZE: 'the size of a chunk is wrong',
  HPE_INVALID_HEADER_TOKEN: 'a header holds a character it may not',
  HPE_INVALID_EOF_STATE: 'the connection ended before the request did',
  HPE_CLOSED_CONNECTION: 'bytes follow a request that said it is the last',
};

/** A code as words: `HPE_LF_EXPECTED` reads `lf expected`. */
function wordsOf(code: string): string {
  return code.replace('HPE_', '').toLowerCase().replaceAll('_', ' ');
}
