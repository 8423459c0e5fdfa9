import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEntry } from '../../../src/capture/record.js';
import { DIGEST_HEADER } from '../../../src/webhook/scheme.js';
import { read } from '../fixtures.js';

const DIGEST = '23a2655419670d90ec0b5621d3f33b92a256b60b';

interface Logged {
  readonly body: string;
  readonly digest: string;
}

/** What is put into a log, as one line of JSON. */
const line = ({ body, digest }: Logged) => JSON.stringify({ level: 'info', digest, body });
const pretty = (logged: Logged) =>
  JSON.stringify({ digest: logged.digest, body: logged.body }, null, 2);
const prefixed = (prefix: string, text: string) =>
  `${prefix}${text.replaceAll('\n', `\n${prefix}`)}`;
const bytes = (text: string) => [...Buffer.from(text)];

/** How tools write such a line, each with where the body and the digest are in it. */
const TOOLS: Readonly<Record<string, (logged: Logged) => string>> = {
  plainly: line,
  'docker compose': (logged) => `api-1  | ${line(logged)}`,
  'docker compose, laid out': (logged) => prefixed('api-1  | ', pretty(logged)),
  Heroku: (logged) => `2026-03-02T09:17:26.113+00:00 app[web.1]: ${line(logged)}`,
  'a container runtime (CRI)': (logged) => `2026-03-02T09:17:26.11Z stdout F ${line(logged)}`,
  'CRI, laid out': (logged) => prefixed('2026-03-02T09:17:26.11Z stdout F ', pretty(logged)),
  'GitHub Actions': (logged) => `2026-03-02T09:17:26.1134567Z ${line(logged)}`,
  syslog: (logged) => `Mar  2 09:17:26 host app[123]: ${line(logged)}`,
  Laravel: (logged) => `[2026-03-02 09:17:27] production.INFO: web hook ${line(logged)} []`,
  logfmt: (logged) => `level=info msg=${JSON.stringify(line(logged))} took=3ms`,
  'Docker json-file': (logged) => JSON.stringify({ log: `${line(logged)}\n`, stream: 'stdout' }),
  journald: (logged) => JSON.stringify({ MESSAGE: line(logged), PRIORITY: '6' }),
  'journald, as bytes': (logged) => JSON.stringify({ MESSAGE: bytes(line(logged)) }),
  'a list': (logged) => `[${line(logged)}]`,
  'a list, laid out': (logged) => JSON.stringify([logged], null, 2),
  'an export': (logged) => JSON.stringify({ hits: { hits: [{ _source: logged }] } }, null, 1),
  'console.log of Node': (logged) => inspect(logged, { breakLength: 80 }),
  'console.log in the middle': (logged) => `INFO got ${inspect(logged, { compact: false })} end`,
  'a Buffer in JSON': ({ body, digest }) => JSON.stringify({ body: Buffer.from(body), digest }),
  'a typed array in JSON': ({ body, digest }) =>
    JSON.stringify({ body: Uint8Array.from(bytes(body)), digest }),
  'a list of bytes': ({ body, digest }) => JSON.stringify({ body: bytes(body), digest }),
  'a Buffer, printed': ({ body, digest }) =>
    inspect({ digest, body: Buffer.from(body) }, { breakLength: Number.POSITIVE_INFINITY }),
};

function captured(entry: CaptureEntry | undefined) {
  if (entry?.kind !== 'capture') return entry;
  return { body: Buffer.from(entry.record.body).toString(), headers: entry.record.headers };
}

const json = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue(), {
  maxKeys: 4,
});

describe.each(Object.entries(TOOLS))('a web hook that was logged: %s', (name, write) => {
  it('is read with every byte of its body, whatever stands before and after it', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const body = JSON.stringify(value);
        fc.pre(
          !/\p{Surrogate}/u.test(body) &&
            (!name.includes('printed') || Buffer.byteLength(body) <= 50),
        );
        const file = `worker started\n${write({ body, digest: DIGEST })}\n\nworker-1  | done\n`;
        const entries = await read(file, { bodyField: 'body', digestField: 'digest' });
        expect(entries.map(captured)).toEqual([{ body, headers: [[DIGEST_HEADER, DIGEST]] }]);
      }),
      { seed: 5, numRuns: 50 },
    );
  });
});

