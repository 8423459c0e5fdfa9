import { describe, expect, it } from 'vitest';
import { read } from '../fixtures.js';

async function parsed(script: string) {
  const [entry, ...others] = await read(script, { format: 'curl' });
  expect(others).toEqual([]);
  if (entry?.kind !== 'capture') return entry?.reason;
  const { method, path, headers, body } = entry.record;
  return { method, path, headers, body: Buffer.from(body).toString('latin1') };
}

const bodyOf = async (script: string) => {
  const given = await parsed(script);
  return typeof given === 'object' ? given.body : given;
};

describe('a curl command', () => {
  it.each([
    ['-d a -d b', 'a&b'],
    ["-d '' -d b", 'b'],
    ["--data-ascii 'a b'", 'a b'],
    ['-d\'{"a":1}\'', '{"a":1}'],
    ['-sSd a', 'a'],
    ['--data=a', 'a'],
    ['--data-raw @a', '@a'],
    ['--json \'{"a":1\' --json "}"', '{"a":1}'],
    ['--json a -d b', 'a&b'],
    [
      "--data-urlencode 'a=é &' --data-urlencode 'é' --data-urlencode '=x@y'",
      'a=%C3%A9+%26&%C3%A9&x%40y',
    ],
    ['-d "a\\"b\\$c\\`d\\e\\\\"', 'a"b$c`d\\e\\'],
    ['-d "a\\\nb" \\\n  -d c', 'ab&c'],
    ["-d $'\\x41\\101\\u0042\\n\\'\\\\'", "AAB\n'\\"],
    ["-d $'\\ud83d\\ude00'", '\xf0\x9f\x98\x80'],
    ["-d 'a'\\''b'", "a'b"],
    ["-d 'caf\xe9'", 'caf\xc3\xa9'],
    ['-d a#b # a comment', 'a#b'],
    ['-G -d a', ''],
    ['--data-binary @- <<\'END\'\n{"a": "$1"}\nEND', '{"a": "$1"}\n'],
    ['-d @- <<END\na "b" \\"c\\"\nEND', 'a "b" \\"c\\"'],
    ["-d @- <<< 'a'", 'a'],
  ])('sends for %s the body %s', async (options, body) => {
    expect(await bodyOf(`curl http://127.0.0.1/ ${options}`)).toBe(body);
  });

  it('keeps or strips the line endings of a file as curl does', async () => {
    const readAtFile = async () => Buffer.from('a\r\nb\n\0c\n');
    const bodies = ['-d', '--data-binary', '--json'].map(async (option) => {
      const [entry] = await read(`curl x ${option} @file`, { format: 'curl', readAtFile });
      return entry?.kind === 'capture' && Buffer.from(entry.record.body).toString();
    });
    expect(await Promise.all(bodies)).toEqual(['abc', 'a\r\nb\n\0c\n', 'a\r\nb\n\0c\n']);
  });

  it('keeps the headers that were given, in order', async () => {
    const script =
      "curl -H 'X-A: 1' --header 'x-a:2 ' -H 'Accept:' -H 'X-Empty;' -H'X-B: a: b' --header=C:d u";
    expect(await parsed(script)).toMatchObject({
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
        ['X-Empty', ''],
        ['X-B', 'a: b'],
        ['C', 'd'],
      ],
    });
  });

  it.each([
    ["curl 'https://shop.example/a?b=c'", 'GET', '/a?b=c'],
    ['curl shop.example:8080/a -d x', 'POST', '/a'],
    ['curl -o out --url localhost:3000/a -X PUT -d x', 'PUT', '/a'],
    ['curl -I localhost', 'HEAD', '/'],
    ['URL=localhost/x; curl "$URL/$ID"', 'GET', '/x/$ID'],
    ['TOKEN=1 /usr/bin/curl --max-time 3 localhost/a', 'GET', '/a'],
  ])('knows method and path of %s', async (script, method, path) => {
    expect(await parsed(script)).toMatchObject({ method, path });
  });

  it.each([
    ['curl u -d "$BODY"', 'The body holds $BODY, which only the shell that ran it knows.'],
    [
      'curl u -d "$(cat x)"',
      'The body holds a command substitution, which only the shell that ran it knows.',
    ],
    [
      "curl u -d 'a",
      'The body holds a quote that is never closed, which only the shell that ran it knows.',
    ],
    ['curl u -d', 'The body holds a missing value, which only the shell that ran it knows.'],
    ['cat x | curl u -d @-', 'The command reads the body from another command.'],
    ['curl u -F a=b', 'The command sends a multipart form, so the body is not in the command.'],
    ['curl u -d @missing.json', 'No file missing.json.'],
    [
      'curl ^"u^" ^\r\n  -d x',
      'The command is quoted for the Windows prompt; copy it as cURL for bash.',
    ],
  ])('says what %s leaves open', async (script, reason) => {
    expect(await parsed(script)).toBe(reason);
  });

  it('is found among the other commands of a script', async () => {
    const script = `#!/bin/sh
      echo 'curl is next' # curl x
      if curl a --next b; then curl c && curl d; fi
      apt-get install curl`;
    const entries = await read(script);
    expect(entries.map(({ at }) => at.line)).toEqual([3, 3, 3, 3]);
  });
});
