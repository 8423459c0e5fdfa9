import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inqudHook } from '../world.js';

const FOLDER = fileURLToPath(new URL('./fixtures/verify/', import.meta.url));
const SECRET = 'k3y-9f2';

interface Case {
  readonly name: string;
  /** Of files in the folder. */
  readonly args: readonly string[];
  readonly exit: number;
  /** What standard output must match. */
  readonly says: RegExp;
  /** What neither stream may match. */
  readonly never?: RegExp;
  /** What a person would expect. */
  readonly why: string;
  /** It does not come out right yet. */
  readonly fails?: true;
}

const CASES: readonly Case[] = [
  {
    name: 'secret-in-a-script',
    args: ['leak.sh'],
    exit: 2,
    says: /substitut/i,
    never: /k3y-9f2/i,
    why: 'A digest that a script computes has no value here; the script, and the secret in it, is never repeated.',
  },
  {
    name: 'gzip-of-one-body',
    args: ['body.json.gz', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 0,
    says: /genuine/i,
    why: 'gzip is undone for one body as well',
  },
  {
    name: 'http-file-two-requests',
    args: ['two.http'],
    exit: 0,
    says: /"genuine": ?2/i,
    why: 'A .http file: ### parts requests; blank lines around a body are not part of it',
  },
  {
    name: 'http-file-without-version',
    args: ['plain.http'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'REST clients leave HTTP/1.1 away',
  },
  {
    name: 'script-beside-its-body',
    args: ['gosmee/send.sh'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: '@./x is read from the folder of the script when it is not found from here',
  },
  {
    name: 'headers-in-a-file',
    args: ['hfile/send.sh'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'curl -H @file',
  },
  {
    name: 'piped-into-curl',
    args: ['pipe.sh'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'printf %s and echo -n of a literal are as good as -d',
  },
  {
    name: 'logged-buffer',
    args: ['buffer.log', '--body-field', 'body', '--digest-field', 'digest'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'What Node makes of a Buffer in JSON',
  },
  {
    name: 'compose-prefix',
    args: ['compose.log', '--body-field', 'body', '--digest-field', 'digest'],
    exit: 0,
    says: /"genuine": ?2/i,
    why: 'docker compose puts the service before each line',
  },
  {
    name: 'json-array',
    args: ['array.json', '--body-field', 'body', '--digest-field', 'digest'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'One document holding a list, over several lines',
  },
  {
    name: 'lambda-print',
    args: ['lambda-print.log'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'Python print(event)',
  },
  {
    name: 'lambda-indented',
    args: ['lambda-indented.log'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'An event over many lines of a log',
  },
  {
    name: 'insights-csv',
    args: ['insights.csv'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'CloudWatch Logs Insights, exported',
  },
  {
    name: 'trimmed-event',
    args: ['event.json'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'An event without requestContext, as Netlify hands it on',
  },
  {
    name: 'wiremock-journal',
    args: ['wiremock.json'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'WireMock request journal',
  },
  {
    name: 'http-file-variables',
    args: ['variables.http', '--allow-unsigned'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'Variables that the file sets are filled in',
  },
  {
    name: 'bruno-request',
    args: ['paid.bru'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'A request of Bruno',
  },
  {
    name: 'csv-with-columns',
    args: ['table.csv'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'A table whose columns have names',
  },
  {
    name: 'postman-collection',
    args: ['collection.json'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'A collection of Postman',
  },
  {
    name: 'pasted-session',
    args: ['session.txt'],
    exit: 0,
    says: /"genuine": ?1/i,
    why: 'A session pasted from a terminal, with the answer in it',
  },
  {
    name: 'unknown-file',
    args: ['export.json'],
    exit: 2,
    says: /none of|format|--from|--body-field/i,
    never: /"unsigned": ?1/i,
    why: 'A file that names the digest header and that no reader took is never called unsigned',
  },
  {
    name: 'nginx-escapes',
    args: ['nginx.txt', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 1,
    says: /"cause":{"id":"capture\//i,
    never: /forgery/i,
    why: '\\xHH as nginx writes it: the capture is one decoding away, and the digest fits once it is undone',
  },
  {
    name: 'inside-of-a-json-string',
    args: ['inner.txt', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 1,
    says: /"cause":{"id":"capture\//i,
    never: /forgery/i,
    why: 'copied out of a JSON log viewer without its quotes',
  },
  {
    name: 'csv-cell',
    args: ['cell.txt', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 1,
    says: /"cause":{"id":"capture\//i,
    never: /forgery/i,
    why: 'a CSV cell: quotes doubled',
  },
  {
    name: 'log-line-around-it',
    args: ['laravel.log', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 1,
    says: /"cause":{"id":"capture\//i,
    never: /forgery/i,
    why: 'a log line: the body is in it, whole',
  },
  {
    name: 'top-level-sorted',
    args: ['nested.json', '--digest', '432a618c5e698ea54ab2c164bea3a856ee8fb703'],
    exit: 1,
    says: /"cause":{"id":"[^"]*body\/keys-sorted/i,
    why: 'ksort and its like sort the top level only',
  },
  {
    name: 'sorted-and-indented',
    args: ['nested.json', '--digest', 'ed1d78de34356c8a49d218fa6d78eefb29a6ca2e'],
    exit: 1,
    says: /"cause":{"id":"[^"]*sorted/i,
    why: 'jq -S, json.dumps(sort_keys=True, indent=2)',
  },
  {
    name: 'php-17-digits',
    args: ['body.json', '--digest', '8b94adb42a39ba931cfe293ea94733cd0cc077f1'],
    exit: 1,
    says: /"cause":{"id":"[^"]*body\//i,
    never: /forgery/i,
    why: 'serialize_precision 17 and its like: 149.72033999999999',
  },
  {
    name: 'php-17-digits-captured',
    args: ['captured17.json', '--digest', '23a2655419670d90ec0b5621d3f33b92a256b60b'],
    exit: 1,
    says: /"cause":{"id":"capture\//i,
    never: /reserialised-javascript/i,
    why: 'the capture was rewritten, not the hash',
  },
  {
    name: 'empty-to-null',
    args: ['empty.json', '--digest', '053ab8f96a75c0c7b50cdef6e72f9254aaf08d19'],
    exit: 1,
    says: /"cause":{"id":"[^"]*body\//i,
    never: /forgery/i,
    why: 'Laravel turns empty strings into null before the controller sees them',
  },
  {
    name: 'strings-trimmed',
    args: ['spaces.json', '--digest', '7425282dc5f158f12cb131ebfafcb3ef586b9ff4'],
    exit: 1,
    says: /"cause":{"id":"[^"]*body\//i,
    never: /forgery/i,
    why: 'Laravel trims strings; then PHP writes the JSON',
  },
  {
    name: 'postgres-jsonb',
    args: ['jsonb.json', '--digest', '5d411d76a3f3dc7cd7d64836326e8bae17e7af48'],
    exit: 1,
    says: /"cause":{"id":"[^"]*body\//i,
    never: /forgery/i,
    why: 'jsonb orders keys by length, then by bytes, and puts a space after : and ,',
  },
];

describe('a file as developers have it', () => {
  for (const { name, fails, why, ...wanted } of CASES) {
    test(`${name}: ${why}`, { fails: fails === true }, () => expectCase(wanted));
  }
});

async function expectCase({ args, exit, says, never }: Omit<Case, 'name' | 'why'>) {
  const [file = '', ...flags] = args;
  const argv = ['verify', `${FOLDER}${file}`, ...flags, '--format', 'json'];
  const ran = await inqudHook(argv, { env: { INQUD_HOOK_SECRET: SECRET } });
  expect(ran.stdout).toMatch(says);
  expect(ran.exitCode).toBe(exit);
  if (never !== undefined) expect(ran.stdout + ran.stderr).not.toMatch(never);
}

describe('what a reader steps over', () => {
  const line = JSON.stringify({ body: '{"id":1}', digest: 'd4'.repeat(20) });
  const flags = ['--body-field', 'body', '--digest-field', 'digest'];
  const verify = (stdin: string, ...more: readonly string[]) =>
    inqudHook(['verify', '-', ...flags, ...more], { env: { INQUD_HOOK_SECRET: SECRET }, stdin });

  test('is said in the report and in JSON', async () => {
    const stdin = `{"at":1}\n${line}\n{"at":2}\n`;
    const { stdout } = await verify(stdin);
    expect(stdout).toContain(
      '\n- 2 parts of standard input, the first at standard input:1 hold no web hook\n',
    );
    const { summary } = JSON.parse((await verify(stdin, '--format', 'json')).stdout);
    expect(summary.leftOver).toEqual([{ file: 'standard input', line: 1, parts: 2 }]);
  });

  test('is malformed where it names the digest header', async () => {
    const ran = await verify(`${line}\n{"X-Payload-Digest":"${SECRET}"}\n`);
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain(
      '! malformed standard input:2\n  No web hook was read here, though X-Payload-Digest is named.\n',
    );
    expect(ran.stdout).not.toContain(SECRET);
  });
});
