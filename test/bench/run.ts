// `npm run bench` measures everything; `npm run bench -- start-up` one group.
import { existsSync } from 'node:fs';
import type { BenchLine } from './bench-line.js';
import { diagnosisBench } from './diagnosis.js';
import { httpBench } from './http.js';
import { replayBench } from './replay.js';
import { startUpBench } from './start-up.js';
import { isOver, table } from './table.js';
import { verifyBench } from './verify.js';

const ENGINE = new URL('./engine.ts', import.meta.url);

const groups: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  'start-up': startUpBench,
  diagnosis: diagnosisBench,
  http: httpBench,
  engine: engineBench,
  replay: replayBench,
  verify: verifyBench,
};
const wanted = process.argv.slice(2);
const names = Object.keys(groups).filter((name) => wanted.length === 0 || wanted.includes(name));

const lines: BenchLine[] = [];
for (const name of names) {
  console.error(`Measuring ${name} …`);
  lines.push(...((await groups[name]?.()) ?? []));
}
console.log(
  `Medians of ratios, smaller is better, each against the most it may be:\n\n${table(lines)}`,
);
process.exitCode = lines.some(isOver) ? 1 : 0;

async function engineBench(): Promise<readonly BenchLine[]> {
  if (!existsSync(ENGINE)) return [];
  const engine: { engineBench(): Promise<readonly BenchLine[]> } = await import(ENGINE.href);
  return engine.engineBench();
}
