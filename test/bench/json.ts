import { formatCapture, parseCaptureLine } from '../../src/capture/own-format.js';
import { createLineScanner } from '../../src/capture/scan-line.js';
import { DIGEST_HEADER } from '../../src/webhook/digest.js';
import type { BenchLine } from './bench-line.js';
import { measureRounds, medianCost, medianRatio } from './rounds.js';

const ROWS = 50_000;
const ROUNDS = 9;
const SCANNED = 'scanned as bytes';
const PARSED = 'parsed';

/** The scanner over bytes, and what it saves: reading a captured line with it and without. */
export async function jsonBench(): Promise<readonly BenchLine[]> {
  const line = Buffer.from(capture());
  const scan = createLineScanner();
  const costs = await measureRounds(ROUNDS, {
    [SCANNED]: () => timed(() => scan(line, 0, line.length).kind),
    [PARSED]: () => timed(() => parseCaptureLine(line).kind),
  });
  const note = [SCANNED, PARSED].map((name) => `${name} ${medianCost(costs, name).toFixed(0)} ms`);
  return [
    {
      name: 'captured lines as bytes',
      ratio: medianRatio(costs, SCANNED, PARSED),
      bound: 0.75,
      note: note.join('; '),
    },
  ];
}

function timed(read: () => string): number {
  const startMs = performance.now();
  for (let row = 0; row < ROWS; row += 1) {
    if (read() !== 'capture') throw new Error('a line was not read');
  }
  return performance.now() - startMs;
}

function capture(): string {
  const body = JSON.stringify({
    id: 'CCO-1',
    status: 'SUCCESS',
    note: 'x'.repeat(500),
    items: [{}],
  });
  return formatCapture({
    at: '2026-01-01T00:00:00.000Z',
    remote: '127.0.0.1:51234',
    method: 'POST',
    path: '/webhooks/inqud',
    headers: [
      ['Host', 'localhost:3000'],
      [DIGEST_HEADER, 'd4'.repeat(20)],
    ],
    body: Buffer.from(body),
  });
}
