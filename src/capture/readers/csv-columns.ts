import type { LogFields } from '../reader.js';

/** Where in a row the parts of a request are, counted from 0. */
export interface CsvColumns {
  readonly body: number;
  readonly digest: number | undefined;
  readonly headers: number | undefined;
  readonly method: number | undefined;
  readonly path: number | undefined;
  readonly at: number | undefined;
}

const DELIMITERS = [',', ';', '\t'] as const;

/** Names in small letters without signs between their words; the more exact come first. */
const BODIES =
  'rawbody bodyraw requestbody rawpayload requestpayload body payload content rawrequest request data message json';
const DIGESTS =
  'xpayloaddigest payloaddigest httpxpayloaddigest digest signature headerdigest headersignature xsignature hmac';
const HEADERS = 'headers requestheaders httpheaders header rawheaders';
const METHODS = 'method httpmethod requestmethod verb';
const PATHS = 'path url uri requestpath requesturi requesturl';
const TIMES = 'at receivedat createdat timestamp time date insertedat';

/** The columns that the titles or the user name; undefined where none holds a body. */
export function columnsOf(
  titles: readonly string[],
  { bodyField, digestField }: LogFields,
): CsvColumns | undefined {
  const names = titles.map(plain);
  const named = (field: string) => indexOf(titles, field) ?? indexOf(names, plain(field));
  const oneOf = (known: string) =>
    known
      .split(' ')
      .map((name) => indexOf(names, name))
      .find((index) => index !== undefined);
  const body = bodyField === undefined ? oneOf(BODIES) : named(bodyField);
  if (body === undefined) return undefined;
  return {
    body,
    digest: digestField === undefined ? oneOf(DIGESTS) : named(digestField),
    headers: oneOf(HEADERS),
    method: oneOf(METHODS),
    path: oneOf(PATHS),
    at: oneOf(TIMES),
  };
}

/** The sign that is most frequent in the first line. */
export function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counts = DELIMITERS.map((sign) => first.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function plain(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function indexOf(names: readonly string[], name: string): number | undefined {
  const index = names.indexOf(name);
  return index === -1 ? undefined : index;
}
