import { describe, expect, it } from 'vitest';
import { ANY_FIELDS } from '../../../src/capture/logs/suggest-fields.js';
import { read } from '../fixtures.js';

const digest = '23a2655419670d90ec0b5621d3f33b92a256b60b';
const body = '{"id":"PMT-1"}';

async function hint(content: unknown): Promise<string | undefined> {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 1);
  const [entry] = await read(text);
  return entry?.kind === 'malformed' ? entry.hint : undefined;
}

describe('a log whose fields are not named', () => {
  it.each([
    [[{ digest, body }], 'body', 'digest'],
    [{ calls: [{ meta: [['X-Payload-Digest', digest]], content: body }] }, 'content', 'meta.0.1'],
    [
      { inbound: { raw: body, meta: { 'x-payload-digest': digest } } },
      'inbound.raw',
      'inbound.meta.x-payload-digest',
    ],
    [`web  | ${JSON.stringify({ sig: digest, body: Buffer.from(body) })}\n`, 'body', 'sig'],
  ])('is malformed with the fields to name: %j', async (content, bodyField, digestField) => {
    const wanted = `Say where it keeps them: --body-field ${bodyField} --digest-field ${digestField}.`;
    expect(await hint(content)).toBe(wanted);
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 1);
    const [entry] = await read(text, { bodyField, digestField });
    expect(entry).toMatchObject({
      kind: 'capture',
      record: { headers: [['X-Payload-Digest', digest]] },
    });
  });

  const line = JSON.stringify({ body, digest });
  it.each([
    ['a string of JSON', { log: `${line}\n`, stream: 'stdout' }, 'log.body', 'log.digest'],
    [
      'a string deeper down',
      { preview: false, result: { _raw: line } },
      'result._raw.body',
      'result._raw.digest',
    ],
    ['strings in lists', { data: { result: [{ values: [['1', line]] }] } }, 'body', 'digest'],
    ['keys with dots', { 'http.digest': digest, 'http.body': body }, 'http.body', 'http.digest'],
    [
      'lists of keys and values',
      {
        a: [
          {
            b: [
              {
                c: [
                  {
                    body: { stringValue: body },
                    at: [{ key: 'k', value: { stringValue: digest } }],
                  },
                ],
              },
            ],
          },
        ],
      },
      'body.stringValue',
      'at.0.value.stringValue',
    ],
  ])('is told where its fields are in %s', async (_, record, bodyField, digestField) => {
    const text = JSON.stringify({ name: 'x-payload-digest', ...record });
    const wanted = `Say where it keeps them: --body-field ${bodyField} --digest-field ${digestField}.`;
    expect(await hint(`${text}\n${text}\n`)).toBe(wanted);
    expect(await read(text, { bodyField, digestField })).toMatchObject([
      { kind: 'capture', record: { headers: [['X-Payload-Digest', digest]] } },
    ]);
  });

  it('is told no fields that are not there', async () => {
    expect(await hint({ 'x-payload-digest': digest, at: '7b:22:69' })).toBe(ANY_FIELDS);
  });

  it('is one malformed entry, however many lines it has', async () => {
    const entries = await read(`${JSON.stringify({ digest, body })}\n`.repeat(1000));
    expect(entries).toMatchObject([
      {
        kind: 'malformed',
        reason: 'Nothing says which field of the line holds the body.',
        hint: 'Say where it keeps them: --body-field body --digest-field digest.',
      },
    ]);
  });

  it('never calls a record unsigned that holds a digest elsewhere', async () => {
    const record = JSON.stringify({ sig: { value: digest }, body });
    for (const digestField of [undefined, 'digest']) {
      expect(await read(record, { bodyField: 'body', digestField })).toMatchObject([
        { kind: 'malformed', hint: 'If it is one, name it: --digest-field sig.value.' },
      ]);
    }
    const unsigned = JSON.stringify({ digest: null, commit: digest, body });
    expect(await read(unsigned, { bodyField: 'body', digestField: 'digest' })).toMatchObject([
      { kind: 'capture', record: { headers: [] } },
    ]);
  });

  it('spells out no key that could not be typed', async () => {
    expect(await hint({ 'a secret; rm -rf': { digest, body } })).toBe(ANY_FIELDS);
  });
});
