import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../src/capture/read-captures.js';
import { read } from '../fixtures.js';

async function rows(text: string, options: Partial<ReadOptions> = {}) {
  const entries = await read(text, options);
  return entries.map((entry) =>
    entry.kind === 'capture'
      ? [entry.at.line, entry.record.headers, Buffer.from(entry.record.body).toString()]
      : [entry.at.line, entry.reason],
  );
}

const digest = (value: string) => [['X-Payload-Digest', value]];

describe('a table', () => {
  it.each([
    [
      'with commas',
      'id,payload,x_payload_digest\n1,"{""a"":1}",d1\n',
      [[2, digest('d1'), '{"a":1}']],
    ],
    [
      'with semicolons',
      'id;raw_body;digest\r\n1;"{""a"":1,""b"":""\n""}";d1\r\n2;b;\r\n',
      [
        [2, digest('d1'), '{"a":1,"b":"\n"}'],
        [4, [], 'b'],
      ],
    ],
    ['with tabs', 'Digest\tRequest Body\nd1\t{"a":"b, c"}\n', [[2, digest('d1'), '{"a":"b, c"}']]],
    [
      'with quoted titles',
      '"id","body","X-Payload-Digest"\n"1","a","d1"\n',
      [[2, digest('d1'), 'a']],
    ],
    ['with a byte order mark', '\ufeffbody,digest\na,d1\n', [[2, digest('d1'), 'a']]],
    [
      'with headers in a column',
      'body,headers\na,"{""X-Payload-Digest"":""d1""}"\n',
      [[2, digest('d1'), 'a']],
    ],
    [
      'with bytea',
      'body,digest\n\\x7b7d,d1\n0x7B7D,d2\n',
      [
        [2, digest('d1'), '{}'],
        [3, digest('d2'), '{}'],
      ],
    ],
    [
      'with NULL',
      'body,digest\na,NULL\nb,\\N\nc,d1\n',
      [
        [2, [], 'a'],
        [3, [], 'b'],
        [4, digest('d1'), 'c'],
      ],
    ],
    [
      'with a row that is short',
      'body,digest\na\nb,d1\n',
      [
        [2, 'The row has 1 fields where the first line names 2.'],
        [3, digest('d1'), 'b'],
      ],
    ],
    [
      'that is cut off',
      'body,digest\na,d1\n"b',
      [
        [2, digest('d1'), 'a'],
        [3, 'The file ends inside a quoted field.'],
      ],
    ],
    ['with both content and digest', 'content,digest\na,d1\n', [[2, digest('d1'), 'a']]],
  ])('%s is read', async (_, text, found) => {
    expect(await rows(text)).toEqual(found);
  });

  it('has the columns that the user names', async () => {
    const text = 'id,hook,proof\n1,a,d1\n';
    expect(await rows(text, { bodyField: 'hook', digestField: 'proof' })).toEqual([
      [2, digest('d1'), 'a'],
    ]);
  });

  it('is malformed where no column is known', async () => {
    expect(await rows('a,b\n1,2\n', { format: 'csv' })).toEqual([
      [1, 'No column is known to hold the body.'],
    ]);
  });

  it('gives every body back as it was, with each delimiter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.constantFrom(',', ';', '\t'),
        async (body, sign) => {
          fc.pre(!/^(?:NULL|\\N|\\x|0x)/.test(body));
          const text = `digest${sign}body\nd1${sign}"${body.replaceAll('"', '""')}"\n`;
          expect(await rows(text)).toEqual([[2, digest('d1'), body]]);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});
