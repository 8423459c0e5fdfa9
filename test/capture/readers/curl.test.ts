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
      `curl u -d "\${BODY:-hidden}"`,
      'The body holds $BODY, which only the shell that ran it knows.',
    ],
    [
      `curl u -d "\${BODY:-${'x'.repeat(2000)}}"`,
      'The body holds $BODY, which only the shell that ran it knows.',
    ],
    ['curl u -d "$1"', 'The body holds $1, which only the shell that ran it knows.'],
    ['curl u -d "$(jq . x)"', 'A command substitution computes the body when the script runs.'],
    ['curl u -d "$(cat x)"', 'No file x.'],
    ['curl u -d @<(jq . x)', 'A command substitution computes the body when the script runs.'],
    ["curl u -d 'a", 'The body holds a quote that is never closed.'],
    ['curl u -d', 'The option for the body has no value.'],
    ['jq . x | curl u -d @-', 'The command reads the body from another command.'],
    ['{ echo a; echo b; } | curl u -d @-', 'The command reads the body from another command.'],
    ['curl u -d @-', 'The command reads the body from another command.'],
    ['cat x | curl u -d @-', 'No file x.'],
    ['printf x > b; jq . y >> b; curl u -d @b', 'The command reads the body from another command.'],
    ['curl u -H @x', 'No file x.'],
    [
      'curl u -H "$HEADER" -d x',
      'The digest holds $HEADER, which only the shell that ran it knows.',
    ],
    ['curl u -F a=b', 'The command sends a multipart form, so the body is not in the command.'],
    ['curl u -d @missing.json', 'No file missing.json.'],
    [
      'curl ^"u^" ^\r\n  -d x',
      'The command is quoted for the Windows prompt; copy it as cURL for bash.',
    ],
  ])('says what %s leaves open', async (script, reason) => {
    expect(await parsed(script)).toBe(reason);
  });

  it.each([
    ['$(…)', '"X-Payload-Digest: $(openssl dgst -sha1 -hmac hidden body.json | cut -d\' \' -f2)"'],
    ['backticks', '"X-Payload-Digest: `openssl dgst -hmac hidden -r b | awk \'{print $1}\'`"'],
    ['its own quotes', '"X-Payload-Digest: $(printf %s "a)b" | openssl dgst -hmac "hidden")"'],
    ['a name before it', '"X-Payload-Digest: sha1=$(openssl dgst -hmac hidden b)"'],
    ['small letters', '"x-payload-digest:$(openssl dgst -hmac hidden b)"'],
    ['no quotes', 'X-Payload-Digest:\\ $(openssl dgst -hmac hidden b)'],
    ['a process', '@<(openssl dgst -hmac hidden b)', 'headers'],
  ])(
    'whose digest is computed in %s is not shown, and says so',
    async (_, header, what = 'digest') => {
      const [entry] = await read(`curl u -H ${header} -d a`);
      expect(entry).toMatchObject({
        kind: 'malformed',
        reason: `A command substitution computes the ${what} when the script runs.`,
        hint: expect.stringMatching(
          /^(?:Run that, and write its result in its place; or|Write the)/,
        ),
      });
      expect(JSON.stringify(entry)).not.toContain('hidden');
    },
  );

  it.each([
    ['D=$(openssl dgst -hmac hidden b)\ncurl u -H "X-Payload-Digest: $D" -d a', 'substitution'],
    ['K=hidden; D=`x "$K"`; E="$D"\ncurl u -H "X-Payload-Digest: $E" -d a', 'substitution'],
    ['read D < b; curl u -H "X-Payload-Digest: $D" -d a', 'digest holds $D'],
    [`KEY=hidden\ncurl u -H "X-Payload-Digest: \${SIG:-$KEY}" -d a`, 'digest holds $SIG'],
  ])('whose digest is in a variable says what makes it (%#)', async (script, reason) => {
    const [entry] = await read(script);
    expect(entry).toMatchObject({ reason: expect.stringContaining(reason) });
    expect(JSON.stringify(entry)).not.toContain('hidden');
  });

  it('is found among the other commands of a script', async () => {
    const script = `#!/bin/sh
      echo 'curl is next' # curl x
      if curl a --next b; then curl c && curl d; fi
      apt-get install curl`;
    const entries = await read(script);
    expect(entries.map(({ at }) => at.line)).toEqual([3, 3, 3, 3]);
  });

  it.each([
    [
      'a session in a terminal, whatever was answered',
      "me@host:~/shop$ curl -s u \\\n> -d 'a' \\\n> -H 'X-A: 1'\n{\"it's\": 1)\nme@host:~/shop$ curl u -d b\n",
      [
        [1, 'a'],
        [5, 'b'],
      ],
    ],
    ['a variable of an earlier prompt', '$ B=a\n$ curl u -d "$B"\n', [[2, 'a']]],
    [
      'a Windows prompt',
      'C:\\shop>curl.exe u -d "{\\"a\\":1}"\nPS C:\\> curl.exe u -d b\n',
      [
        [1, '{"a":1}'],
        [2, 'b'],
      ],
    ],
    [
      'fenced blocks of Markdown',
      "# It's how\n\n1. Send\n\n   ```sh\n   curl u -d 'a\n   b'\n   ```\n\nDon't `curl u -d c`.\n\n~~~~\n$ curl u -d d\n~~~~\n",
      [
        [6, 'a\nb'],
        [13, 'd'],
      ],
    ],
    [
      'lines that end in CRLF',
      "#!/bin/sh\r\ncurl u \\\r\n  -d 'a'\r\ncurl u -d b\r\n",
      [
        [2, 'a'],
        [4, 'b'],
      ],
    ],
    ['a byte order mark', "\ufeffcurl u -d 'a'\n", [[1, 'a']]],
  ])('is read from %s', async (_, text, requests) => {
    const found = await read(text);
    expect(
      found.map((entry) => [
        entry.at.line,
        entry.kind === 'capture' ? Buffer.from(entry.record.body).toString() : entry.reason,
      ]),
    ).toEqual(requests);
  });

  it.each([
    'apt-get install -y curl wget',
    'sudo apt-get install curl jq',
    'command -v curl >/dev/null',
    'which curl',
    'curl --version',
    '# curl u -d b',
    "echo 'curl u -d b'",
  ])('is not seen in %s', async (line) => {
    const found = await read(`#!/bin/sh\n${line}\ncurl u -d a\n`);
    expect(found.map(({ at }) => at.line)).toEqual([3]);
  });

  it('is not the only way to send a web hook, and another way is not passed over', async () => {
    const digest = 'd4'.repeat(20);
    const script = `curl u -d a -H 'X-Payload-Digest: ${digest}'\nwget u --header "X-Payload-Digest: ${digest}"`;
    expect(await read(script, { format: 'curl' })).toMatchObject([
      { kind: 'capture', at: { line: 1 } },
      { kind: 'malformed', at: { line: 2 } },
    ]);
  });

  it.each(['$(', '"$(', '`', '(', '${a:-', 'cat <<A <<B\n', '| cat ', "$'", '<(', 'a=$a$a\n'])(
    'is looked for in any nesting of %j',
    async (piece) => {
      const found = await read(`${piece.repeat(20_000)}\ncurl u -d a`, { format: 'curl' });
      expect(found.length).toBeGreaterThan(0);
    },
  );
});

it.each([
  "Invoke-RestMethod -Method Post -Headers @{'X-Payload-Digest'='DIGEST'} -Body '{\"a\":1}' localhost/h",
  "$r = iwr localhost/h -Headers @{'X-Payload-Digest'='DIGEST'} -Body '{\"a\":1}'",
  'http POST :3000/h X-Payload-Digest:DIGEST a=1 --raw \'{"a":1}\'',
  'wget --header="X-Payload-Digest: DIGEST" --post-data=\'{"a":1}\' localhost/h',
])('what sends a request and is not curl gets the true sentence: %s', async (command) => {
  expect(await read(command.replace('DIGEST', 'd4'.repeat(20)))).toMatchObject([
    { kind: 'malformed', hint: expect.stringContaining('write it as a curl command') },
  ]);
});
