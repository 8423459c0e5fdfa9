import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEntry } from '../../src/capture/record.js';
import { inqudHook } from '../world.js';
import { anyFields, anyFormat, damagedFile } from './damaged.js';
import { read } from './fixtures.js';

/** `FUZZ_RUNS=100000` looks longer: a fifth of them goes through verify. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);
/** Far more work than any of these small files takes: what lasts longer hangs. */
const LONGEST_MICROSECONDS = 5_000_000;
/** Not in the usual runs, where the first of few loads the program. */
const WATCHES_TIME = process.env['FUZZ_RUNS'] !== undefined;
const SECRET = 'fixture-secret';
const chunkSizes = fc.array(fc.oneof(fc.nat(3), fc.nat(2000)), { maxLength: 8 });
const content = fc.oneof(
  { weight: 6, arbitrary: damagedFile },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)) },
);

describe('whatever a file holds', () => {
  it('is read to its end, the same however it comes in chunks', {
    timeout: 60_000 * Math.ceil(RUNS / 1000),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        chunkSizes,
        anyFormat,
        anyFields,
        async (bytes, sizes, from, fields) => {
          const options = { format: from, ...(from === 'json-lines' ? fields : {}) };
          const whole = await read(bytes, options);
          whole.forEach(expectWellFormed);
          expect((await read(bytes, options, sizes)).map(asText)).toEqual(whole.map(asText));
        },
      ),
      {
        seed: 1,
        numRuns: RUNS,
        interruptAfterTimeLimit: 45_000 * Math.ceil(RUNS / 1000),
        markInterruptAsFailure: true,
      },
    );
  });

  it('is judged by its bytes alone: genuine is what was signed', {
    timeout: 60_000 * Math.ceil(RUNS / 500),
  }, async () => {
    await inqudHook(['verify', '-'], { stdin: Buffer.from('{') });
    await fc.assert(
      fc.asyncProperty(content, anyFormat, anyFields, async (bytes, from, fields) => {
        const { bodyField, digestField } = fields;
        const flags =
          from === 'json-lines' ? ['--body-field', bodyField, '--digest-field', digestField] : [];
        const argv = [
          'verify',
          '-',
          '--format',
          'json',
          ...(from === undefined ? [] : ['--from', from]),
          ...flags,
        ];
        const before = process.cpuUsage();
        const ran = await inqudHook(argv, { env: { INQUD_HOOK_SECRET: SECRET }, stdin: bytes });
        if (WATCHES_TIME) expect(process.cpuUsage(before).user).toBeLessThan(LONGEST_MICROSECONDS);
        expect([0, 1, 2, 3], ran.stderr).toContain(ran.exitCode);
        const entries = await read(bytes, {
          format: from,
          readAtFile: undefined,
          ...(from === 'json-lines' ? fields : {}),
        });
        expect(JSON.parse(ran.stdout).summary.genuine).toBe(entries.filter(isSigned).length);
      }),
      { seed: 3, numRuns: RUNS / 5 },
    );
  });
});

/** Judged without anything of the program. */
function isSigned(entry: CaptureEntry): boolean {
  if (entry.kind === 'malformed') return false;
  const { headers, body } = entry.record;
  const given = headers.filter(([name]) => name.toLowerCase() === 'x-payload-digest');
  const [digest, ...more] = new Set(given.map(([, value]) => value));
  return more.length === 0 && digest === createHmac('sha1', SECRET).update(body).digest('hex');
}

function asText(entry: CaptureEntry): object {
  if (entry.kind === 'malformed') return entry;
  const { body, ...rest } = entry.record;
  return { ...entry, record: { ...rest, body: Buffer.from(body).toString('latin1') } };
}

function expectWellFormed(entry: CaptureEntry): void {
  expect(entry.at.file).toBe('given');
  if (entry.kind === 'malformed') {
    expect(entry.reason).toMatch(/^[A-Z].*\.$/s);
    return;
  }
  expect(entry.record.body).toBeInstanceOf(Uint8Array);
  expect(entry.record.headers.flat().every((text) => typeof text === 'string')).toBe(true);
}
