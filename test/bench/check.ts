import { SECRET } from '../receivers/client.js';
import { type CheckRun, runCheck, type Subject } from '../receivers/matrix.js';
import { correctReceivers } from '../receivers/registry.js';
import type { BenchLine } from './bench-line.js';

const ROUNDS = 3;

interface Run {
  readonly name: string;
  readonly receiver: string;
  readonly flags: readonly string[];
  /** What a developer is asked to wait at most. */
  readonly mostSeconds: number;
}

const RUNS: readonly Run[] = [
  { name: 'check: plain Node receiver', receiver: 'node', flags: [], mostSeconds: 6 },
  { name: 'check: works 300 ms later', receiver: 'queued', flags: [], mostSeconds: 12 },
  {
    name: 'check: 100 random plans',
    receiver: 'node',
    flags: ['--rules', 'search/*', '--runs', '100'],
    mostSeconds: 10,
  },
];

/** Whole runs with a state URL alone, in shares of the time they may take on two cores. */
export async function checkBench(): Promise<readonly BenchLine[]> {
  const receivers = await correctReceivers();
  const lines: BenchLine[] = [];
  for (const { name, receiver, flags, mostSeconds } of RUNS) {
    const subject = receivers.find((one) => one.name === receiver);
    if (subject === undefined) throw new Error(`There is no receiver ${receiver}.`);
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = await checkWithStateAlone(subject, flags);
      if (run.exitCode !== 0) throw new Error(`${receiver}: exit ${run.exitCode}. ${run.text}`);
      seconds.push(run.ms / 1000);
    }
    const median = seconds.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
    const note = `${median.toFixed(1)} s of ${mostSeconds} s`;
    lines.push({ name, ratio: median / mostSeconds, bound: 1, note });
  }
  return lines;
}

async function checkWithStateAlone(subject: Subject, flags: readonly string[]): Promise<CheckRun> {
  const { url, stateUrl, close } = await subject.start({ secret: SECRET, apiUrl: undefined });
  try {
    return await runCheck([url, '--state-url', stateUrl, ...flags]);
  } finally {
    await close();
  }
}
