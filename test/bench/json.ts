import { formatCapture, parseCaptureLine } from '../../src/capture/own-format.js';
import { createLineScanner } from '../../src/capture/scan-line.js';
import { javascriptStyle } from '../../src/diagnosis/json/languages.js';
import { jsonSource } from '../../src/diagnosis/json/source.js';
import { streamJson } from '../../src/diagnosis/json/stream.js';
import { writeJson } from '../../src/diagnosis/json/write.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import type { BenchLine } from './bench-line.js';
import { measureRounds, medianCost, medianRatio } from './rounds.js';

const ROWS = 50_000;
const ROUNDS = 9;
const SCANNED = 'scanned as bytes';
const PARSED = 'parsed';

/** What each twin that exists for speed saves against its original. */
export async function jsonBench(): Promise<readonly BenchLine[]> {
  return [await scannedLine(), await streamedLine()];
}

/** Reading a captured line with the scanner over bytes, and without. */
async function scannedLine(): Promise<BenchLine> {
  const line = Buffer.from(capture());
  const scan = createLineScanner();
  const costs = await measureRounds(ROUNDS, {
    [SCANNED]: () => timed(() => scan(line, 0, line.length).kind),
    [PARSED]: () => timed(() => parseCaptureLine(line).kind),
  });
  const note = [SCANNED, PARSED].map((name) => `${name} ${medianCost(costs, name).toFixed(0)} ms`);
  return {
    name: 'captured lines as bytes',
    ratio: medianRatio(costs, SCANNED, PARSED),
    bound: 0.75,
    note: note.join('; '),
  };
}

/** Writing many bodies anew in one language: in one pass, and with places that are found first. */
async function streamedLine(): Promise<BenchLine> {
  const bytes = Buffer.from(body());
  const text = bytes.toString('latin1');
  const costs = await measureRounds(ROUNDS, {
    streamed: () => msFor(() => streamJson(bytes, text, javascriptStyle)),
    written: () =>
      msFor(() =>
        writeJson(
          jsonSource(() => text),
          javascriptStyle,
        ),
      ),
  });
  return {
    name: 'bodies rewritten in one pass',
    ratio: medianRatio(costs, 'streamed', 'written'),
    bound: 0.75,
    note: `streamed ${medianCost(costs, 'streamed').toFixed(0)} ms; written ${medianCost(costs, 'written').toFixed(0)} ms`,
  };
}

function timed(read: () => string): number {
  return msFor(() => {
    if (read() !== 'capture') throw new Error('a line was not read');
  });
}

function msFor(work: () => unknown): number {
  const startMs = performance.now();
  for (let row = 0; row < ROWS; row += 1) work();
  return performance.now() - startMs;
}

function body(): string {
  return JSON.stringify({
    id: 'CCO-1',
    status: 'SUCCESS',
    note: 'x'.repeat(500),
    amount: 149.72034,
    items: [{}],
  });
}

function capture(): string {
  return formatCapture({
    at: '2026-01-01T00:00:00.000Z',
    remote: '127.0.0.1:51234',
    method: 'POST',
    path: '/webhooks/inqud',
    headers: [
      ['Host', 'localhost:3000'],
      [DIGEST_HEADER, 'd4'.repeat(20)],
    ],
    body: Buffer.from(body()),
  });
}
