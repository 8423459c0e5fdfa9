// `npm run bench` measures everything; `npm run bench -- start-up` one group.
import type { BenchLine } from './bench-line.js';
import { burstBench } from './burst.js';
import { checkBench } from './check.js';
import { diagnosisBench } from './diagnosis.js';
import { engineBench } from './engine.js';
import { folderBench } from './folder.js';
import { forecastBench } from './forecast.js';
import { httpBench } from './http.js';
import { jsonBench } from './json.js';
import { listenBench } from './listen.js';
import { replayBench } from './replay.js';
import { startUpBench } from './start-up.js';
import { isOver, table } from './table.js';
import { verifyBench } from './verify.js';

const groups: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  'start-up': startUpBench,
  diagnosis: diagnosisBench,
  http: httpBench,
  burst: burstBench,
  engine: engineBench,
  replay: replayBench,
  listen: listenBench,
  verify: verifyBench,
  folder: folderBench,
  json: jsonBench,
  forecast: forecastBench,
  check: checkBench,
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
