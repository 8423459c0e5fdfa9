import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseFormat } from '../../../src/capture/detect-format.js';
import type { CaptureEntry } from '../../../src/capture/record.js';
import { DIGEST_HEADER } from '../../../src/webhook/scheme.js';
import { headerValues } from '../../../src/webhook/verdict.js';
import { read } from '../fixtures.js';

const DIGEST = '23a2655419670d90ec0b5621d3f33b92a256b60b';

interface Event {
  readonly headers: object;
  readonly body: string;
}

const http = (body: string) => ({
  version: '2.0',
  rawPath: '/h',
  headers: { 'x-payload-digest': DIGEST },
  requestContext: { http: { method: 'POST' } },
  body,
  isBase64Encoded: false,
});
const trimmed = ({ headers, body }: Event) => ({ path: '/h', httpMethod: 'POST', headers, body });
const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const logged = (message: string) => ({ timestamp: 1, message, ingestionTime: 2, eventId: '3' });
const request = ({ body }: Event) => ({
  method: 'POST',
  uri: '/h',
  headers: { 'x-payload-digest': [{ key: 'X-Payload-Digest', value: DIGEST }] },
  body: {
    action: 'read-only',
    data: Buffer.from(body).toString('base64'),
    encoding: 'base64',
    inputTruncated: false,
  },
});

/** Where an event ends up in what people save. */
const PLACES: Readonly<Record<string, (event: Event) => string>> = {
  'by json.dumps': (event) => `START RequestId: 1\n${JSON.stringify(event)}\nEND RequestId: 1\n`,
  'by print of Python': (event) => `START RequestId: 1\n${printed(event)}\nEND\n`,
  'by pprint of Python': (event) => `START\n${printed(event).replaceAll(", '", ",\n '")}\nEND\n`,
  'by pprint of Python, in short lines': (event) =>
    `START\n${printed(event)
      .replaceAll(", '", ",\n '")
      .replace(/('body': ')(.{2})/, "$1$2'\n         '")}\nEND\n`,
  'by console.log of Node': (event) => `2026-03-02T09:17:27Z\t1\tINFO\t${inspect(event)}\nEND\n`,
  'indented, in a log': (event) => `INFO event: ${JSON.stringify(event, null, 2)}\nEND\n`,
  'after many other lines': (event) => `${'worker\n'.repeat(80)}${JSON.stringify(event)}\n`,
  'indented, as a file': (event) => JSON.stringify(event, null, 1),
  'trimmed by a framework': (event) => JSON.stringify(trimmed(event)),
  'inside a log record': (event) => JSON.stringify({ level: 'info', fields: { request: event } }),
  'as text inside a log record': (event) => JSON.stringify({ msg: JSON.stringify(event) }),
  'Insights, CSV': (event) =>
    `@timestamp,@message\n2026-03-02 09:17:27.113,${csvCell(JSON.stringify(event))}\n`,
  'Insights, JSON': (event) =>
    JSON.stringify([{ '@timestamp': '1', '@message': JSON.stringify(event) }], null, 1),
  'get-query-results': (event) =>
    JSON.stringify({ results: [[{ field: '@message', value: JSON.stringify(event) }]] }, null, 2),
  'filter-log-events': (event) =>
    JSON.stringify({ events: [logged('START'), logged(`INFO ${JSON.stringify(event)}`)] }, null, 4),
  'filter-log-events --output text': (event) => `EVENTS\t3\t2\ts\t${JSON.stringify(event)}\t1\n`,
  'a subscription': (event) => JSON.stringify({ logEvents: [logged(JSON.stringify(event))] }),
  'Lambda@Edge': (event) => JSON.stringify({ Records: [{ cf: { request: request(event) } }] }),
  SQS: (event) => JSON.stringify({ Records: [{ messageId: '1', body: JSON.stringify(event) }] }),
  SNS: (event) => JSON.stringify({ Records: [{ Sns: { Message: JSON.stringify(event) } }] }),
  'SQS, the body alone': ({ body }) =>
    JSON.stringify({
      Records: [
        {
          messageId: '1',
          body,
          messageAttributes: { 'X-Payload-Digest': { stringValue: DIGEST } },
        },
      ],
    }),
};

function captured(entry: CaptureEntry) {
  if (entry.kind !== 'capture') return entry;
  const { headers, body } = entry.record;
  return { body: Buffer.from(body).toString(), digests: headerValues(headers, DIGEST_HEADER) };
}

const json = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue(), {
  maxKeys: 4,
});

describe.each(Object.entries(PLACES))('an event: %s', (_, write) => {
  it('is read with every byte of its body', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const body = JSON.stringify(value);
        fc.pre(!/\p{Surrogate}/u.test(body));
        const file = write(http(body));
        expect(chooseFormat(Buffer.from(file), { file: 'app.log' })).toBe('aws');
        expect((await read(file)).map(captured)).toEqual([{ body, digests: [DIGEST] }]);
      }),
      { seed: 5, numRuns: 50 },
    );
  });
});

it('CSV is known as such however far its first bytes go into a character', async () => {
  for (const bytes of [1000, 1001, 1002, 1003]) {
    const body = `{"a":"${'x'.repeat(bytes - 215)}${'€'.repeat(40)}"}`;
    const file = `@timestamp,@message\n1,${csvCell(JSON.stringify(http(body)))}\n`;
    expect((await read(file)).map(captured)).toEqual([{ body, digests: [DIGEST] }]);
  }
});

describe('what is no event', () => {
  it('is the answer that a function gives', async () => {
    const answer = { statusCode: 200, headers: {}, body: '{}', isBase64Encoded: false };
    const file = `${JSON.stringify(http('{}'))}\n${JSON.stringify(answer)}\n`;
    expect(await read(file)).toHaveLength(1);
  });

  it('is a body that looks like an event, inside of one', async () => {
    const body = JSON.stringify(http('{}'));
    expect((await read(JSON.stringify(http(body)))).map(captured)).toEqual([
      { body, digests: [DIGEST] },
    ]);
  });
});

it('an event that was printed and read back is marked so, and one in JSON is not', async () => {
  expect((await read(`${printed(http('{}'))}\n`))[0]).toMatchObject({
    isGuessed: true,
    note: 'The event was printed by Python or Node, and is read back from that.',
  });
  expect((await read(`${JSON.stringify(http('{}'))}\n`))[0]).not.toHaveProperty('isGuessed');
});

/** As Python prints a dictionary. */
function printed(value: unknown): string {
  if (typeof value === 'string') return printedString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object' || value === null) return value === null ? 'None' : String(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${printedString(key)}: ${printed(item)}`,
  );
  return `{${members.join(', ')}}`;
}

function printedString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll(
      /[\u007f-\u00a0]/g,
      (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  return quote + escaped + quote;
}
