import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type CheckRun, checkReceiver, complaints, type Subject } from './matrix.js';
import { brokenReceivers, correctReceivers } from './registry.js';

/** Mistakes of HTTP, of processes and of connections: the proving ground, which has none, cannot have them. */
const OF_SOCKETS = [
  ...['answers-302', 'answers-after-12-s', 'any-header-counts', 'first-header-counts'],
  ...['header-case-matters', 'last-header-counts', 'small-body-limit', 'verifies-its-own-json'],
  ...[
    'verifies-latin1',
    'verifies-trimmed-body',
    'memory-in-each-connection',
    'decodes-each-piece',
  ],
  ...['memory-in-each-worker', 'pool-deadlock', 'one-at-a-time', 'null-crash', 'checks-then-acts'],
  ...['asks-only-at-start', 'swallows-failures', 'last-write-wins', 'no-dedupe'],
];

/** Each takes half a minute or more: they begin first, so that nothing waits for them at the end. */
const LONGEST = ['one-at-a-time', 'self-healing', 'sqlite', 'asks-only-at-start'];

/**
 * `npm run matrix`: what `check` says of every receiver, once; `npm run matrix -- --times 20 --write`
 * says it so many times, and writes the table of it.
 */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    // The correct receivers of all stacks, and the mistakes that only sockets can show: for CI.
    sockets: { type: 'boolean', default: false },
    // A broken receiver is held to its own rule; with this, under all rules at once.
    'all-rules': { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '2' },
    // Whoever is judged wrongly gets so many more chances: for CI, on machines that are busy.
    retries: { type: 'string', default: '0' },
  },
});

interface Row {
  readonly subject: Subject;
  readonly runs: CheckRun[];
  readonly complaints: string[];
}

const brokenOnes = await brokenReceivers();
const unknown = OF_SOCKETS.filter((name) => !brokenOnes.some((one) => one.name === name));
if (unknown.length > 0) throw new RangeError(`There is no ${unknown.join(', ')}.`);
const all: readonly Subject[] = [
  ...(await correctReceivers()),
  ...brokenOnes.filter(({ name }) => !values.sockets || OF_SOCKETS.includes(name)),
];
const rows = all
  .filter(({ name }) => values.only.length === 0 || values.only.includes(name))
  .map((subject): Row => ({ subject, runs: [], complaints: [] }));
/** The table is written anew whenever every receiver had another turn, so that hours are not lost. */
let written = 0;
const writes = values.only.length === 0 && !values.sockets && values.write;
const turns = Array.from({ length: Number(values.times) }, () => [
  ...rows.filter(({ subject }) => LONGEST.includes(subject.name)),
  ...rows.filter(({ subject }) => !LONGEST.includes(subject.name)),
]).flat();
const workers = Array.from({ length: Number(values['at-once']) }, () => work());
await Promise.all(workers);
process.stdout.write(`${rows.map(line).join('\n')}\n`);
process.exitCode = rows.some((row) => row.complaints.length > 0) ? 1 : 0;

async function work(): Promise<void> {
  for (let row = turns.shift(); row !== undefined; row = turns.shift()) {
    const { subject, runs } = row;
    let run = await checkReceiver(subject, flagsFor(subject));
    let wrong = complaints(subject, run);
    for (let retry = 0; retry < Number(values.retries) && wrong.length > 0; retry += 1) {
      process.stderr.write(`${subject.name} ${wrong.join(', ')}: once more\n`);
      run = await checkReceiver(subject, flagsFor(subject));
      wrong = complaints(subject, run);
    }
    runs.push(run);
    row.complaints.push(...wrong);
    const seconds = (run.ms / 1000).toFixed(1);
    process.stderr.write(`${subject.name} ${seconds} s ${wrong.join(', ') || 'as it should'}\n`);
    if (writes && rows.every(({ runs: { length } }) => length > written)) {
      written += 1;
      await writeFile(new URL('MATRIX.md', import.meta.url), document());
    }
  }
}

function flagsFor(subject: Subject): readonly string[] {
  const isLoneRule = subject.kind === 'broken' && !values['all-rules'];
  return isLoneRule ? ['--rules', subject.rule] : [];
}

function line(row: Row): string {
  const { subject } = row;
  const what = subject.kind === 'correct' ? subject.traits : subject.bug;
  const rule = subject.kind === 'correct' ? 'none fails' : `\`${subject.rule}\` fails`;
  return `| ${subject.name} | ${subject.stack} | ${what} | ${rule} | ${right(row)} of ${row.runs.length} |`;
}

function right({ subject, runs }: Row): number {
  return runs.filter((run) => complaints(subject, run).length === 0).length;
}

function document(): string {
  const head =
    '| receiver | stack | what it does | verdict of `check` | as it should |\n|---|---|---|---|---|';
  const table = (kind: Subject['kind']) =>
    [head, ...rows.filter(({ subject }) => subject.kind === kind).map(line)].join('\n');
  const scope = values['all-rules'] ? 'all rules' : 'its own rule';
  return `# What \`check\` says of receivers

Written by \`npm run matrix -- --times ${written} --write\`. A correct receiver is checked by every rule, a
broken one by ${scope}.

## Correct receivers

${table('correct')}

## Broken receivers

${table('broken')}
`;
}