describe('a log', () => {
  const fields = { bodyField: 'body' };

  it('may spell the fields out through strings that hold JSON', async () => {
    const file = JSON.stringify({ log: line({ body: '{}', digest: DIGEST }), n: 1 });
    const options = { bodyField: 'log.body', digestField: 'log.digest' };
    expect((await read(file, options)).map(captured)).toEqual([
      { body: '{}', headers: [[DIGEST_HEADER, DIGEST]] },
    ]);
  });

  it('need not say where the digest is when it is called like the header', async () => {
    const file = JSON.stringify({
      request: { headers: { 'x-payload-digest': DIGEST } },
      body: '{}',
    });
    const [entry] = await read(file, fields);
    expect(captured(entry)).toMatchObject({ headers: [[DIGEST_HEADER, DIGEST]] });
  });

  it('is marked where it was printed and read back, and not where it was JSON', async () => {
    const printed = `{'digest': '${DIGEST}', 'body': '{"a":"\\\\u00e9 it\\'s"}'}\n`;
    const [entry] = await read(printed, { ...fields, digestField: 'digest' });
    expect(entry).toMatchObject({
      isGuessed: true,
      note: 'It was printed by Python or Node, and is read back from that.',
    });
    expect(captured(entry)).toMatchObject({ body: '{"a":"\\u00e9 it\'s"}' });
    expect((await read('{"body":"{}"}', fields))[0]).not.toHaveProperty('isGuessed');
  });

  it("reads Python's bytes", async () => {
    const [entry] = await read(`{'body': b'{"a":"\\xc3\\xa9"}', 'n': (1, None, True)}`, fields);
    expect(captured(entry)).toMatchObject({ body: '{"a":"é"}' });
  });

  it('never gives a part of an object that is cut off', async () => {
    for (const cut of [
      '{"body":"{}","nested":{"body":"other"},"rest":"…',
      '{"a":1,"inner":{"body":"other"}',
      `{'a': 1, 'inner': {'body': 'other'}, 'rest': '…`,
    ]) {
      expect(await read(`${cut}\n`, fields)).toMatchObject([{ kind: 'malformed' }]);
    }
  });

  it('never gives a part of a list that is laid out and cut off', async () => {
    const list = JSON.stringify(
      [{ body: '{"body":"other"}', nested: [{ body: 'other' }] }],
      null,
      2,
    );
    for (const before of ['', 'INFO got: ']) {
      const lines = `${before}${list}`.split('\n');
      for (let count = 3; count < lines.length; count += 1) {
        const cut = `${lines.slice(0, count).join('\n')}\nEND\n`;
        expect(await read(cut, fields)).toMatchObject([{ kind: 'malformed' }]);
      }
    }
  });

  it('says what was printed in part', async () => {
    const [entry] = await read('{ body: [Object] }\n', fields);
    expect(entry).toMatchObject({ kind: 'malformed' });
  });
});

describe('a digest that no field is named for', () => {
  const digest = '23a2655419670d90ec0b5621d3f33b92a256b60b';
  const body = '{"id":"PMT-1","x-payload-digest":"of the sender"}';
  const name = 'X-Payload-Digest';

  it.each([
    ['in a string of JSON', { log: JSON.stringify({ body, [name]: digest }) }, 'log.body'],
    [
      'in two of them',
      { a: JSON.stringify({ b: JSON.stringify({ body, [name]: digest }) }) },
      'a.b.body',
    ],
    ['in a list of names and values', { body, headers: [{ name, value: digest }] }, 'body'],
    [
      'in a list of pairs',
      {
        body,
        headers: [
          ['Host', 'h'],
          [name, digest],
        ],
      },
      'body',
    ],
    [
      'in a list of attributes',
      { body, attributes: [{ key: `http.header.${name}`, value: { stringValue: digest } }] },
      'body',
    ],
    ['in a list of values', { body, headers: { [name]: [digest] } }, 'body'],
    ['behind a parsed body', { body: JSON.parse(body), headers: { [name]: digest } }, 'body'],
  ])('is found by its name %s', async (_, record, bodyField) => {
    for (const text of [JSON.stringify(record), JSON.stringify([record], undefined, 1)]) {
      expect(await read(text, { bodyField })).toMatchObject([
        { kind: 'capture', record: { headers: [[name, digest]] } },
      ]);
    }
  });

  it('is not taken out of the body itself', async () => {
    for (const value of [body, JSON.parse(body)]) {
      const [entry] = await read(JSON.stringify({ body: value }), { bodyField: 'body' });
      expect(entry).not.toMatchObject({ record: { headers: [[name, 'of the sender']] } });
    }
  });
});

describe('lines that begin with what is no JSON', () => {
  const digest = '23a2655419670d90ec0b5621d3f33b92a256b60b';
  const json = (id: number) =>
    JSON.stringify({ headers: { 'x-payload-digest': digest }, body: `{"id":${id}}` });
  const bodies = async (text: string) =>
    (await read(text)).map((entry) =>
      entry.kind === 'capture' ? Buffer.from(entry.record.body).toString() : entry.reason,
    );

  it.each([
    ['a pod', `[pod/shop-1/web] ${json(1)}\n[pod/shop-2/web] ${json(2)}\n`],
    [
      'a time, and an empty list at the end',
      `[2026-01-02T03:04:05] app.INFO: ${json(1)} []\n[x] ${json(2)} []\n`,
    ],
    ['a level', `[INFO] ${json(1)}\n[WARN] nothing\n[INFO] ${json(2)}\n`],
    ['nothing, but go on with another one', `${json(1)}${json(2)}\n`],
    [
      'nothing, and are laid out',
      `${JSON.stringify(JSON.parse(json(1)), undefined, 2)}\n${JSON.stringify(JSON.parse(json(2)), undefined, 2)}\n`,
    ],
  ])('are read: %s', async (_, text) => {
    expect(await bodies(text)).toEqual(['{"id":1}', '{"id":2}']);
  });

  it('are malformed where an object is cut off', async () => {
    const found = await bodies(`[INFO] ${json(1).slice(0, -5)}\n`);
    expect(found).toEqual(['The file is not valid JSON; it may be cut off.']);
  });
});
