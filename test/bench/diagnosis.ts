import { createHmac } from 'node:crypto';
import { createDiagnoser, diagnose } from '../../src/diagnosis/diagnose.js';
import { createSigner } from '../../src/webhook/digest.js';
import { digestsMatch } from '../../src/webhook/digests-match.js';
import { Secret } from '../../src/webhook/secret.js';
import type { BenchLine } from './bench-line.js';
import { measureRounds, medianCost, medianRatio } from './rounds.js';

const SECRET = 'bench-secret-4f1d';
const ROWS = 50_000;
const ROUNDS = 5;
/** About as many bodies are hashed in a search in vain. */
const HASHES = 500;

/** How a body was changed before it was signed, the same in every row of a file. */
const commonCauses: Readonly<Record<string, (body: string) => string>> = {
  'a trailing newline': (body) => `${body}\n`,
  JavaScript: (body) => JSON.stringify(JSON.parse(body)),
  'pretty-printing': (body) => JSON.stringify(JSON.parse(body), undefined, 2),
};

/**
 * One mismatch that nothing explains, which is the longest search there is, against the bare hashes
 * of as many bodies as it tries, the first in a process with what V8 compiles along with it; and
 * rows in memory with one common cause against the same rows genuine. Reading the rows, which costs
 * more than hashing them, is left out: what `verify` takes for a file is a smaller ratio.
 */
export async function diagnosisBench(): Promise<readonly BenchLine[]> {
  const body = longBody();
  const first = cpuMs(() => search(body));
  const costs = await measureRounds(ROUNDS, {
    search: () => cpuMs(() => search(body)),
    hashes: () => cpuMs(() => hashOften(body)),
  });
  const lines: BenchLine[] = [];
  for (const cause of Object.entries(commonCauses)) lines.push(await commonCauseLine(cause));
  const hashes = medianCost(costs, 'hashes');
  const note = (ms: number) =>
    `${ms.toFixed(0)} ms of CPU; ${HASHES} hashes ${hashes.toFixed(0)} ms`;
  const next = medianCost(costs, 'search');
  return [
    { name: 'first mismatch of 10 kB', ratio: first / hashes, bound: 30, note: note(first) },
    {
      name: 'next mismatch of 10 kB',
      ratio: medianRatio(costs, 'search', 'hashes'),
      bound: 8,
      note: note(next),
    },
    ...lines,
  ];
}

async function commonCauseLine([name, change]: [
  string,
  (body: string) => string,
]): Promise<BenchLine> {
  const bodies = Array.from({ length: ROWS }, (_, index) => Buffer.from(requestBody(index)));
  const right = bodies.map((body) => hmac(body.toString()));
  const wrong = bodies.map((body) => hmac(change(body.toString())));
  const costs = await measureRounds(ROUNDS, {
    genuine: () => cpuMs(() => check(bodies, right)),
    rejected: () => cpuMs(() => check(bodies, wrong)),
  });
  const ratio = medianRatio(costs, 'rejected', 'genuine');
  return { name: `rows rejected for ${name}`, ratio, bound: 8, note: 'the hash of each is 1' };
}

function longBody(): Buffer {
  const items = Array.from({ length: 37 }, (_, index) => itemBody(index)).join(',');
  return Buffer.from(`{"items":[${items}]}`);
}

function search(body: Buffer): void {
  diagnose({ body, digest: hmac('another body') }, { secrets: [Secret.fromText(SECRET)] });
}

function hashOften(body: Buffer): void {
  for (let index = 0; index < HASHES; index += 1) createHmac('sha1', SECRET).update(body).digest();
}

function check(bodies: readonly Buffer[], digests: readonly string[]): void {
  const secret = Secret.fromText(SECRET);
  const signer = createSigner(secret);
  const diagnoser = createDiagnoser({ secrets: [secret] });
  for (const [index, body] of bodies.entries()) {
    const digest = digests[index] ?? '';
    if (digestsMatch(digest, signer(body))) continue;
    if (diagnoser({ body, digest }).cause === undefined) throw new Error('no cause was found');
  }
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function hmac(body: string): string {
  return createHmac('sha1', SECRET).update(body).digest('hex');
}

function itemBody(index: number): string {
  return `{"id":"CAPD-8f57bdbe-b485-41e2-a850-ef4feb45${index}","amount":${index}.50,"url":"https://shop.example/r?a=1&b=2","name":"Zoë","note":null,"ok":true,"createdAt":"2023-12-22T09:39:13.125003488Z","nested":{"b":[1,2.0,{}],"a":"x/y"},"address":"0xd954c250e68d2e4585a83d01c2f620ca0f9e94e5"}`;
}

function requestBody(index: number): string {
  return `{"id":"CAPD-8f57bdbe-b485-41e2-a850-ef4feb45${index}","orderId":"ORD-5e5e6551-3cae-4124-a299-6fef30105fb9","clientOrderId":"1234567890","currency":"USDT","blockchain":"ETHEREUM","status":"WAITING_PAYMENT","reason":null,"cryptoAcquiringProjectId":"CAP-df02b127-6717-4a73-a231-5a57155308a5","checkoutId":null,"address":"0xd954c250e68d2e4585a83d01c2f620ca0f9e94e5","createdAt":"2023-12-22T09:39:13.125003488Z","requestAmount":100.0,"requestAmountConverted":99.46291,"convertRate":1.0054,"payAmount":99.46291,"merchantPlatformFee":5.07315,"processingAmount":94.38976,"paidAmount":null,"overpaid":false,"minLimit":null,"maxLimit":null}`;
}
