import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseFormat } from '../../src/capture/detect-format.js';
import { namesDigest } from '../../src/capture/left-over.js';
import type { CaptureEntry, CapturePlace } from '../../src/capture/record.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { headerValues } from '../../src/webhook/verdict.js';
import { anyFormat, damagedFile, FIELDS } from './damaged.js';
import { read } from './fixtures.js';

const DIGEST = '23a2655419670d90ec0b5621d3f33b92a256b60b';
const BODY = '{"id":"PMT-1"}';

function reasonsOf(entries: readonly CaptureEntry[]): readonly string[] {
  return entries.flatMap((entry) => (entry.kind === 'malformed' ? [entry.reason] : []));
}

function isUnsigned(entry: CaptureEntry): boolean {
  return (
    entry.kind === 'capture' &&
    entry.isBare !== true &&
    headerValues(entry.record.headers, DIGEST_HEADER).length === 0
  );
}

describe('a file that names the digest header', () => {
  it.each([
    ['JSON of a tool nobody knows', `{"calls":[{"meta":[["X-Payload-Digest","${DIGEST}"]]}]}`],
    ['in capitals', `X-PAYLOAD-DIGEST = ${DIGEST}\n${BODY}\n`],
    ['as an environment spells it', `HTTP_X_PAYLOAD_DIGEST=${DIGEST}\n${BODY}`],
    ['a digest with its body in a string', JSON.stringify({ sig: DIGEST, raw: BODY })],
    ['a digest and a body with no names at all', `${DIGEST} ${BODY}`],
  ])('and is in no known format is malformed: %s', async (_, content) => {
    const [entry, ...more] = await read(content);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'malformed',
      reason: 'The file is in none of the formats I read, though it names a digest.',
      hint: expect.stringMatching(/--(?:from|body-field|digest)\b/),
    });
  });

  it('but gives none with any request has no unsigned requests', async () => {
    const har = {
      log: { entries: [{ request: { method: 'POST', postData: { text: BODY }, headers: [] } }] },
      remark: 'X-Payload-Digest was lost',
    };
    expect(reasonsOf(await read(JSON.stringify(har)))).toEqual([
      'The file names X-Payload-Digest, but no digest was found with this request.',
    ]);
  });

  it('in a line that holds no web hook has a malformed line there', async () => {
    const signed = JSON.stringify({ body: BODY, digest: DIGEST });
    const left: CapturePlace[] = [];
    const entries = await read(`${signed}\n{"at":1}\n{"x-payload-digest":"${DIGEST}"}\n`, {
      bodyField: 'body',
      digestField: 'digest',
      onLeftOver: (at) => left.push(at),
    });
    expect(entries.map(({ kind, at }) => [kind, at.line])).toEqual([
      ['capture', 1],
      ['malformed', 3],
    ]);
    expect(left).toEqual([{ file: 'given', line: 2, entry: undefined }]);
  });

  it('never has all of its requests unsigned, whatever is done to it', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(damagedFile, anyFormat, async (bytes, format) => {
        const isOwn = chooseFormat(bytes, { file: 'given', format }) === 'ndjson';
        fc.pre(format !== 'raw' && !isOwn && namesDigest(bytes));
        const entries = await read(bytes, { format, ...(format === 'json-lines' ? FIELDS : {}) });
        expect(entries.length === 0 || !entries.every(isUnsigned)).toBe(true);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

it('a digest is known by its name only where it stands as one', () => {
  for (const text of [
    'x-payload-digest',
    'X_PAYLOAD_DIGEST',
    'xPayloadDigest',
    'X Payload Digest',
  ]) {
    expect(namesDigest(`a ${text}: b`)).toBe(true);
  }
  expect(namesDigest('{"payload":"digest"}')).toBe(false);
});
