import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { readCaptures } from '../../src/capture/read-captures.js';
import { createDiagnoser } from '../../src/diagnosis/diagnose.js';
import type { RandomAccess } from '../../src/ports.js';
import { rangesOf, readRange } from '../../src/verification/file-ranges.js';
import type { Judges } from '../../src/verification/judge-entry.js';
import type { VerifyRecord } from '../../src/verification/records.js';
import { type LazyJudges, verifyEntries } from '../../src/verification/verify-entries.js';
import { createBlockJudge } from '../../src/verification/verify-range.js';
import { verifyRanges } from '../../src/verification/verify-ranges.js';
import { createDigestCheck } from '../../src/webhook/check-digest.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';

const SECRET = Secret.fromText('whsec');
const FILE = 'captures.ndjson';

type Row = 'genuine' | 'forged' | 'unsigned' | 'conflicting' | 'torn' | 'blank' | 'other';

const rows = fc.array(
  fc.constantFrom<Row>('genuine', 'forged', 'unsigned', 'conflicting', 'torn', 'blank', 'other'),
  { maxLength: 40 },
);

test('judging a file in ranges of any size gives what judging it line by line gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('\n', ''),
      async (kinds, rangeBytes, window, ending) => {
        const bytes = Buffer.from(kinds.map(line).join('\n') + ending);
        const inRanges = await judgedInRanges(bytes, rangeBytes, window);
        expect(inRanges).toEqual(await judgedInOrder(bytes));
      },
    ),
    { numRuns: 150, seed: 1 },
  );
});

test('genuine lines beyond the limit are counted, not listed', async () => {
  const bytes = Buffer.from(
    Array.from({ length: 50 }, (_, index) => `${line('genuine', index)}\n`).join(''),
  );
  let listed = 0;
  let unlisted = 0;
  for await (const verdict of verdicts(bytes, 1_000, 2, 7)) {
    listed += verdict.records.length;
    unlisted += verdict.unlistedGenuine;
  }
  expect(listed + unlisted).toBe(50);
  expect(listed).toBeLessThan(50);
});

test('a digest that slipped by one is found across the border of two ranges', async () => {
  const bodies = ['{"id":"PMT-1"}', '{"id":"PMT-2"}', '{"id":"PMT-3"}'].map((text) =>
    Buffer.from(text),
  );
  const lines = bodies.map((body, index) => {
    const digest = sign(bodies[(index + 1) % bodies.length] ?? body, SECRET);
    return `${formatCapture({ headers: [['X-Payload-Digest', digest]], body })}\n`;
  });
  const records = await judgedInRanges(Buffer.from(lines.join('')), (lines[0]?.length ?? 1) - 1, 1);
  expect(records.map(({ cause }) => cause?.id)).toEqual([
    'digest/another-entry',
    'digest/another-entry',
    'digest/another-entry',
  ]);
});

function line(kind: Row, index: number): string {
  const body = Buffer.from(`{"id":"PMT-${index}","note":"é ${'x'.repeat(index * 7)}"}`);
  const digest = sign(body, SECRET);
  const wrong = sign(Buffer.from(`forged ${index}`), SECRET);
  switch (kind) {
    case 'genuine':
      return formatCapture({ headers: [['X-Payload-Digest', digest]], body });
    case 'forged':
      return formatCapture({ headers: [['x-payload-digest', wrong]], body });
    case 'unsigned':
      return formatCapture({ headers: [['Host', 'localhost']], body });
    case 'conflicting':
      return formatCapture({
        headers: [
          ['X-Payload-Digest', wrong],
          ['X-Payload-Digest', digest],
        ],
        body,
      });
    case 'torn':
      return formatCapture({ headers: [['X-Payload-Digest', digest]], body }).slice(0, -20);
    case 'blank':
      return '  ';
    case 'other':
      return '{"kind":"ready","schemaVersion":1}';
    default:
      return kind satisfies never;
  }
}

function judges(): Judges {
  return {
    check: createDigestCheck([SECRET]),
    diagnose: createDiagnoser({ secrets: [SECRET], maxCandidates: 300 }),
  };
}

async function judgedInRanges(bytes: Buffer, rangeBytes: number, window: number) {
  const records: VerifyRecord[] = [];
  for await (const verdict of verdicts(bytes, rangeBytes, window, Number.MAX_SAFE_INTEGER)) {
    records.push(...verdict.records);
  }
  return records;
}

function verdicts(bytes: Buffer, rangeBytes: number, window: number, listGenuine: number) {
  const judgeBlock = createBlockJudge(judges());
  const access: RandomAccess = {
    sizeBytes: bytes.length,
    read: (from, to) => bytes.subarray(from, to),
  };
  return verifyRanges(
    rangesOf(bytes.length, rangeBytes),
    (range, _index, limit) =>
      judgeBlock(readRange(access, range, { file: FILE, firstLine: 1 }), limit),
    { window, listGenuine },
  );
}

async function judgedInOrder(bytes: Buffer): Promise<readonly VerifyRecord[]> {
  const records: VerifyRecord[] = [];
  const source = (async function* chunks() {
    yield bytes;
  })();
  const entries = readCaptures(source, { file: FILE, format: 'ndjson' });
  for await (const record of verifyEntries(entries, lazily(judges()))) records.push(record);
  return records;
}

function lazily(given: Judges): LazyJudges {
  return { quick: given, load: () => Promise.resolve(given) };
}
