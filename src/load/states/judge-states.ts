import { wrongIn } from '../../conformance/decides.js';
import { type CourierOptions, createCourier } from '../../conformance/lab/courier.js';
import type { Execution } from '../../conformance/lab/exchange.js';
import { profileIn } from '../../conformance/profile.js';
import { scriptOf } from '../../conformance/script.js';
import { type Difference, isEqualBut } from '../../conformance/state/difference.js';
import type { Leaves } from '../../conformance/state/leaves.js';
import type { Batch } from '../../delivery/plan.js';
import type { LoadStates, WrongState } from '../records.js';
import type { AcknowledgedLives, LoadResource } from './acknowledged-lives.js';
import { type FirstLives, resourceOf } from './first-lives.js';

export interface StatesRequest {
  readonly batches: readonly Batch[];
  /** As the bodies of the load are made: it gives the same ids. */
  readonly courier: CourierOptions;
}

/** States of each life that are read; what is lost under load is seldom one alone. */
const MOST_JUDGED = 2_000;
const LISTED = 100;
const AT_ONCE = 16;
const RESOURCES_OF_A_BATCH = 2 ** 32;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

/** A resource that has not been seen as it should be. */
interface Awaited {
  readonly execution: Execution;
  readonly batch: Batch;
  readonly expected: Leaves;
  wrong: WrongState | undefined;
}

/**
 * Reads the states of resources all of whose web hooks were acknowledged, until each is as a first life
 * left it, and gives up when none has come right for five times as long as the receiver takes to settle,
 * and for 2 s at least.
 */
export async function judgeStates(
  lives: AcknowledgedLives,
  first: FirstLives,
  request: StatesRequest,
): Promise<LoadStates> {
  const { lab, oracle } = first;
  const { clock, signal } = lab;
  const startMs = clock.monotonic();
  const sample = lives.sample(MOST_JUDGED);
  let left = awaited(sample, first, request, startMs);
  const judged = left.length;
  let rightMs = startMs;
  let pauseMs = FIRST_PAUSE_MS;
  while (left.length > 0 && !lab.isOver) {
    const roundMs = clock.monotonic();
    const wrong = await stillWrong(left, first);
    if (wrong.length < left.length) rightMs = clock.monotonic();
    left = wrong;
    if (left.length === 0 || roundMs - rightMs >= oracle.judgedAfterMs) break;
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
  const unread = lab.isOver ? left.length : 0;
  const wrong = lab.isOver ? [] : left.flatMap((one) => one.wrong ?? []);
  return {
    acknowledged: lives.count,
    judged: judged - unread,
    lost: wrong.filter(({ kind }) => kind === 'lost').length,
    otherwise: wrong.filter(({ kind }) => kind === 'otherwise').length,
    wrong: wrong.slice(0, LISTED),
    untold: untoldKinds(first, request),
    waitedMs: Math.round(clock.monotonic() - startMs),
  };
}

function awaited(
  sample: readonly LoadResource[],
  { expected }: FirstLives,
  { batches, courier: options }: StatesRequest,
  lastAnswerMs: number,
): readonly Awaited[] {
  const courier = createCourier(options);
  return sample.flatMap(({ batchNumber, resource }) => {
    const batch = batches[batchNumber];
    const leaves = expected[batchNumber];
    if (batch === undefined || leaves === undefined) return [];
    const key = batchNumber * RESOURCES_OF_A_BATCH + resource;
    const about = resourceOf(batch);
    const execution: Execution = {
      script: scriptOf(about, []),
      subjects: [courier.subject(about, key, key, 'A')],
      exchanges: [],
      overlapped: false,
      lastAnswerMs,
    };
    return [{ execution, batch, expected: leaves, wrong: undefined }];
  });
}

/** Looks at each once, some side by side. */
async function stillWrong(
  left: readonly Awaited[],
  first: FirstLives,
): Promise<readonly Awaited[]> {
  const waiting = left.values();
  const reader = async () => {
    for (const one of waiting) {
      if (first.lab.isOver) return;
      one.wrong = await wrongState(one, first);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return left.filter(({ wrong }) => wrong !== undefined);
}

async function wrongState(
  { execution, batch, expected }: Awaited,
  { lab, oracle, kinds }: FirstLives,
): Promise<WrongState | undefined> {
  const [actual = new Map()] = await oracle.look(execution);
  const profile = profileIn(kinds, batch.kind);
  const [subject] = execution.subjects;
  if (lab.isOver || profile === undefined || subject === undefined) return undefined;
  const [difference] = wrongIn(profile, oracle.masked, expected, actual);
  const isUntouched = isEqualBut(profile.before, actual, oracle.masked);
  if (difference === undefined && !isUntouched) return undefined;
  const { id } = subject.probe;
  return {
    kind: isUntouched ? 'lost' : 'otherwise',
    of: batch.kind,
    resource: id,
    ...told(difference),
  };
}

function told(difference: Difference | undefined) {
  if (difference === undefined) return { path: undefined, expected: undefined, actual: undefined };
  const { path, expected, actual } = difference;
  return { path, expected, actual };
}

function untoldKinds({ expected }: FirstLives, { batches }: StatesRequest): readonly string[] {
  const untold = batches.filter((_, batchNumber) => expected[batchNumber] === undefined);
  return [...new Set(untold.map(({ kind }) => kind))];
}
