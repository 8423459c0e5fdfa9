import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { recording, valuesOf } from '../../receivers/recording.js';
import { newFolder } from '../../world.js';
import { read } from '../fixtures.js';

const FILES = {
  'body.json': '{"amount":1.0,\r\n"note":"é"}\n\n',
  'nul.bin': 'a\0b\r\n',
  'headers.txt': 'X-Payload-Digest: d1\r\n\r\nX-Other:  two \r\n',
  'digest.txt': 'd4\n',
  'name.txt': 'body.json\n',
};

/** Runs a script with bash and the real curl, and reads it as a capture. */
async function bothWays(script: (url: string) => string) {
  const receiver = await recording();
  const folder = await newFolder();
  for (const [name, content] of Object.entries(FILES)) await folder.write(name, content);
  const text = script(receiver.url);
  const path = await folder.write('script.sh', text);
  const readAtFile = async (name: string) => {
    const bytes = await readFile(folder.at(name)).catch(() => undefined);
    if (bytes === undefined) throw new HookError('unreadable-file', `No file ${name}.`);
    return bytes;
  };
  const entries = await read(text, { format: 'curl', readAtFile });
  await promisify(execFile)('bash', [path], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  const sent = receiver.requests.map((request) => ({
    body: request.body.toString('latin1'),
    digest: valuesOf(request, 'x-payload-digest'),
    other: valuesOf(request, 'x-other'),
  }));
  const found = entries.map((entry) =>
    entry.kind === 'capture'
      ? {
          body: Buffer.from(entry.record.body).toString('latin1'),
          digest: headers(entry.record.headers, 'x-payload-digest'),
          other: headers(entry.record.headers, 'x-other'),
        }
      : entry.reason,
  );
  return { sent, found };
}

function headers(given: readonly (readonly [string, string])[], wanted: string) {
  return given.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
}

/** curl is `$curl URL`. */
const SCRIPTS: readonly (readonly [title: string, script: string, requests?: number])[] = [
  ['a literal', `CURL -d '{"a":"b c"}'`],
  ['data that stands together', 'CURL -d a -d b --data-raw @c --data-binary d'],
  ['--json twice', `CURL --json '{"a":1' --json '}'`],
  ['--json after -d', `CURL -d a --json b`],
  ['--url-query, which is no body', `CURL --url-query a=b -d c`],
  ['-G, which has no body', `CURL -G -d a`],
  ['--data-urlencode', `CURL --data-urlencode 'a=é &+' --data-urlencode '=x@y' --data-urlencode z`],
  ['--data-urlencode of a file', 'CURL --data-urlencode a@body.json --data-urlencode @nul.bin'],
  ['-d of a file, which loses line ends', 'CURL -d @body.json -d @body.json'],
  ['--data-binary of a file', 'CURL --data-binary @body.json'],
  ['--json of a file', 'CURL --json @body.json'],
  ['an uploaded file', 'CURL -T body.json'],
  ['an uploaded file with POST', 'CURL -X POST --upload-file body.json'],
  ['an upload of standard input', `printf 'a b' | CURL -T -`],
  ['headers of a file', 'CURL -H @headers.txt -d a'],
  ['headers of standard input', `printf 'X-Payload-Digest: d2\\nX-Other: x' | CURL -H @- -d a`],
  [
    'headers that end and that are taken away',
    `CURL -H 'X-Other;' -H 'X-Other: 2' -H 'User-Agent:' -d a`,
  ],
  ['options stuck to their values', `CURL -XPUT -H'X-Payload-Digest: d3' -d'a b' -sSo/dev/null`],
  ['printf %s', `printf %s '{"a":"\\n%"}' | CURL -d @-`],
  ['printf with a format', `printf '{"a":"%s","b":%s}\\n' x 'y\\n' | CURL --data-binary @-`],
  ['printf that goes round', `printf '%s,' a b c | CURL -d @-`],
  ['printf %b', `printf '%b' 'a\\tb\\0101\\x41' | CURL --data-binary @-`],
  ['echo', `echo '{"a":"\\n"}' | CURL --data-binary @-`],
  ['echo -n', `echo -n '{"a":1}' | CURL --data-binary @-`],
  ['echo -ne', `echo -ne 'a\\tb\\\\n' | CURL --data-binary @-`],
  ['echo of several words', `echo   a   'b  c' | CURL --data-binary @-`],
  ['cat of a file', 'cat body.json | CURL -d @-'],
  ['cat of files', 'cat body.json nul.bin | CURL --data-binary @-'],
  ['cat of a here-document', `cat <<'END' | CURL -d @-\n{"a": "$x"}\nEND`],
  ['a pipe over several lines', `printf a |\n\n  # to curl\n  CURL -d @-`],
  ['a pipe of three', `printf a | cat | CURL -d @-`],
  ['a file as standard input', 'CURL --data-binary @- < body.json'],
  ['a here-string', `CURL --data-binary @- <<< '{"a": 1}'`],
  ['a here-document', `CURL --data-binary @- <<END\n{"a": "\\$x" "q"}\nEND`],
  ['a here-document without tabs', `CURL --data-binary @- <<-END\n\t{\n\t\t1}\n\tEND`],
  ['$(cat file)', `CURL -d "$(cat body.json)"`],
  ['$(< file)', `CURL -d "$(< body.json)" -d "$(cat nul.bin)"`],
  ['`cat file`', 'CURL -H "X-Payload-Digest: `cat digest.txt`" -d a'],
  ['a file by the name in a file', 'CURL -d @"$(cat name.txt)"'],
  ['a variable of a file', `BODY=$(cat body.json)\nCURL -d "x$BODY"`],
  ['a variable of a here-document', `BODY=$(cat <<'END'\n{"it's": "(a"}\nEND\n)\nCURL -d "$BODY"`],
  ['a variable in a variable', `A=a; export B="$A b"\nCURL -d "$B$A"`],
  ['a file the script writes', `cat > b.json <<'END'\n{"a":1}\nEND\nCURL --data-binary @b.json`],
  ['a file the script writes twice', `printf a > b\nCURL -d @b\nprintf b > b\nCURL -d @b`, 2],
  ['sudo and the like', `env A=b CURL -d a; time CURL -d b; command CURL -d c`, 3],
  ['a condition', `if true; then CURL -d a; fi; ! CURL -d b || CURL -d c`, 3],
  ['a function', `send() {\n  CURL -d a\n}\nsend`],
  ['a subshell', `(CURL -d a) && { CURL -d b; }`, 2],
  ['a loop', `for i in 1; do\n  CURL -d a\ndone`],
  ['an answer that is kept', `ANSWER=$(CURL -d 'a)b' -H "X-Other: it's")\necho "$ANSWER"`],
  ['an answer that is piped', `CURL -d a | cat; CURL -d b > /dev/null 2>&1`, 2],
  ['lines that go on', `CURL \\\n  -H 'X-Other: 1' \\\n  -d 'a\nb'`],
  ["$'…'", `CURL --data-binary $'a\\nb\\u00e9\\'\\xff'`],
  ['$"…"', `CURL -d $"a"`],
  ['quotes that join', `CURL -d 'it'"'"'s '\\''x'\\'`],
  ['double quotes', `CURL -d "{\\"a\\": \\"\\\\n \\d\\"}"`],
  ['a sign in a word', `CURL -d a#b -d 'x'&& true # -d c`],
  ['--next', `CURL -d a --next -s -d b URL`, 2],
  ['a GET among the others', `CURL\nCURL -X DELETE\nCURL -d a`, 3],
];

describe('what curl sends is what is read:', () => {
  const rows = SCRIPTS.map(([title, script, requests = 1]) => ({ title, script, requests }));

  it.each(rows)('$title', async ({ script, requests }) => {
    const { sent, found } = await bothWays((url) =>
      script.replaceAll('CURL', `curl -s ${url}`).replaceAll('URL', url),
    );
    expect(found).toEqual(sent);
    expect(sent).toHaveLength(requests);
  });

  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const characters = [...'\\\\\\\'"%0147xnbuec $`!é'].map((one) => fc.constant(one));
  const texts = fc.string({ unit: fc.oneof(...characters), maxLength: 8 });

  it('any text that printf and echo print', async () => {
    const commands = fc.record({
      how: fc.constantFrom('printf %s', 'printf %b', 'printf', 'echo', 'echo -n', 'echo -e'),
      text: texts.filter((text) => !text.startsWith('-')),
    });
    const printed = fc.sample(commands, { numRuns: 60, seed: 7 });
    const { sent, found } = await bothWays((url) =>
      printed
        .map(({ how, text }) => `${how} ${quoted(text)} | curl -s ${url} --data-binary @-`)
        .join('\n'),
    );
    const isRead = found.map((entry) => typeof entry === 'object');
    expect(found.filter((_, index) => isRead[index])).toEqual(
      sent.filter((_, index) => isRead[index]),
    );
    expect(isRead.filter(Boolean).length).toBeGreaterThan(40);
  });
});
