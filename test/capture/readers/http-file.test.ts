import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { read } from '../fixtures.js';

const readAtFile = async (path: string) => {
  if (path !== './body.json') throw new HookError('unreadable-file', `No file ${path}.`);
  return Buffer.from('{"f":1}\n{{id}}\n');
};

async function requests(text: string, file = 'given') {
  const entries = await read(text, { file, readAtFile });
  return entries.map((entry) =>
    entry.kind === 'capture'
      ? [entry.at.line, Buffer.from(entry.record.body).toString()]
      : [entry.at.line, entry.reason],
  );
}

const bodyOf = async (rest: string) => (await requests(`POST /h\nX-A: 1\n\n${rest}`))[0]?.[1];

describe('a request of an .http file', () => {
  it.each([
    ['blank lines around it', '\n\n{"a":1}\n \n\n', '{"a":1}'],
    ['no line end', '{"a":1}', '{"a":1}'],
    ['blanks at its end', '{"a":1}  \n', '{"a":1}  '],
    ['several lines', '{\n  "a": 1\n}\n', '{\n  "a": 1\n}'],
    ['a blank line in it', 'a\n\nb\n', 'a\n\nb'],
    ['comments', '# one\n{"a":1}\n  // two\n', '{"a":1}'],
    ['signs that are no comments', '{"a":"#b // c"}', '{"a":"#b // c"}'],
    ['a handler', '{"a":1}\n\n> {%\n  client.test("x");\n\n%}\n', '{"a":1}'],
    ['a handler of one line', '{"a":1}\n> {% client.log(1) %}\n\n', '{"a":1}'],
    ['a handler in a file', '{"a":1}\n> ./check.js\n', '{"a":1}'],
    ['a file for the answer', '{"a":1}\n>> answer.json\n>>! other.json', '{"a":1}'],
    ['answers of before', '{"a":1}\n\n<> 2026-01-01.200.json\n<> 2026-01-02.200.json\n', '{"a":1}'],
    ['an assertion', '{"a":1}\n?? status == 200\n', '{"a":1}'],
    ['a file', '< ./body.json\n', '{"f":1}\n{{id}}\n'],
    ['a file and more', 'a\n< ./body.json\nb\n', 'a\n{"f":1}\n{{id}}\n\nb'],
    ['a file that is missing', '< missing.json\n', 'No file missing.json.'],
    [
      'a file with variables',
      '<@ ./body.json\n',
      'The body holds {{id}}, which this file does not set.',
    ],
    ['nothing', '\n', ''],
    [
      'no variable that is set',
      '{{ $uuid }}',
      'The body holds {{$uuid}}, which this file does not set.',
    ],
    [
      'what a tool computes',
      '{{$processEnv KEY}}',
      'The body holds {{$processEnv}}, which this file does not set.',
    ],
    [
      'an expression',
      '{{hmac("hidden")}}',
      'The body holds an expression in braces, which this file does not set.',
    ],
  ])('has a body with %s', async (_, rest, body) => {
    expect(await bodyOf(rest)).toBe(body);
  });

  it.each([
    ['POST http://localhost:3000/h', 'POST', '/h'],
    ['POST http://localhost:3000/h?a=b HTTP/1.1', 'POST', '/h?a=b'],
    ['PUT localhost:3000/h', 'PUT', '/h'],
    ['PATCH /h', 'PATCH', '/h'],
    ['http://localhost/h', 'GET', '/h'],
    ['POST {{host}}/h', 'POST', '/h'],
    ['POST {{other}}/h', 'POST', '/h'],
    ['GET http://localhost/h\n  ?a=1\n  &b=2', 'GET', '/h?a=1&b=2'],
  ])('is known by its line: %s', async (line, method, path) => {
    const text = `@port = 3000\n@host = http://localhost:{{port}}\n###\n${line}\nX-A: 1\n`;
    expect(await read(text, { file: 'a.http' })).toMatchObject([{ record: { method, path } }]);
  });

  it('has the headers up to the blank line, without comments', async () => {
    const text = `// first\n@digest=d1\n\nPOST /h\nX-A: 1\n# no\nX-Payload-Digest: {{digest}}\n// no\nX-B:  b: c \n\nX-C: 3\n`;
    expect(await read(text)).toMatchObject([
      {
        record: {
          headers: [
            ['X-A', '1'],
            ['X-Payload-Digest', 'd1'],
            ['X-B', 'b: c'],
          ],
        },
      },
    ]);
  });

  it.each(['{{digest}}', '{{ digest }}', 'sha1={{digest}}'])(
    'whose digest is %s is malformed, and says so',
    async (value) => {
      const text = `POST /h\nX-Payload-Digest: ${value}\n\n{}`;
      expect(await read(text)).toMatchObject([
        {
          kind: 'malformed',
          reason: 'The digest holds {{digest}}, which this file does not set.',
          hint: 'Write its value in its place, as it was sent.',
        },
      ]);
    },
  );

  it('fills in variables that hold others, and stops where they hold themselves', async () => {
    const text = '@a = {{b}}1\n@b=x\n@c={{c}}\nPOST /h\n\n{{a}}\n###\nPOST /h\n\n{{c}}\n';
    expect(await requests(text)).toEqual([
      [4, 'x1'],
      [8, 'The body holds {{c}}, which this file does not set.'],
    ]);
  });
});

