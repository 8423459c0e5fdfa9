// `npm run prove` judges sampled model receivers; `-- --receivers 5000 --seed x --only "key: none"`.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Sample, sampleOf, unusualOf } from './sample.js';
import { type Proof, proofTable } from './table.js';
import { shrunk, verdictOf } from './verdict-of.js';

/** One receiver to judge. */
interface Order {
  readonly seed: string;
  readonly number: number;
}

/** What a check makes is mostly gone in a moment: a larger nursery spares a tenth of the time. */
const FLAGS = ['--max-semi-space-size=64', '--import', 'tsx'];

/** A process of ours gets one receiver after the other as messages, until there are no more. */
if (process.send === undefined) await prove();
else process.on('message', (order: Order) => void work(order));

async function prove(): Promise<void> {
  const { values } = parseArgs({
    options: {
      receivers: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      number: { type: 'string' },
      // The correct ones alone: whether any is accused.
      correct: { type: 'boolean', default: false },
    },
  });
  const { seed, only } = values;
  const all = Array.from({ length: Number(values.receivers) }, (_, number) => number);
  const numbers =
    values.number === undefined
      ? all.filter(
          (number) =>
            (only === undefined || unusualOf(sampleOf(seed, number)).includes(only)) &&
            (!values.correct || sampleOf(seed, number).wrong === undefined),
        )
      : [Number(values.number)];
  const proofs: Proof[] = [];
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const startMs = performance.now();
  const threads = Math.min(availableParallelism(), numbers.length);
  const left = [...numbers];
  const next = (): Order | undefined => {
    const number = left.shift();
    return number === undefined ? undefined : { seed, number };
  };
  await Promise.all(
    Array.from({ length: threads }, () =>
      judgeSome(next, stop.signal, (proof) => {
        proofs.push(proof);
        if (process.stderr.isTTY) process.stderr.write(`\r${proofs.length} of ${numbers.length} `);
      }),
    ),
  );
  const table = proofTable(proofs, { seed, ms: performance.now() - startMs });
  process.stdout.write(table.text);
  process.exitCode = table.isProven ? 0 : 1;
}

/** A process that judges one after the other. Whoever has waited enough gets what was judged until then. */
function judgeSome(
  next: () => Order | undefined,
  signal: AbortSignal,
  onProof: (proof: Proof) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), { execArgv: FLAGS });
    const goOn = () => {
      const order = next();
      if (order === undefined) child.disconnect();
      else child.send(order);
    };
    signal.addEventListener('abort', () => child.kill('SIGKILL'));
    child.on('message', (proof: Proof) => {
      onProof(proof);
      goOn();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 || signal.aborted) resolve();
      else reject(new Error(`A process that judges receivers ended with ${code}.`));
    });
    goOn();
  });
}

async function work({ seed, number }: Order): Promise<void> {
  const sample = sampleOf(seed, number);
  const verdict = await verdictOf(sample, seed);
  const simplest = verdict.kind === 'right' ? sample : await shrunk(sample, seed, verdict.kind);
  process.send?.(proofOf(sample, simplest, verdict));
}

function proofOf(
  sample: Sample,
  simplest: Sample,
  verdict: Awaited<ReturnType<typeof verdictOf>>,
): Proof {
  const { wrong, number } = sample;
  return {
    number,
    wrong: wrong && `${wrong.part}: ${wrong.way.name}`,
    unusual: unusualOf(simplest),
    ...verdict,
  };
}
