import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatCapture } from '../../src/capture/own-format.js';
import { sign } from '../../src/webhook/digest.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { Secret } from '../../src/webhook/secret.js';
import type { BenchLine } from './bench-line.js';
import { processMs } from './process-time.js';
import { measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const SECRET = 'bench-secret';
const FILES = 10_000;
const ROUNDS = 3;
/** At no less than a third of the speed. */
const BOUND = 3;
const OWN = 'own format';
const MIXED = 'mixed formats';

interface Hook {
  readonly body: string;
  readonly digest: string;
}

const event = ({ body, digest }: Hook) => ({
  version: '2.0',
  rawPath: '/h',
  headers: { [DIGEST_HEADER.toLowerCase()]: digest },
  requestContext: { http: { method: 'POST' } },
  body,
  isBase64Encoded: false,
});
const har = ({ body, digest }: Hook) => ({
  method: 'POST',
  url: 'http://localhost/h',
  headers: [{ name: DIGEST_HEADER, value: digest }],
  postData: { text: body },
});

const WRITERS: readonly ((hook: Hook) => string)[] = [
  own,
  ({ body, digest }) =>
    `POST /h HTTP/1.1\r\n${DIGEST_HEADER}: ${digest}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  (hook) => JSON.stringify({ log: { version: '1.2', entries: [{ request: har(hook) }] } }, null, 2),
  ({ body, digest }) => `curl -H '${DIGEST_HEADER}: ${digest}' -d '${body}' localhost:3000\n`,
  (hook) => `START RequestId: 1\n${JSON.stringify(event(hook))}\nEND RequestId: 1\n`,
  (hook) => `INFO event: ${JSON.stringify(event(hook), null, 2)}\nEND RequestId: 1\n`,
  ({ body, digest }) =>
    JSON.stringify([
      {
        uuid: '1',
        token_id: '2',
        method: 'POST',
        headers: { [DIGEST_HEADER]: [digest] },
        content: body,
      },
    ]),
];

/** A folder of many small files of all sorts, against one of as many of the tool's own format. */
export async function folderBench(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  try {
    await writeFiles(join(folder, 'own'), [own]);
    await writeFiles(join(folder, 'mixed'), WRITERS);
    const costs = await measureRounds(ROUNDS, {
      [OWN]: () => verify(join(folder, 'own')),
      [MIXED]: () => verify(join(folder, 'mixed')),
    });
    const note = [MIXED, OWN].map((name) => `${name} ${medianCost(costs, name).toFixed(0)} ms`);
    return [
      {
        name: `verify, ${FILES} small files`,
        ratio: medianRatio(costs, MIXED, OWN),
        bound: BOUND,
        note: note.join('; '),
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function own({ body, digest }: Hook): string {
  return `${formatCapture({ headers: [[DIGEST_HEADER, digest]], body: Buffer.from(body) })}\n`;
}

async function writeFiles(folder: string, writers: typeof WRITERS): Promise<void> {
  await mkdir(folder);
  const secret = Secret.fromText(SECRET);
  for (let row = 0; row < FILES; row += 1) {
    const body = JSON.stringify({ id: `CCO-${row}`, status: 'SUCCESS', amount: row / 7 });
    const text = writers[row % writers.length]?.({ body, digest: sign(Buffer.from(body), secret) });
    await writeFile(join(folder, `${row}.txt`), text ?? '');
  }
}

/** Ends with 0, so every one of them is genuine. */
function verify(folder: string): Promise<number> {
  return processMs([BIN, 'verify', folder], { ...process.env, INQUD_HOOK_SECRET: SECRET });
}