const FILE = `### a payment
# @name one
POST http://localhost:3000/h
X-Payload-Digest: d1

{"a":1}

###

GET http://localhost:3000/health

### broken
POST http://localhost:3000/h
no header

{"b":1}

### an answer
HTTP/1.1 200 OK

{"ok":true}

### the last
DELETE http://localhost:3000/h HTTP/1.1

{"c":1}
####
###
`;

describe('an .http file', () => {
  const found = [
    [3, '{"a":1}'],
    [10, ''],
    [13, 'A header line of the request has no name and colon.'],
    [24, '{"c":1}'],
  ];

  it('is read request by request, one that is broken among them', async () => {
    expect(await requests(FILE)).toEqual(found);
  });

  it.each([
    ['lines that end in CRLF', FILE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${FILE}`],
    ['a script before it', `< {%\n  request.variables.set("a", 1)\n%}\n${FILE.slice(14)}`],
  ])('may have %s', async (_, text) => {
    const bodies = (await requests(text)).map(([, body]) => body);
    expect(bodies).toEqual(found.map(([, body]) => body));
  });

  it('notes that the lines of a body end in CRLF', async () => {
    const found = await read('POST /h\r\n\r\n{\r\n}\r\n');
    expect(found).toMatchObject([
      {
        record: { body: Buffer.from('{\r\n}') },
        note: 'The lines of the body end in CRLF, as in the file; some tools send LF instead.',
      },
    ]);
  });

  it('may hold a curl command', async () => {
    const text = "### one\nPOST /h\n\na\n###\n\ncurl localhost/h \\\n  -d 'b'\n";
    expect(await requests(text)).toEqual([
      [2, 'a'],
      [7, 'b'],
    ]);
  });

  it('does not lose a request of another kind', async () => {
    const text = 'POST /h\n\na\n### two\nGRPC localhost/h\nX-Payload-Digest: d\n';
    expect((await read(text)).map(({ kind, at }) => [kind, at.line])).toEqual([
      ['capture', 1],
      ['malformed', 5],
    ]);
  });

  it.each([
    ['POST /h HTTP/1.1\nX-A: 1\n\n{}\n', 'given', '{}\n'],
    ['POST /h HTTP/1.1\nContent-Length: 3\n\n{}\n', 'a.http', '{}\n'],
    ['POST /h HTTP/1.1\nX-A: 1\n\n{}\n', 'a.http', '{}'],
    ['POST /h HTTP/1.1\nX-A: 1\n\n{}\n###\n', 'given', '{}'],
    ['# a comment\nPOST /h HTTP/1.1\nX-A: 1\n\n{}\n', 'given', '{}'],
  ])('is told apart from a message as it was sent (%#)', async (text, file, body) => {
    expect((await requests(text, file)).map(([, found]) => found)).toEqual([body]);
  });
});

it.each(['{{', '{{a ', '}}{{', '@a={{a}}{{a}}\n', '< {%\n', '> {%\n', '\n'])(
  'an .http file may hold any number of %j',
  async (piece) => {
    const found = await read(`${piece.repeat(20_000)}\n###\nPOST /h\n\n{{a}}`, {
      format: 'http-file',
    });
    expect(found.at(-1)).toMatchObject({ kind: 'malformed', at: { line: expect.any(Number) } });
  },
);

it('an expression that holds braces is not taken for text', async () => {
  expect(await bodyOf('{"sign":"{{fn({a: 1})}}"}')).toBe(
    'The body holds an expression in braces, which this file does not set.',
  );
});
